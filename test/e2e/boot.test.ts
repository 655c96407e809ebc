/**
 * Hosts of the example's sa-east-1, booted: what user-data makes of them under a real systemd.
 *
 * Stubs: what reads user-data (boot-reader.ts), docker, and mount (boot-host.ts). The cloud is the fake of the host's tests.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profile } from '../host-config/fixtures';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { type Artifact, BootFleet, etcdArchive } from './boot-user-data';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts'])];

/** A profile that the second boot has no more: its unit comes up by itself, from what the first one left on the disk. */
const dropped = profile(
  'dropped',
  `files:
  - { path: /etc/dropped/settings, content: old }
units:
  - name: dropped.service
    enable: true
    command: start
    content: |
      [Service]
      ExecStart=/bin/sleep infinity
      [Install]
      WantedBy=multi-user.target
`,
);

describeWithRealParts(['systemd-nspawn', 'etcd-3.5', 'etcdctl-3.5'], lacks, 'a host that boots', () => {
  let folder: string;
  let network: Network | undefined;
  let etcd: Artifact;
  const ends: (() => Promise<void>)[] = [];

  /** The first member of a fleet, off. */
  function hostOf(fleet: BootFleet): { host: BootHost; cloud: BootCloud } {
    const home = join(folder, fleet.member.name);
    mkdirSync(home);
    const cloud = new BootCloud(network!, home, fleet.member.address);
    cloud.aws.objects.set(etcd.sha256, etcd.bytes);
    const host = new BootHost({ folder: home, namespace: cloud.namespace, environment: cloud.environment });
    ends.push(async () => {
      await host.end();
      await cloud.end();
    });
    return { host, cloud };
  }

  /** Expects the host to say all of this, in this order. Its words come through a pipe: the last ones may still be on their way. */
  async function expectOrder(host: BootHost, ...words: string[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      const missing = firstMissing(host.log, words);
      if (missing === undefined) return;
      if (tries === 100) throw new Error(`"${missing}" does not come, or not after the others, in\n${host.log}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  function firstMissing(log: string, words: readonly string[]): string | undefined {
    let at = 0;
    for (const each of words) {
      const found = log.indexOf(each, at);
      if (found < 0) return each;
      at = found + each.length;
    }
    return undefined;
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    etcd = etcdArchive(folder);
  }, 60_000);

  afterAll(async () => {
    const ended = await Promise.allSettled(ends.map((end) => end()));
    network?.end();
    const failed = ended.find((each) => each.status === 'rejected');
    // A root that may still be in use is left.
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    rmSync(folder, { recursive: true, force: true });
  }, 150_000);

  describe('a voter', () => {
    let fleet: BootFleet;
    let host: BootHost;
    let cloud: BootCloud;
    beforeAll(() => {
      fleet = new BootFleet('voters', etcd);
      ({ host, cloud } = hostOf(fleet));
      cloud.aws.tags['meissa:gate'] = 'the-stack/TheGate';
      cloud.aws.tags['meissa:volume:etcd'] = 'vol-0e';
      cloud.aws.waiting.add('the-stack/TheGate');
      host.userData = fleet.userData([dropped]);
    });

    test('says so when there is no metadata, and starts nothing that needs to know who it is', async () => {
      host.start();
      await host.says('meissa-cloud: no metadata session (000)');
      expect(host.state('meissa-host.service')).toBe('activating');
      host.run('systemctl', 'start', '--no-block', 'etcd.service');
      expect(host.run('ls', '/run/meissa')).toBe('applying\n');
      expect(host.state('etcd.service')).toBe('inactive');
    }, 60_000);

    test('knows its planned number, name and address as soon as there is metadata', async () => {
      await cloud.open();
      await host.says('Finished meissa-host.service');
      const { number, name, address } = fleet.member;
      const environment = host.run('cat', '/run/meissa/host.env').split('\n');
      expect(environment).toEqual(
        expect.arrayContaining([`MEISSA_MEMBER=${number}`, `MEISSA_NAME=${name}`, `MEISSA_ADDRESS=${address}`]),
      );
      expect(host.run('hostname')).toBe(`${name}\n`);
      await expectOrder(host, 'Finished meissa-manifest.service', 'Starting meissa-host.service', 'Finished meissa-host.service');
    }, 60_000);

    test('waits for a volume that comes late, and does not start etcd on the root disk', async () => {
      await host.says("volume etcd 'vol-0e' has not come: waiting");
      expect(host.run('systemctl', 'list-jobs')).toMatch(/etcd\.service +start waiting/);
      expect(host.state('etcd.service')).toBe('inactive');
      expect(host.run('ls', '/var/lib/etcd')).toBe('');
      host.attach('vol-0e');
      await host.says('Started etcd.service');
      expect(host.run('mountpoint', '/var/lib/etcd')).toBe('/var/lib/etcd is a mountpoint\n');
      await expectOrder(
        host,
        'Finished meissa-volume-etcd.service',
        'Starting etcd.service',
        'Started etcd-quorum-guard.service',
      );
    }, 60_000);

    test('signals its gate once, while it is the only voter: etcd listens', async () => {
      await host.says('user-data is applied');
      await host.says('signalled the-stack/TheGate', 60);
      expect(host.state('etcd.service')).toBe('active');
      expect(host.run('bash', '-c', 'ls /var/lib/etcd/g1/member/wal')).toContain('.wal');
      // Longer than the agent waits between two looks.
      await new Promise((done) => setTimeout(done, 6000));
      expect(cloud.aws.signals).toEqual([`the-stack/TheGate ${cloud.aws.instanceId} SUCCESS`]);
      expect(host.run('systemctl', '--failed', '--plain', '--no-legend')).toBe('');
    }, 90_000);

    test.each([
      ['etcd.service', '0000000000000000', '/var/lib/etcd'],
      // CAP_DAC_OVERRIDE: checks of other users' programs.
      ['meissa-gate.service', '0000000000000002', '/run/meissa'],
      ['meissa-reboot.service', '0000000000000002', '/run/meissa'],
    ])('%s gains no rights, and writes nothing but its own', (unit, bounds, writes) => {
      const pid = host.run('systemctl', 'show', '-P', 'MainPID', unit).trim();
      const status = host.run('grep', '-E', '^(NoNewPrivs|CapBnd|CapEff)', `/proc/${pid}/status`).replace(/\s+/g, ' ');
      expect(status).toBe(`CapEff: ${bounds} CapBnd: ${bounds} NoNewPrivs: 1 `);
      const tries = (folder: string): string =>
        host.run('nsenter', `--target=${pid}`, '--mount', 'bash', '-c', `touch ${folder}/tried 2>&1 && rm ${folder}/tried`);
      for (const folder of ['/etc', '/usr', '/var/lib/dbus']) expect(tries(folder)).toContain('Read-only file system');
      expect(tries(writes)).toBe('');
      expect(host.run('nsenter', `--target=${pid}`, '--mount', 'ls', '-A', '/tmp', '/home')).not.toContain('core');
    });

    test('lets the guard hold the stop before etcd stops, and the volume goes last, in time', async () => {
      // As one that has served: it waits for the others, who are not there, as long as it is told.
      host.run('touch', '/run/meissa/etcd');
      const before = Date.now();
      await host.powerOff(60);
      expect((Date.now() - before) / 1000).toBeGreaterThan(9);
      await expectOrder(
        host,
        'Stopping etcd-quorum-guard.service',
        'Stopped etcd-quorum-guard.service',
        'Stopping etcd.service',
        'Stopped etcd.service',
        'Unmounting var-lib-etcd.mount',
      );
      expect(host.log).not.toMatch(/etcd[\w-]*\.service: (State .* timed out|Killing)/);
    }, 90_000);

    test('stops and removes, before etcd starts, what its user-data no longer has', async () => {
      host.userData = fleet.userData();
      host.start();
      await host.says('user-data is applied');
      await expectOrder(
        host,
        'Started dropped.service',
        'Starting meissa-manifest.service',
        'Stopped dropped.service',
        'Finished meissa-manifest.service',
        'Starting etcd.service',
      );
      expect(host.run('systemctl', 'show', '-P', 'LoadState', 'dropped.service')).toBe('not-found\n');
      expect(host.run('find', '/etc', '-path', '*dropped*', '-not', '-type', 'd')).toBe('');
    }, 60_000);

    test('starts from its data on the same volume at the second boot, and signals no gate again', async () => {
      await eventually(() => host.state('etcd.service') === 'active', 'etcd runs');
      await host.says('restarting local member');
      await new Promise((done) => setTimeout(done, 6000));
      expect(cloud.aws.signals).toHaveLength(1);
      await host.powerOff(60);
    }, 90_000);
  });

  test('a storage host has its volume before docker, and a gateway to etcd, but no open gate without a voter', async () => {
    const fleet = new BootFleet('storage', etcd);
    const { host, cloud } = hostOf(fleet);
    cloud.aws.tags['meissa:gate'] = 'the-stack/TheGate';
    cloud.aws.tags['meissa:volume:data'] = 'vol-0d';
    cloud.aws.waiting.add('the-stack/TheGate');
    host.attach('vol-0d');
    host.userData = fleet.userData();
    await cloud.open();
    host.start();
    await host.says('user-data is applied');
    await expectOrder(
      host,
      'Finished meissa-host.service',
      'Finished meissa-volume-data.service',
      'Started docker.service',
      'Started etcd-gateway.service',
    );
    await host.says('etcd-gateway fails');
    expect(host.run('systemctl', 'show', '-P', 'LimitNOFILE', 'etcd-gateway.service')).toBe('1048576\n');
    expect(host.run('ss', '-Hltn', 'sport = 2379')).toContain('127.0.0.1:2379');
    expect(host.run('hostname')).toBe(`${fleet.member.name}\n`);
    expect(cloud.aws.signals).toEqual([]);
    await host.powerOff(60);
    await expectOrder(host, 'Stopped docker.service', 'Unmounting srv-data.mount');
  }, 90_000);

  test('a host whose address is not in the plan says so, and starts neither docker nor a gateway', async () => {
    const fleet = new BootFleet('storage', etcd, 1);
    const { host, cloud } = hostOf(fleet);
    cloud.aws.address = '10.9.255.1';
    cloud.aws.tags['meissa:volume:data'] = 'vol-0d';
    host.attach('vol-0d');
    host.userData = fleet.userData();
    await cloud.open();
    host.start();
    await host.says('user-data is applied');
    expect(host.log).toContain('10.9.255.1 is not in the plan');
    for (const unit of ['docker', 'etcd-gateway', 'meissa-reboot'])
      expect(host.log).toContain(`result of start ${unit}.service: failed`);
    expect(host.state('meissa-host.service')).toBe('failed');
    await host.powerOff(60);
  }, 90_000);
});
