/** A host of the example's sa-east-1, booted with containers that have addresses of their own: the order of things under a real systemd. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { type Artifact, BootFleet, etcdArchive } from './boot-user-data';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts'])];

describeWithRealParts(['systemd-nspawn', 'etcd-3.5', 'etcdctl-3.5', 'nft'], lacks, 'a host in mode host-gw that boots', () => {
  let folder: string;
  let network: Network | undefined;
  let host: BootHost;
  let cloud: BootCloud;

  const pid = (): string => host.run('systemctl', 'show', '-P', 'MainPID', 'docker.service').trim();
  const table = (): string => host.run('nft', 'list', 'table', 'inet', 'meissa').replace(/packets \d+ bytes \d+/g, '');
  const times = (words: string): number => host.log.split(words).length - 1;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    const etcd: Artifact = etcdArchive(folder);
    const fleet = new BootFleet('storage', etcd);
    const home = join(folder, fleet.member.name);
    mkdirSync(home);
    cloud = new BootCloud(network, home, fleet.member.address);
    cloud.aws.objects.set(etcd.sha256, etcd.bytes);
    cloud.aws.tags['meissa:volume:data'] = 'vol-0d';
    host = new BootHost({ folder: home, namespace: cloud.namespace, environment: cloud.environment, nft: true });
    host.attach('vol-0d');
    host.userData = fleet.userData([], {
      mode: 'host-gw',
      block: '172.16.0.0/16',
      hostBits: 24,
      pools: ['10.0.0.0/8', '172.16.0.0/12'],
      mtu: 8500,
      hostPorts: [],
    });
    await cloud.open();
    host.start();
    await host.says('user-data is applied');
  }, 90_000);

  afterAll(async () => {
    await host?.end();
    await cloud?.end();
    network?.end();
    rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test('loads its table when it knows who it is, and before docker', () => {
    const [known, loaded, docker] = ['Finished meissa-host.service', 'Finished meissa-net.service', 'Started docker.service'].map(
      (words) => host.log.indexOf(words),
    );
    expect(known).toBeGreaterThan(0);
    expect(loaded).toBeGreaterThan(known!);
    expect(docker).toBeGreaterThan(loaded!);
    expect(table()).toContain('ip saddr 172.16.0.0/24 goto hidden');
  });

  test('tells docker its bridge, which is there', () => {
    const environment = host.run('cat', `/proc/${pid()}/environ`).split('\0');
    expect(environment).toContain('DOCKER_OPT_BIP=--bip=172.16.0.1/24');
    expect(host.run('ip', 'address', 'show', 'docker0')).toMatch(/mtu 8500 [\s\S]*inet 172\.16\.0\.1\/24/);
  });

  test('routes, and takes replies from wherever they come, on the bridge too', () => {
    for (const name of ['all', 'default', 'eth0', 'docker0'])
      expect(host.run('cat', `/proc/sys/net/ipv4/conf/${name}/rp_filter`)).toBe('2\n');
    expect(host.run('cat', '/proc/sys/net/ipv4/ip_forward')).toBe('1\n');
  });

  test('keeps its table while docker starts again', async () => {
    const [before, first] = [table(), pid()];
    host.run('systemctl', 'restart', 'docker.service');
    await eventually(() => times('Started docker.service') === 2, 'docker starts again');
    expect(pid()).not.toBe(first);
    expect(table()).toBe(before);
    expect(times('Finished meissa-net.service')).toBe(1);
  });

  test('loads its table again without a word to docker', () => {
    const [before, first] = [table(), pid()];
    host.run('nft', 'flush', 'chain', 'inet', 'meissa', 'spoofed');
    expect(table()).not.toBe(before);
    host.run('systemctl', 'reload', 'meissa-net.service');
    expect(table()).toBe(before);
    expect(pid()).toBe(first);
  });

  test('does not start docker where the table can not be loaded', () => {
    host.run('systemctl', 'stop', 'docker.service', 'meissa-net.service');
    host.run('rm', '/usr/local/sbin/nft');
    host.run('systemctl', 'start', 'docker.service');
    expect([host.state('meissa-net.service'), host.state('docker.service')]).toEqual(['failed', 'inactive']);
  });
});
