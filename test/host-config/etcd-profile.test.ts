/** What the etcd profile asks of voters and of the other hosts; that it works is shown by real etcd in test/e2e. */
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostConfig } from '../../lib/host-config/model';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext } from '../../lib/plan/model';
import { context, defaults, ownProfiles } from './fixtures';

const profiles = ownProfiles('base', 'etcd');
const [, etcd] = profiles as [unknown, (typeof profiles)[number]];

function of(voter: boolean, changes: Partial<NonNullable<FleetContext['cluster']['etcd']>> = {}, generation = 1): FleetContext {
  const voters = [1, 2, 3].map((number) => ({
    number,
    name: `sa-east-1-core-voters-${number}`,
    address: `10.9.8.${15 + number}`,
  }));
  return context({
    cluster: {
      name: 'core',
      generation,
      etcd: {
        bootstrap: 'static',
        token: `example-sa-east-1-core-g${generation}`,
        voter,
        size: 3,
        voters,
        formedMarker: `/meissa/example/sa-east-1/core/g${generation}/formed`,
        ...changes,
      },
    },
    artifacts: {
      url: 'https://bucket.example.com',
      items: { etcd: { version: '3.5.21', file: 'etcd.tar.gz', sha256: 'ad'.repeat(32) } },
    },
    parameters: defaults(profiles),
  });
}

function host(voter: boolean, changes = {}): HostConfig {
  const { config, findings } = hostConfig(of(voter, changes), profiles);
  expect(findings).toEqual([]);
  return config;
}

const units = (config: HostConfig): string[] => config.units.filter((unit) => unit.profile === 'etcd').map((unit) => unit.name);
const script = (config: HostConfig): string =>
  config.files.find((file) => file.path === '/opt/meissa/bin/meissa-etcd')?.content ?? '';

test('voters run etcd and its guard, the others only a gateway; never the unit of the image', () => {
  expect(units(host(true))).toEqual(['etcd.service', 'etcd-quorum-guard.service']);
  expect(units(host(false))).toEqual(['etcd-gateway.service']);
  expect(script(host(false))).toBe('');
});

test('voters listen for the cluster and for each other, and keep their data on a volume of their own', () => {
  expect(etcd.ports.map(({ port, from, on }) => [port, from, on])).toEqual([
    [2379, 'cluster', 'voters'],
    [2380, 'fleet', 'voters'],
    [2381, 'region', 'voters'],
  ]);
  expect(etcd.volumes).toMatchObject([{ device: '/dev/sdf', gb: 20, mount: '/var/lib/etcd', on: 'voters' }]);
  expect(etcd.needs).toEqual({ artifacts: ['etcd'], signal: true, formedMarker: true, certificates: false, drains: false });
  expect(host(true).units.find((unit) => unit.name === 'etcd.service')?.content).toContain(
    'Requires=meissa-host.service meissa-volume-etcd.service',
  );
});

test('the guard stops before etcd does, and systemd is more patient than it', () => {
  const guard = host(true).units.find((unit) => unit.name === 'etcd-quorum-guard.service')!.content!;
  expect(guard).toContain('After=etcd.service');
  // Without it no stop waits for the others: it goes no sooner than etcd itself.
  expect(guard).toContain('OOMScoreAdjust=-900\n');
  const patience = Number(/patience=(\d+)/.exec(script(host(true)))?.[1]);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(guard)?.[1])).toBeGreaterThanOrEqual(patience + 30);
});

test('user-data never says that a cluster is new: the host decides', () => {
  expect(script(host(true))).not.toContain('state new');
  expect(script(host(true))).not.toContain('--discovery');
  expect(script(host(true, { bootstrap: 'discovery', discoveryUrl: 'https://discovery.example.com/0a' }))).toContain(
    'token=https://discovery.example.com/0a',
  );
});

test('the gateway knows every voter', () => {
  expect(host(false).units.find((unit) => unit.name === 'etcd-gateway.service')!.content).toContain(
    '--endpoints=10.9.8.16:2379,10.9.8.17:2379,10.9.8.18:2379',
  );
});

test('it takes at most 6,500 bytes of a voter and 2,000 of another host, beside the confinement of its services', () => {
  const bytes = (voter: boolean): number => {
    const { budget, text } = renderUserData(of(voter), profiles, { compress: 'auto' }).userData!;
    const confinement = [...text.matchAll(/^ *NoNewPrivileges=yes\n(?: *(?:\w+=).*\n)*? *MemoryMax=512M\n/gm)];
    const services = host(voter).units.filter(
      ({ profile, content }) => profile === 'etcd' && content?.includes('NoNewPrivileges'),
    );
    const own = budget.filter((line) => line.profile === 'etcd').reduce((sum, line) => sum + line.bytes, 0);
    expect(services.length).toBeGreaterThan(0);
    return own - services.length * confinement[0]![0].length;
  };
  expect(bytes(true)).toBeLessThanOrEqual(6500);
  expect(bytes(false)).toBeLessThanOrEqual(2000);
});
