import { type DescribedHost, hostVersions, programVersions, type ReportedHost, readDigest } from '../../lib/review/versions';

const [OLD, NOW] = ['ab', 'cd'].map((two) => two.repeat(32)) as [string, string];
const MINUTE = 60_000;
const SILENT = 25 * MINUTE;

const host = (name: string, more: Partial<DescribedHost> = {}): DescribedHost => ({
  place: 'sa-east-1',
  fleet: 'core/voters',
  name,
  elastic: false,
  digest: NOW,
  programs: { etcd: '3.5.22', image: 'ami-1' },
  ...more,
});
const report = (name: string, values: Record<string, string>, more: Partial<ReportedHost> = {}): ReportedHost => ({
  host: name,
  instance: `i-${name}`,
  age: MINUTE,
  values: { host: name, ...values },
  ...more,
});
const told = (hosts: readonly DescribedHost[], reports: readonly ReportedHost[]) =>
  programVersions(hostVersions(hosts, reports, SILENT)).map(
    ({ program, version, source, hosts: names }) => `${program} ${version} ${source}: ${names.join(', ')}`,
  );

test('a version is told with what it rests on: the host’s own word, its digest, or only the description', () => {
  const hosts = ['a', 'b', 'c', 'd'].map((name) => host(name));
  const reports = [
    report('a', { applied: NOW, 'version.docker': '28.0.4' }),
    report('b', { applied: OLD }),
    report('c', { applied: NOW }, { age: 2 * SILENT }),
  ];
  expect(told(hosts, reports)).toEqual([
    'docker 28.0.4 reported: a',
    'etcd 3.5.22 after a restart: b',
    'etcd 3.5.22 described: c, d',
    'etcd 3.5.22 runs: a',
    'image ami-1 after a restart: b',
    'image ami-1 described: c, d',
    'image ami-1 runs: a',
  ]);
  expect(hostVersions(hosts, reports, SILENT).map(({ state }) => state)).toEqual([
    'current',
    'restart due',
    'silent',
    'not read',
  ]);
});

test('what a host says of a program goes before the description; while a restart is due both are told', () => {
  const said = (applied: string) => told([host('a')], [report('a', { applied, 'version.etcd': '3.5.21' })]);
  expect(said(NOW)).toEqual(['etcd 3.5.21 reported: a', 'image ami-1 runs: a']);
  expect(said(OLD)).toEqual(['etcd 3.5.21 reported: a', 'etcd 3.5.22 after a restart: a', 'image ami-1 after a restart: a']);
});

test('a host that applied nothing at this boot waits for a restart', () => {
  expect(hostVersions([host('a')], [report('a', { applied: 'no' })], SILENT)).toEqual([
    expect.objectContaining({ state: 'restart due' }),
  ]);
  expect(hostVersions([host('a')], [report('a', { applied: 'no' })], SILENT)[0]).not.toHaveProperty('applied');
});

test('hosts of an elastic fleet are told apart by their instance, and the last words of those that went are left out', () => {
  const web = host('web', { elastic: true });
  const reports = [
    report('web', { applied: NOW }, { instance: 'i-1' }),
    report('web', { applied: OLD }, { instance: 'i-2' }),
    report('web', { applied: OLD }, { instance: 'i-3', age: 2 * SILENT }),
  ];
  expect(told([web], reports)).toContain('etcd 3.5.22 runs: web i-1');
  expect(told([web], reports)).toContain('etcd 3.5.22 after a restart: web i-2');
  expect(JSON.stringify(hostVersions([web], reports, SILENT))).not.toContain('i-3');
});

test('of a member that was made anew the newest report counts', () => {
  const reports = [
    report('a', { applied: OLD }, { instance: 'i-1', age: 5 * MINUTE }),
    report('a', { applied: NOW }, { instance: 'i-2' }),
  ];
  expect(hostVersions([host('a')], reports, SILENT)).toEqual([expect.objectContaining({ instance: 'i-2', state: 'current' })]);
});

test('a host of AWS names the bytes that it was sent, any other the text', () => {
  const userData = {
    format: 'coreos' as const,
    text: 'x',
    base64: Buffer.from('packed').toString('base64'),
    gzipped: true,
    bytes: 6,
    digest: NOW,
    budget: [],
  };
  expect(readDigest({ provider: 'aliyun' }, userData)).toBe(NOW);
  expect(readDigest({ provider: 'aws' }, userData)).toBe('88cb8a087b6e8cebfc9ae5602f5a2159a6bcf923e7f2c56809bcda6cad1727a7');
});
