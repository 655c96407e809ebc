/** Whatever stands in files, arguments and answers: what the command line writes, a terminal shows and a pipeline does not obey. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { processOutput } from '../../lib/cli/words/output';
import { runs } from '../runs';
import { exampleCopy, meissa, removeCopies } from './run';

jest.setTimeout(120_000);

const { NO_COLOR } = process.env;
beforeAll(() => {
  delete process.env.NO_COLOR;
});
afterAll(() => {
  if (NO_COLOR !== undefined) process.env.NO_COLOR = NO_COLOR;
  removeCopies();
});

/** The colours of `style`, and nothing else that begins with an escape. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(?:1|2|22|31|32|33|36|39)m`, 'g');

function expectTame(text: string, colour = false): void {
  const lines = text.replace(/\n$/, '').split('\n');
  const plain = colour ? lines.map((line) => line.replaceAll(COLOURS, '')) : lines;
  // One expectation a text: there are thousands of lines.
  expect(plain.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(line))).toEqual([]);
  expect(plain.filter((line) => /^\s*(?:::|section_(?:start|end):)|##(?:\[|vso\[|teamcity\[)/.test(line))).toEqual([]);
}

const EVIL =
  '\u001b[2K\r\u202e\u200b::set-output name=a::b\n::error::x\n  ##vso[task.setvariable variable=a]b\n##[group]c\u009b1m\u{e0041}';

/** What is said of hostile words, with colours and without. */
async function said(...args: string[]): Promise<string> {
  let last = '';
  for (const colour of ['', '1']) {
    process.env.FORCE_COLOR = colour;
    try {
      const { stdout, stderr } = await meissa(...args);
      expectTame(stdout, colour !== '');
      expectTame(stderr, colour !== '');
      last = stdout + stderr;
    } finally {
      delete process.env.FORCE_COLOR;
    }
  }
  return last;
}

describe('words of a file', () => {
  test.each([
    ['a key', `${JSON.stringify(EVIL)}: 1\n`],
    ['a key that stands twice', `${JSON.stringify(EVIL)}: 1\n${JSON.stringify(EVIL)}: 1\n`],
    ['a value', `region: ${JSON.stringify(EVIL)}\n`],
    ['a value of the wrong type', `clusters: ${JSON.stringify(EVIL)}\n`],
    ['what is no YAML', `a: [\u001b[2K\u202e ::x\n::set-output name=a::b\n##vso[a]b: {\n`],
    ['an alias', `a: *\u001b[2K\n`],
    ['a tag', `a: !<\u001b[2K> x\n`],
  ])('are shown where they are %s', async (_where, text) => {
    const root = exampleCopy();
    writeFileSync(join(root, 'regions/sa-east-1.yaml'), text);
    for (const verb of [['validate'], ['validate', '--json'], ['plan']]) await said(...verb, '--root', root);
  });

  test('any key and any value', async () => {
    const root = exampleCopy();
    const file = join(root, 'regions/sa-east-1.yaml');
    const text = readFileSync(file, 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (key, value) => {
        writeFileSync(file, `${text}\n? ${JSON.stringify(key)}\n: ${JSON.stringify(value)}\n`);
        await said('validate', '--root', root);
      }),
      { numRuns: runs(10) },
    );
  });

  test('names of files are words of a file', async () => {
    const root = exampleCopy();
    writeFileSync(join(root, 'regions', 'a\u001b[2K\u202eb.yaml'), 'region: x\n');
    expect(await said('validate', '--root', root)).toContain('\\u001b[2K');
  });

  test('links and data centres: hostile scalars are refused, and the advice stands', async () => {
    const root = exampleCopy();
    const file = join(root, 'regions/bj-idc.yaml');
    const text = readFileSync(file, 'utf8');
    const evil = JSON.stringify('a\n[Match]\nName=*');
    writeFileSync(
      file,
      text.replace(/^( +)vlan: 101$/m, `$1vlan: 101\n$1units: { "1": ${evil} }\n$1bond: { switches: [${evil}, ../x] }`),
    );
    const words = await said('validate', '--root', root);
    expect(words).toContain('units of a rack, such as 12 or 12-13');
    expect(words).toContain('the name of a switch');
  });
});

describe('words of templates that stand', () => {
  /** Hostile words for every third text, in turn, and for all that only people read. */
  function hostile(value: unknown, key: string, count: { texts: number }): unknown {
    if (Array.isArray(value)) return value.map((each) => hostile(each, key, count));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          /^(Tags|Metadata|Outputs)$/.test(key) ? `${name}${EVIL}` : name,
          hostile(each, name, count),
        ]),
      );
    if (typeof value !== 'string' || key === 'Type') return value;
    return /Description|^Value$|Name$/.test(key) || count.texts++ % 3 === 0 ? `${EVIL}${value}` : value;
  }

  test('are shown by diff and reach, or refused', async () => {
    const root = exampleCopy();
    const before = join(root, 'before');
    await said('synth', 'sa-east-1', '--root', root, '--out', join(before, 'cdk.out'));
    const count = { texts: 0 };
    for (const name of readdirSync(join(before, 'cdk.out')).filter((each) => each.endsWith('.template.json'))) {
      const path = join(before, 'cdk.out', name);
      writeFileSync(path, JSON.stringify(hostile(JSON.parse(readFileSync(path, 'utf8')), '', count)));
    }
    expect(count.texts).toBeGreaterThan(100);
    for (const verb of [['diff'], ['diff', '--markdown'], ['diff', '--json']]) {
      const words = await said(...verb, 'sa-east-1', '--links', 'none', '--root', root, '--templates', before);
      expect(words).toContain('set-output');
      expect(words).not.toContain('UNEXPECTED');
    }
    const words = await said('reach', 'sa-east-1/core/storage', 'sa-east-1/core/voters', '--root', root, '--from-out', before);
    expect(words).not.toContain('UNEXPECTED');
  }, 240_000);
});

describe('words of the command line', () => {
  test.each([
    [['plan', EVIL]],
    [['user-data', EVIL]],
    [[EVIL]],
    [[`--${EVIL}`]],
    [['plan', `--${EVIL}`]],
    [['validate', '--root', EVIL]],
    [['reach', EVIL, EVIL]],
    [['reach', 'sa-east-1', 'us-east-1', '--port', EVIL]],
    [['synth', EVIL]],
    [['diff', '--base', EVIL]],
    [['diff', '--templates', EVIL]],
    [['region', 'add', EVIL]],
    [['artifacts', 'add', EVIL, EVIL, EVIL]],
  ])('%j', async (args) => {
    const root = exampleCopy();
    const words = await said(...args, ...(args.includes('--root') ? [] : ['--root', root]));
    expect(words).not.toBe('');
  });

  test('what the parser asks back stays a line of its own', async () => {
    const { stderr } = await meissa('plna');
    expect(stderr).toContain("error: unknown command 'plna'\n(Did you mean plan?)\n");
  });
});

describe('the door', () => {
  const written = (talk: (output: ReturnType<typeof processOutput>) => void, tty = false): string => {
    let text = '';
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    });
    const was = process.stdout.isTTY;
    Object.defineProperty(process.stdout, 'isTTY', { value: tty, configurable: true });
    try {
      talk(processOutput());
    } finally {
      spy.mockRestore();
      Object.defineProperty(process.stdout, 'isTTY', { value: was, configurable: true });
    }
    return text;
  };

  test('bytes for a pipe are as they are; a terminal is shown them', () => {
    expect(written((output) => output.data(`${EVIL}\n`))).toBe(`${EVIL}\n`);
    expectTame(written((output) => output.data(`${EVIL}\n`), true));
  });

  test('a colour that a value brings is shown, one of ours is a colour', () => {
    process.env.FORCE_COLOR = '1';
    try {
      const line = written((output) => output.print(`${output.style('red', 'a')} \u001b[31mb`));
      expect(line).toBe('\u001b[31ma\u001b[39m \\u001b[31mb\n');
      // Nothing of ours may stand in the middle of a command and vanish.
      const torn = written((output) =>
        output.print(`#${output.style('red', '#')}[group]x`, `${output.style('red', '::')}error::x`),
      );
      expectTame(torn, true);
      expect(torn).toBe('#\\#[group]x\n\\::error::x\n');
    } finally {
      delete process.env.FORCE_COLOR;
    }
  });

  test('JSON is escaped, and means the same', () => {
    const text = written((output) => output.json({ [EVIL]: EVIL }));
    expectTame(text);
    expect(JSON.parse(text)).toEqual({ [EVIL]: EVIL });
  });
});

test('user-data in a terminal is shown, in a pipe it is what a host gets', async () => {
  const root = exampleCopy();
  const { stdout } = await meissa('user-data', 'sa-east-1/core/voters', '--root', root);
  const was = process.stdout.isTTY;
  Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
  try {
    const seen = await meissa('user-data', 'sa-east-1/core/voters', '--root', root);
    expectTame(seen.stdout, true);
    expect(seen.stdout.replaceAll('\\t', '\t')).toBe(stdout.replaceAll('\\t', '\t'));
  } finally {
    Object.defineProperty(process.stdout, 'isTTY', { value: was, configurable: true });
  }
});
