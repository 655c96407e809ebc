/**
 * Voters of the example's sa-east-1, booted on days when the clock is a day off, when no name can be looked up, and from one version of
 * their configuration to the next and back. Stubs as in boot.test.ts; the time comes from a real server (chronyd, which sets no clock).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profile } from '../host-config/fixtures';
import { eventually } from '../hosts/eventually';
import { spawnInNamespace } from '../namespace-process';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { type Artifact, BootFleet, etcdArchive } from './boot-user-data';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts'])];
const TIME = '169.254.169.123';
const NAME = 'cloud.example';

/** A container's clock is the machine's: what tells a host a day more stands before the image's. */
const A_DAY_OFF = `cat >/usr/local/sbin/date <<'END'
#!/bin/bash
[[ $* == +%s%3N && ! -e /run/clock-is-set ]] || exec /bin/date "$@"
echo $(($(/bin/date +%s%3N) + 86400000))
END
chmod 0755 /usr/local/sbin/date`;

/** What judges by the clock, as Kafka does. */
const judge = profile(
  'judge',
  `units:
  - name: judge.service
    command: start
    content: |
      [Unit]
      StartLimitIntervalSec=0
      [Service]
      ExecStartPre=/opt/meissa/bin/meissa-clock before
      ExecStart=/bin/sleep infinity
      Restart=always
      RestartSec=1
`,
);

/** What only the first version has. */
const first = profile(
  'first',
  `users: [{ name: core, sshAuthorizedKeys: ['ssh-ed25519 AAAAFIRST me'] }]
sysctl: [{ name: vm.max_map_count, value: 262144 }]
files:
  - { path: /etc/first, content: first }
units:
  - name: first.service
    command: start
    content: |
      [Service]
      ExecStart=/bin/sleep infinity
  - { name: other.service, mask: true }
`,
);

describeWithRealParts(['systemd-nspawn', 'etcd-3.5', 'etcdctl-3.5', 'chronyd'], lacks, 'a voter on a bad day', (path) => {
  let folder: string;
  let network: Network | undefined;
  let etcd: Artifact;
  const ends: (() => Promise<void>)[] = [];

  /** A member that is off, in a network where the cloud answers, and the time. */
  async function member(index: number, cloudName = '169.254.169.254') {
    const fleet = new BootFleet('voters', etcd, index);
    const home = join(folder, fleet.member.name);
    mkdirSync(home);
    const cloud = new BootCloud(network!, home, fleet.member.address);
    cloud.aws.objects.set(etcd.sha256, etcd.bytes);
    Object.assign(cloud.aws.tags, { 'meissa:gate': 'the-stack/TheGate', 'meissa:volume:etcd': 'vol-0e' });
    cloud.aws.waiting.add('the-stack/TheGate');
    const environment = cloud.environment.map((each) => each.replace('169.254.169.254', cloudName));
    const host = new BootHost({ folder: home, namespace: cloud.namespace, environment });
    ends.push(async () => {
      await host.end();
      await cloud.end();
    });
    host.attach('vol-0e');
    await cloud.open();
    execFileSync('ip', ['-n', cloud.namespace, 'address', 'add', `${TIME}/32`, 'dev', 'lo']);
    const conf = join(home, 'time.conf');
    writeFileSync(
      conf,
      `local stratum 3\nallow all\nbindaddress ${TIME}\ncmdport 0\npidfile ${home}/time.pid\nbindcmdaddress /\n`,
    );
    const time = spawnInNamespace(cloud.namespace, path('chronyd'), ['-x', '-d', '-u', 'root', '-f', conf], { stdio: 'ignore' });
    ends.push(async () => void time.kill());
    return { fleet, host, cloud };
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-clock-'));
    network = new Network();
    etcd = etcdArchive(folder);
  }, 60_000);

  afterAll(async () => {
    const ended = await Promise.allSettled(ends.map((end) => end()));
    network?.end();
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    rmSync(folder, { recursive: true, force: true });
  }, 150_000);

  test('whose clock is a day off serves, and is not well: no gate, nothing that judges by the clock; both come once it is set', async () => {
    const { fleet, host, cloud } = await member(0);
    host.userData = fleet.userData([judge]);
    host.beforeReading = A_DAY_OFF;
    host.start();
    await host.says('user-data is applied', 60);
    await host.says(`meissa-clock: the clock is 8640`);
    expect(host.run('/opt/meissa/report.d/clock')).toMatch(/^clock-offset-ms 8640\d{4}\n$/);
    // Votes and leases go by no clock: a quorum must not go down with its server of time.
    await eventually(() => host.state('etcd.service') === 'active', 'etcd runs');
    await host.says('clock fails', 60);
    expect(host.state('judge.service')).not.toBe('active');
    expect(cloud.aws.signals).toEqual([]);
    host.run('touch', '/run/clock-is-set');
    await eventually(() => host.state('judge.service') === 'active', 'what judges by the clock runs');
    await host.says('signalled the-stack/TheGate', 90);
    await host.powerOff(60);
  }, 240_000);

  test('that can look up no name says what it lacks, has its time all the same, and is whole once names are back', async () => {
    const { fleet, host, cloud } = await member(1, NAME);
    host.userData = fleet.userData();
    host.start();
    await host.says('user-data is applied', 60);
    await host.says('no artifact');
    expect(host.state('etcd.service')).not.toBe('active');
    expect(host.run('/opt/meissa/report.d/clock')).toMatch(/^clock-offset-ms -?\d{1,2}\n$/);
    expect(host.run('systemctl', 'show', '-P', 'ActiveState', 'meissa-gate.service')).toBe('active\n');
    expect(cloud.aws.signals).toEqual([]);
    host.run('bash', '-c', `echo 169.254.169.254 ${NAME} >>/etc/hosts`);
    await host.says('signalled the-stack/TheGate', 120);
    expect(host.state('etcd.service')).toBe('active');
    await host.powerOff(60);
  }, 240_000);

  test('that gets a version, the next one and the first again has exactly what each says: keys, swap, files, units', async () => {
    const { fleet, host } = await member(2);
    const seen = () => ({
      keys: host.run('sed', '/^#/d', '/home/core/.ssh/authorized_keys'),
      file: host.run('bash', '-c', 'cat /etc/first 2>/dev/null'),
      first: host.state('first.service'),
      other: host.run('systemctl', 'show', '-P', 'LoadState', 'other.service').trim(),
      time: host.run('sed', '1d', '/etc/systemd/timesyncd.conf.d/60-meissa.conf'),
      ntpd: host.run('systemctl', 'show', '-P', 'LoadState', 'ntpd.service').trim(),
      swap: host.run('systemctl', 'show', '-P', 'LoadState', 'swap.target').trim(),
    });
    const always = { time: `NTP=${TIME}\nFallbackNTP=\n`, ntpd: 'masked', swap: 'masked' };
    const versions = {
      A: [[first], { ...always, keys: 'ssh-ed25519 AAAAFIRST me\n', file: 'first', first: 'active', other: 'masked' }],
      B: [[], { ...always, keys: '', file: '', first: 'inactive', other: 'not-found' }],
    } as const;
    for (const version of ['A', 'B', 'A'] as const) {
      const [extra, expected] = versions[version];
      host.userData = fleet.userData(extra);
      host.start();
      await host.says('user-data is applied', 60);
      await eventually(() => host.state('etcd.service') === 'active', 'etcd runs');
      expect([version, seen()]).toEqual([version, expected]);
      expect(host.run('systemctl', '--failed', '--plain', '--no-legend')).toBe('');
      await host.powerOff(60);
    }
  }, 300_000);
});
