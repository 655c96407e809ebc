/** Whatever stands in any text of a data centre, its files keep their sections, commands, keys, headings and tables, or aren't written. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { Unencodable } from '../../lib/encode/unencodable';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { checkFrrConfig } from './frr';
import { filesOf, HOSTILE, type Model, replaced, sheetOf, shown, structure, textsOf } from './hostile';
import { askNetworkd, lacksNetworkd } from './networkd';
import { paired } from './paired';
import { startStrongswan } from './strongswan';

const estate = paired();
const model: Model = { idc: planIdc(estate, estate.idcs[0]!), links: planLinks(estate) };
const harmless = filesOf(model);
const texts = textsOf(model);
/** Most values stand in few files: the others are read once. */
const known = new Map([...harmless].map(([path, text]) => [path, structure(path, text)]));

/** Undefined where the value is refused. */
function rendered(of: Model): ReadonlyMap<string, string> | undefined {
  try {
    return filesOf(of);
  } catch (error) {
    // The plan's own prefixes are calculated with before they are written.
    if (error instanceof RangeError && error.message.startsWith('not an aligned IPv4 range')) return undefined;
    if (!(error instanceof Unencodable)) throw error;
    expect(error.fix).toMatch(/^(?:write|leave|give)/);
    return undefined;
  }
}

function structures(files: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    [...files].map(([path, text]) => [path, text === harmless.get(path) ? known.get(path) : structure(path, text)]),
  );
}

/** Renderings of one text replaced; what was refused is left out. */
function withText(text: string, values: readonly string[]): (readonly [string, ReadonlyMap<string, string>])[] {
  return values.flatMap((value) => {
    const files = rendered(replaced(model, text, value));
    return files === undefined ? [] : [[value, files] as const];
  });
}

const expected = structures(harmless);

/** Texts that may be anything. */
const takers = texts.filter((text) => rendered(replaced(model, text, 'a\n b|c')) !== undefined);

test('the model has texts of every kind', () => {
  expect(texts).toEqual(
    expect.arrayContaining(['a01-sw1', '12-13', 'vpn/us-east-1', 'dxcon-fg5678gh', 'eno1', 'r1', 'a01', 'gateway of rack a01']),
  );
});

describe.each(texts)('in the place of %j', (text) => {
  test('a hostile value changes no structure, and the sheet shows it as it is', () => {
    const before = sheetOf(harmless.get('sheet.md')!).texts;
    for (const [value, files] of withText(text, HOSTILE)) {
      expect({ value, ...structures(files) }).toEqual({ value, ...expected });
      for (const content of files.values()) expect(content).not.toMatch(/[^\n\P{Cc}]|[\u2028\u202e\u200b]|\p{Cs}/u);
      if (files.get('sheet.md') === harmless.get('sheet.md')) continue;
      const after = sheetOf(files.get('sheet.md')!).texts;
      // A heading may say the same in words of its own.
      for (const [at, cell] of before.entries())
        if (cell === text && after[at] !== text) expect(after[at]!.trim()).toBe(shown(value).trim());
    }
  });
});

test('nor does any text at all', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text, value) => {
      // A word in the place of a word is another name, and as good.
      fc.pre(/[^\w.:/+-]/.test(value));
      const files = rendered(replaced(model, text, value));
      if (files !== undefined) expect(structures(files)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('what people call things may be anything; what programs call them is refused, with what to write', () => {
  expect(takers).toEqual(expect.arrayContaining(['a01-sw1', '12-13', 'dxcon-fg5678gh', 'gateway of rack a01']));
  for (const name of ['eno1', 'r1', 'a01', 'vpn/us-east-1', '10.200.0.1/32']) expect(takers).not.toContain(name);
});

/** A hostile value in every text that takes one. */
function allAtOnce(value: string): Model {
  return takers.reduce((of, text) => replaced(of, text, value), model);
}

const EVIL = '!# a\nrouter bgp 7\r\n[Match]\n} { = include x ? | "q" \\ %n \u001b[2K\\';
const evil = filesOf(allAtOnce(EVIL));
const folder = (path: string): Map<string, string> =>
  new Map(
    [...evil]
      .filter(([name]) => name.startsWith(path) && /\.(?:netdev|network)$/.test(name))
      .map(([name, text]) => [name.slice(path.length), text]),
  );

test('the real programs are asked about files that hold it', () => {
  for (const path of ['routers/r1/frr.conf', 'routers/r2/swanctl.conf', 'routers/r1/20-line-1.netdev', 'sheet.md'])
    expect(evil.get(path)).toContain('\\nrouter bgp 7');
});

describeWithRealParts(['frr-vtysh'], [], 'FRR itself', () => {
  test.each(['r1', 'r2'])('takes the configuration of router %s, whatever it holds', (router) => {
    expect(checkFrrConfig(evil.get(`routers/${router}/frr.conf`)!)).toBe('');
  });

  test.each(HOSTILE.map((value) => [value]))('takes %j in every description', (value) => {
    expect(checkFrrConfig(filesOf(allAtOnce(value)).get('routers/r1/frr.conf')!)).toBe('');
  });

  test('would say so if it did not', () => {
    expect(() => {
      const said = checkFrrConfig(harmless.get('routers/r1/frr.conf')!.replace('description ', 'desc\n'));
      if (said !== '') throw new Error(said);
    }).toThrow();
  });
});

describeWithRealParts(['strongswan'], lacksNamespaces(), 'strongSwan itself', () => {
  test('loads the same connections, whatever their comments hold', async () => {
    const namespace = `meissa-${process.pid}-hostile`;
    execFileSync('ip', ['netns', 'add', namespace]);
    try {
      const loaded = async (config: string): Promise<string> => {
        const one = await startStrongswan(namespace, {
          '/etc/swanctl/swanctl.conf': config,
          '/etc/swanctl/meissa/vpn/us-east-1.conf': 'secrets {\n}\n',
        });
        try {
          return one.swanctl('--list-conns');
        } finally {
          await one.stop();
        }
      };
      const before = await loaded(harmless.get('routers/r2/swanctl.conf')!);
      expect(before).toContain('vpn-1');
      expect(await loaded(evil.get('routers/r2/swanctl.conf')!)).toBe(before);
    } finally {
      execFileSync('ip', ['netns', 'delete', namespace]);
    }
  });
});

describeWithRealParts([], lacksNetworkd(), 'systemd-networkd itself', () => {
  test('takes the files for the same devices, whatever their comments hold', () => {
    expect(askNetworkd(folder('routers/r1/'))).toMatchObject({
      complaints: [],
      devices: { vlan2: 'vlan', vlan101: 'vlan', 'line-1': 'vlan' },
    });
    expect(askNetworkd(folder('hosts/beijing-a01-1/'))).toMatchObject({ complaints: [], devices: { bond0: 'bond' } });
  });
});
