import { cloudServices } from '../../lib/host-config/cloud-services';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig } from '../../lib/host-config/model';
import type { FleetContext } from '../../lib/plan/model';
import { context, defaults, ownProfiles } from './fixtures';

type Containers = FleetContext['containers'];
const own: Omit<Containers, 'mode'> = { pools: ['10.0.0.0/8', '172.16.0.0/12'], mtu: 8500, hostPorts: [] };
const modes: Record<Containers['mode'], Containers> = {
  host: { mode: 'host', ...own },
  'host-gw': { mode: 'host-gw', ...own, block: '172.16.0.0/16', hostBits: 24, dockerPool: '198.18.0.0/15' },
  prefix: { mode: 'prefix', ...own },
};

function host(mode: Containers['mode'], names = ['base', 'docker'], changes: Partial<FleetContext> = {}): HostConfig {
  const profiles = ownProfiles(...names);
  const { config, findings } = hostConfig(
    context({ containers: modes[mode], parameters: defaults(profiles), ...changes }),
    profiles,
  );
  expect(findings).toEqual([]);
  return config;
}

const file = (config: HostConfig, path: string): string | undefined => config.files.find((each) => each.path === path)?.content;
const daemon = (mode: Containers['mode']): Record<string, unknown> => JSON.parse(file(host(mode), '/etc/docker/daemon.json')!);
const dropIn = (mode: Containers['mode']): string =>
  host(mode).units.find((unit) => unit.name === 'docker.service')!.dropIns[0]!.content;

test.each(['host-gw', 'prefix'] as const)(
  'in mode %s docker changes no address, filters nothing, and has the planned MTU',
  (mode) => {
    expect(daemon(mode)).toMatchObject({ iptables: false, 'ip-masq': false, mtu: 8500, 'live-restore': false });
  },
);

test('in mode host docker has its own rules', () => {
  expect(Object.keys(daemon('host')).filter((key) => /iptables|masq|mtu|pools/.test(key))).toEqual([]);
});

test('in mode host its bridge has addresses that no estate has, where its own choice would hide what the host reaches', () => {
  const config = host('host', ['base', 'docker'], { containers: { ...modes.host, dockerPool: '198.18.0.0/15' } });
  const options = JSON.parse(file(config, '/etc/docker/daemon.json')!);
  expect(options['default-address-pools']).toEqual([{ base: '198.18.0.0/15', size: 24 }]);
  expect(Object.keys(options).filter((key) => /iptables|masq|mtu|bip/.test(key))).toEqual([]);
});

test('networks that units make beside the bridge take nothing of the container pools', () => {
  // Docker's own choice begins with 172.17.0.0/16: the containers of another region.
  expect(daemon('host-gw')['default-address-pools']).toEqual([{ base: '198.18.0.0/15', size: 24 }]);
  // There meissa-host gives it the further prefixes, as options: docker refuses to be told twice.
  expect(daemon('prefix')['default-address-pools']).toBeUndefined();
});

test.each(['host-gw', 'prefix'] as const)('in mode %s containers get their time to stop, as everywhere', (mode) => {
  expect(daemon(mode)['shutdown-timeout']).toBe(60);
  expect(dropIn(mode)).toContain('TimeoutStopSec=90\n');
});

test.each(['host-gw', 'prefix'] as const)(
  'in mode %s docker starts only with the table, which knows nothing of docker',
  (mode) => {
    expect(dropIn(mode)).toContain('Requires=meissa-net.service\nAfter=meissa-net.service\n');
    const unit = host(mode).units.find((each) => each.name === 'meissa-net.service')!;
    expect(unit.command).toBe('start');
    expect(unit.content).toContain('Requires=meissa-host.service\nAfter=meissa-host.service\n');
    expect(unit.content).toContain('RemainAfterExit=yes\n');
    expect(unit.content).not.toMatch(/ExecStop|PartOf|BindsTo|docker/);
  },
);

test('a host without docker has the table, too: groups let containers in on every port of every host', () => {
  expect(host('host-gw', ['base']).units.map((unit) => unit.name)).toContain('meissa-net.service');
});

test.each(['host-gw', 'prefix'] as const)('in mode %s the host routes, and takes replies from wherever they come', (mode) => {
  const path = '/etc/sysctl.d/zz-meissa-net.conf';
  expect(file(host(mode), path)!.trimEnd().split('\n')).toEqual([
    'net.ipv4.ip_forward = 1',
    ...['all', 'default', '*'].map((name) => `net.ipv4.conf.${name}.rp_filter = 2`),
  ]);
  // The last name wins: the image's own files sort before.
  expect(['60-baselayout.conf', 'baselayout.conf', '50-default.conf', 'zz-meissa-net.conf'].sort().at(-1)).toBe(
    path.split('/').at(-1),
  );
});

test('in mode host nothing of this is there', () => {
  const config = host('host');
  const names = [...config.files.map((each) => each.path), ...config.units.map((unit) => unit.name)];
  expect(names.filter((name) => name.includes('meissa-net'))).toEqual([]);
  expect(dropIn('host')).not.toContain('meissa-net');
  expect(file(config, '/opt/meissa/bin/meissa-cloud')).not.toContain('prefix');
});

test.each([
  ['aws', '10.9.0.0/16', ['10.9.0.2', '169.254.0.0/16']],
  ['aws', '10.32.0.0/12', ['10.32.0.2', '169.254.0.0/16']],
  ['aliyun', '10.9.0.0/16', ['100.64.0.0/10', '169.254.0.0/16']],
  ['idc', '10.200.0.0/16', []],
] as const)('of %s at %s the services that know hosts only are %j', (provider, cidr, services) => {
  expect(cloudServices({ provider, cidr })).toEqual(services);
});

test('the table hides containers from those services before it looks at the pools, in which the resolver lies', () => {
  const table = file(host('host-gw'), '/opt/meissa/bin/meissa-net')!;
  const hidden = table.split('chain hidden {')[1]!.split('}')[0]!.trim().split(/\n\s*/);
  expect(hidden).toEqual([
    'ip daddr 10.9.0.2 masquerade',
    'ip daddr 169.254.0.0/16 masquerade',
    'ip daddr 10.0.0.0/8 return',
    'ip daddr 172.16.0.0/12 return',
    'masquerade',
  ]);
});
