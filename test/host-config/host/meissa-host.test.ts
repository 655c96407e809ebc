import fc from 'fast-check';
import type { FleetContext } from '../../../lib/plan/model';
import { Sandbox } from './sandbox';

let host: Sandbox;
beforeEach(() => {
  host = new Sandbox();
});
afterEach(() => host.end());

const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number): string => [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');

/** Installs the base profile; the cloud tells this address and id. */
function installed(address: string, changes: Partial<FleetContext> = {}, id = 'i-1'): Sandbox {
  host.install(['base'], changes);
  host.write(
    '/opt/meissa/bin/meissa-cloud',
    `#!/bin/bash\ncase $1 in address) echo '${address}' ;; instance-id) echo '${id}' ;; esac\n`,
    '0755',
  );
  return host.stub('hostnamectl');
}

function environment(): Record<string, string> {
  const lines = host.read('/run/meissa/host.env')!.trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

test('a member computes its number and its name from its address, and tells them to all units', async () => {
  expect(await installed('10.9.40.65').run('meissa-host')).toMatchObject({ code: 0, err: '' });
  expect(environment()).toEqual({
    MEISSA_ADDRESS: '10.9.40.65',
    MEISSA_INSTANCE_ID: 'i-1',
    MEISSA_NAME: 'sa-east-1-core-storage-5',
    MEISSA_REGION: 'sa-east-1',
    MEISSA_MEMBER: '5',
  });
  expect(host.calls()).toEqual(['hostnamectl set-hostname sa-east-1-core-storage-5']);
});

test('a host of an elastic fleet is named by its instance and has no number', async () => {
  const fleet = { name: 'adserver', kind: 'elastic' as const, metadata: {}, hostPrefix: 'sa-east-1-core-adserver' };
  expect(await installed('10.9.200.7', { fleet, numbering: undefined }).run('meissa-host')).toMatchObject({ code: 0 });
  expect(environment()).toEqual({
    MEISSA_ADDRESS: '10.9.200.7',
    MEISSA_INSTANCE_ID: 'i-1',
    MEISSA_NAME: 'sa-east-1-core-adserver-i-1',
    MEISSA_REGION: 'sa-east-1',
  });
});

test.each([
  ['', "'' is no address"],
  ['none', "'none' is no address"],
  ['10.9.8.63', 'is not in the plan'],
  ['10.9.9.64', 'is not in the plan'],
  ['10.8.8.64', 'is not in the plan'],
])('a member whose address is "%s" fails and writes nothing', async (address, words) => {
  const { code, err } = await installed(address).run('meissa-host');
  expect(code).toBe(1);
  expect(err).toContain(`meissa-host: `);
  expect(err).toContain(words);
  expect(host.read('/run/meissa/host.env')).toBeUndefined();
});

test.each(['i-1 x', '$(touch /made)', '<html>', 'i-1\nMEISSA_NAME=other'])(
  'a host whose instance id is "%s" fails and writes nothing',
  async (id) => {
    expect(await installed('10.9.40.65', {}, id).run('meissa-host')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no instance id'),
    });
    expect(host.read('/run/meissa/host.env')).toBeUndefined();
  },
);

test('an elastic host outside its region fails', async () => {
  expect(await installed('10.10.0.1', { numbering: undefined }).run('meissa-host')).toMatchObject({
    code: 1,
    err: expect.stringContaining('10.9.0.0/16'),
  });
});

test('a container range outside the block fails', async () => {
  const containers = {
    mode: 'host-gw' as const,
    block: '172.16.0.0/22',
    hostBits: 24,
    pools: ['10.0.0.0/8', '172.16.0.0/12'],
    mtu: 1500,
    hostPorts: [],
  };
  expect(await installed('10.9.40.65', { containers }).run('meissa-host')).toMatchObject({
    code: 1,
    err: expect.stringContaining('outside 172.16.0.0/22'),
  });
});

test('the arithmetic of the script is that of the plan, for any numbering', async () => {
  const numbering = fc
    .record({
      zones: fc.integer({ min: 1, max: 6 }),
      perZone: fc.integer({ min: 1, max: 2000 }),
      firstRange: fc.integer({ min: 0, max: 300 }),
      start: fc.integer({ min: number('10.0.0.4'), max: number('223.255.0.0') }),
    })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        gaps: fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: shape.zones, maxLength: shape.zones }),
        hostBits: fc.integer({ min: 20, max: 28 }),
        member: fc.integer({ min: 1, max: shape.zones * shape.perZone }),
      }),
    );
  await fc.assert(
    fc.asyncProperty(numbering, async ({ shape, gaps, hostBits, member }) => {
      let at = shape.start;
      const bases = gaps.map((gap) => {
        const base = at;
        at += shape.perZone + gap;
        return base;
      });
      // Member n stands in zone (n - 1) mod Z, floor((n - 1) / Z) addresses after the zone's base (lib/plan/model.ts, Numbering).
      const address = dotted(bases[(member - 1) % shape.zones]! + Math.floor((member - 1) / shape.zones));
      const range = number('172.0.0.0') + (shape.firstRange + member - 1) * 2 ** (32 - hostBits);
      installed(address, {
        numbering: {
          zones: bases.map((base, index) => ({ name: `z${index}`, base: dotted(base) })),
          perZone: shape.perZone,
          firstRange: shape.firstRange,
        },
        containers: { mode: 'host-gw', block: '172.0.0.0/6', hostBits, pools: [], mtu: 1500, hostPorts: [] },
      });
      expect(await host.run('meissa-host')).toMatchObject({ code: 0, err: '' });
      expect(environment()).toMatchObject({
        MEISSA_ADDRESS: address,
        MEISSA_MEMBER: String(member),
        MEISSA_NAME: `sa-east-1-core-storage-${member}`,
        MEISSA_CONTAINER_RANGE: `${dotted(range)}/${hostBits}`,
        MEISSA_CONTAINER_RANGES: `${dotted(range)}/${hostBits}`,
        MEISSA_BRIDGE: `${dotted(range + 1)}/${hostBits}`,
        DOCKER_OPT_BIP: `"--bip=${dotted(range + 1)}/${hostBits}"`,
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('metadata that comes late is waited for, and what was missing is told', async () => {
  installed('10.9.40.65');
  const cloud = '/opt/meissa/bin/meissa-cloud';
  host.write(
    cloud,
    `#!/bin/bash\n[[ -e ${host.root}/up ]] || { touch ${host.root}/up; echo none >&2; exit 1; }\n${host.read(cloud)}`,
    '0755',
  );
  expect(await host.run('meissa-host')).toMatchObject({ code: 0, err: 'none\n' });
  expect(environment()).toMatchObject({ MEISSA_NAME: 'sa-east-1-core-storage-5' });
});

describe('in mode prefix', () => {
  const containers = { mode: 'prefix' as const, pools: ['10.0.0.0/8'], mtu: 1500, hostPorts: [] };

  /** The cloud tells these prefixes, at the first question none. */
  function delegated(prefixes: string, changes: Partial<FleetContext> = {}): Sandbox {
    installed('10.9.40.65', { containers, ...changes });
    const answers = `address) echo 10.9.40.65 ;; instance-id) echo i-1 ;;`;
    const late = `[[ -e ${host.root}/late ]] || { touch ${host.root}/late; echo 'no prefix yet' >&2; exit 1; }`;
    const script = `#!/bin/bash\ncase $1 in ${answers} prefixes) ${late}; printf '%s\\n' ${prefixes} ;; esac\n`;
    return host.write('/opt/meissa/bin/meissa-cloud', script, '0755').stub('sleep');
  }

  test('a member waits for its prefix, and its bridge has the first address of it', async () => {
    expect(await delegated('10.9.41.32/28').run('meissa-host')).toMatchObject({ code: 0, err: 'no prefix yet\n' });
    expect(environment()).toMatchObject({
      MEISSA_MEMBER: '5',
      MEISSA_CONTAINER_RANGE: '10.9.41.32/28',
      MEISSA_CONTAINER_RANGES: '10.9.41.32/28',
      MEISSA_BRIDGE: '10.9.41.33/28',
      DOCKER_OPT_BIP: '"--bip=10.9.41.33/28"',
    });
  });

  test('of several prefixes the first is the bridge and the others are for networks that units make, at each boot the same', async () => {
    for (const told of ['10.9.41.112/28 10.9.41.32/28 10.9.40.240/28', '10.9.40.240/28 10.9.41.112/28 10.9.41.32/28']) {
      expect(await delegated(told, { numbering: undefined }).run('meissa-host')).toMatchObject({ code: 0 });
      expect(environment()).toMatchObject({
        MEISSA_NAME: 'sa-east-1-core-storage-i-1',
        MEISSA_CONTAINER_RANGE: '10.9.40.240/28',
        MEISSA_CONTAINER_RANGES: '10.9.40.240/28,10.9.41.32/28,10.9.41.112/28',
        DOCKER_OPT_BIP:
          '"--bip=10.9.40.241/28 --default-address-pool=base=10.9.41.32/28,size=28 --default-address-pool=base=10.9.41.112/28,size=28"',
      });
    }
  });

  test('a prefix outside the region fails', async () => {
    expect(await delegated('10.8.41.32/28').run('meissa-host')).toMatchObject({
      code: 1,
      err: expect.stringContaining('prefix 10.8.41.32/28 is not in the plan'),
    });
  });
});
