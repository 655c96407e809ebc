/**
 * Hosts of a collection, booted: their units run under a real systemd inside the root that scripts/collection-root makes, fetched and
 * unpacked as on a real host. Stubs are those of boot.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEstate } from '../../lib/estate/read/load';
import { Pki } from '../collection/world/pki';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces, REAL_PARTS } from '../real-parts';
import { ROOT } from '../root';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { type Artifact, BootMember, type Rendered } from './boot-user-data';
import { Network } from './etcd-network';
import { TODAY } from './example';

const lacks = [
  ...lacksNamespaces(),
  ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts']),
  ...(existsSync(join(REAL_PARTS, 'collection-root/inputs')) ? [] : ['no root of a collection: run scripts/real-parts']),
];

/** XFS wants 300 MB. */
const VOLUME_MB = 512;

describeWithRealParts(['systemd-nspawn'], lacks, 'a host of a collection that boots', () => {
  const { estate } = loadEstate(join(ROOT, 'test/estates/collection'), { today: TODAY });
  let folder: string;
  let network: Network | undefined;
  let pki: Pki;
  let collection: Artifact;
  const ends: (() => Promise<void>)[] = [];

  /** Member 1 of a fleet of a region, off, with its volumes and its certificate. */
  function hostOf(
    region: string,
    fleet: string,
    role: string,
    volumes: readonly string[],
    parameters: Rendered['parameters'] = {},
    users: readonly string[] = [],
  ): { host: BootHost; cloud: BootCloud; name: string; address: string } {
    const member = new BootMember(estate!, region, fleet);
    const { name, address, number } = member.member;
    const home = join(folder, name);
    mkdirSync(home);
    const cloud = new BootCloud(network!, home, address);
    cloud.aws.region = region;
    const of = (file: string): string => readFileSync(join(BOOT_ROOT, file), 'utf8');
    const files = { 'etc/passwd': of('etc/passwd') + users.map((user) => `${user}:Test:/:/bin/false\n`).join('') };
    const host = new BootHost({ folder: home, namespace: cloud.namespace, environment: cloud.environment, files });
    volumes.forEach((volume, n) => {
      cloud.aws.tags[`meissa:volume:${volume}`] = `vol-0${n}`;
      host.attach(`vol-0${n}`, undefined, VOLUME_MB);
    });
    cloud.aws.parameters.set(
      `${member.context.cluster.kafka!.certificate}/${number}`,
      pki.issue({ region, role, host: name, address }),
    );
    host.userData = member.render({
      artifacts: { collection },
      parameters: { ...parameters, collection: { caFingerprint: pki.fingerprint } },
    });
    ends.push(async () => {
      await host.end();
      await cloud.end();
    });
    return { host, cloud, name, address };
  }

  /** A value of a unit as systemd has it. */
  const shown = (host: BootHost, unit: string, key: string): string => host.run('systemctl', 'show', '-P', key, unit).trim();

  /** A line of /proc/<its first process>/<file>. */
  const told = (host: BootHost, unit: string, file: string, line: string): string =>
    host
      .run('grep', `^${line}`, `/proc/${shown(host, unit, 'MainPID')}/${file}`)
      .trim()
      .replace(/\s+/g, ' ');

  function expectStoppedInTime(host: BootHost, unit: string): void {
    expect(host.log).toContain(`Stopped ${unit}`);
    expect(host.log).not.toMatch(new RegExp(`${unit}: (State .* timed out|Killing)`));
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    pki = new Pki(join(folder, 'pki'), 'collecting');
    const made = execFileSync(join(ROOT, 'scripts/collection-root'), [folder], { encoding: 'utf8' });
    const [sha256 = '', file = ''] = made.split(/\s+/);
    const bytes = readFileSync(file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    collection = { bytes, sha256 };
  }, 60_000);

  afterAll(async () => {
    const ended = await Promise.allSettled(ends.map((end) => end()));
    network?.end();
    const failed = ended.find((each) => each.status === 'rejected');
    // A root that may still be in use is left.
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    rmSync(folder, { recursive: true, force: true });
  }, 240_000);

  describe('a front end', () => {
    let host: BootHost;
    let cloud: BootCloud;
    const post = (line: string): string =>
      host.run('curl', '-sS', '-m', '20', '--data-binary', line, 'http://127.0.0.1:8080/lines/logs');
    const kept = (line: string): string => host.run('grep', '-rlF', line, '/var/lib/front-end/spool').trim();
    beforeAll(() => {
      const parameters = { 'front-end': { leaveSeconds: 1, forwardSeconds: 1 } };
      ({ host, cloud } = hostOf('ap-south-1', 'front-ends', 'front-end', ['spool'], parameters, [
        'somebody:x:990:990',
        'stranger:x:60990:60990',
      ]));
    });

    test('says so while somebody else has the number of its user, and starts nothing; 990 may be anybody', async () => {
      await cloud.open();
      host.start();
      await host.says('user 60990 must be collection, and it is not: stranger has the name or the number');
      expect(host.state('collection-install.service')).toBe('activating');
      expect(host.state('front-end.service')).toBe('inactive');
      expect(host.run('id', '-u', 'somebody')).toBe('990\n');
      host.run('userdel', 'stranger');
    }, 90_000);

    test('waits for its programs when the bucket does not have them yet, and starts when it has', async () => {
      await host.says('meissa-cloud: ');
      expect(host.state('front-end.service')).toBe('inactive');
      cloud.aws.objects.set(collection.sha256, collection.bytes);
      await host.says('Started front-end.service', 180);
    }, 240_000);

    test('runs inside that root as the user of the collection, with as many files as the machine lets it have', async () => {
      expect(host.run('ls', '/usr/local/bin')).not.toContain('node');
      // systemd says that it has started before it has become the program.
      const isOurs = (): boolean => told(host, 'front-end.service', 'status', 'Uid') === 'Uid: 60990 60990 60990 60990';
      await eventually(isOurs, 'it runs as the user of the collection');
      // CAP_NET_BIND_SERVICE.
      expect(told(host, 'front-end.service', 'status', 'CapBnd')).toBe('CapBnd: 0000000000000400');
      expect(told(host, 'front-end.service', 'status', 'NoNewPrivs')).toBe('NoNewPrivs: 1');
      expect(shown(host, 'front-end.service', 'LimitNOFILE')).toBe('1048576');
      // Node.js raises what it begins with itself.
      expect(shown(host, 'front-end.service', 'LimitNOFILESoft')).toBe('1024');
      const most = execFileSync('bash', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
      const files = Math.min(Number(most), 1048576);
      expect(told(host, 'front-end.service', 'limits', 'Max open files')).toBe(`Max open files ${files} ${files} files`);
    });

    test('looks names up as the host does now, also when the host has replaced the file that says how', () => {
      const pid = shown(host, 'front-end.service', 'MainPID');
      const read = (): string => host.run('nsenter', `--target=${pid}`, '--mount', '--root', 'cat', '/etc/resolv.conf');
      expect(read()).toBe(host.run('cat', '/etc/resolv.conf'));
      host.run('bash', '-c', 'echo nameserver 192.0.2.2 >/etc/resolv.conf.new; mv /etc/resolv.conf.new /etc/resolv.conf');
      expect(read()).toBe('nameserver 192.0.2.2\n');
    });

    test('is well, and acknowledges lines that it then has on its volume', async () => {
      await eventually(
        () => host.run('curl', '-s', '-w', '%{http_code}', 'http://127.0.0.1:8080/health').endsWith('200'),
        'well',
      );
      expect(JSON.parse(post('a line of the first boot\nand one more\n'))).toEqual({ accepted: 2 });
      expect(host.run('mountpoint', '/var/lib/front-end')).toBe('/var/lib/front-end is a mountpoint\n');
      expect(host.run('stat', '-c', '%u:%g', kept('a line of the first boot').split('\n')[0]!)).toBe('60990:60990\n');
    });

    test('does so where the file is a link to what systemd-resolved writes, as on Flatcar', async () => {
      const stub = '/run/systemd/resolve/stub-resolv.conf';
      const write = (server: string): string => `echo nameserver ${server} >${stub}.new && mv ${stub}.new ${stub}`;
      const link = `ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf`;
      host.run('bash', '-c', `mkdir -p /run/systemd/resolve && ${write('192.0.2.3')} && ${link} && systemctl restart front-end`);
      const pid = shown(host, 'front-end.service', 'MainPID');
      const read = (): string => host.run('nsenter', `--target=${pid}`, '--mount', '--root', 'cat', '/etc/resolv.conf');
      expect(read()).toBe('nameserver 192.0.2.3\n');
      host.run('bash', '-c', write('192.0.2.4'));
      expect(read()).toBe('nameserver 192.0.2.4\n');
      await eventually(() => post('a line after that\n').includes('accepted'), 'it takes a line');
    });

    test('stops in time, and at its second boot has its programs and its lines, without fetching anything', async () => {
      await host.powerOff(60);
      expectStoppedInTime(host, 'front-end.service');
      const fetched = (): number => cloud.aws.requests.filter((request) => request.startsWith('GET /s3/')).length;
      const before = fetched();
      host.start();
      await host.says('Started front-end.service', 60);
      await eventually(() => post('a line of the second boot\n').includes('accepted'), 'it takes a line');
      expect(kept('a line of the first boot')).not.toBe('');
      expect(fetched()).toBe(before);
      await host.powerOff(60);
      expectStoppedInTime(host, 'front-end.service');
    }, 240_000);
  });

  describe('a broker and controller', () => {
    let host: BootHost;
    let cloud: BootCloud;
    let name: string;
    let address: string;
    const id = (): string => host.run('grep', '^directory.id=', '/var/lib/kraft/g1/meta.properties');
    // Java's sockets are of both kinds.
    const listens = (): boolean => host.run('ss', '-Hltn', 'sport = 9093').includes(`[::ffff:${address}]:9093`);
    beforeAll(() => {
      const parameters = { kafka: { heapMb: 256, jvmOptions: '-XX:+UseSerialGC', guardSeconds: 10 } };
      ({ host, cloud, name, address } = hostOf('ap-south-1', 'brokers', 'kafka-broker', ['kafka', 'kraft'], parameters));
      cloud.aws.objects.set(collection.sha256, collection.bytes);
    });

    test('formats its volumes for the collection, and Kafka listens with the certificate of the host', async () => {
      await cloud.open();
      host.start();
      await host.says('Started kafka.service', 180);
      await eventually(listens, 'the controller listens', 300);
      const shake = `openssl s_client -connect ${address}:9093 </dev/null 2>/dev/null | openssl x509 -noout -subject`;
      expect(host.run('bash', '-c', shake).replaceAll(' ', '')).toBe(
        `subject=O=collecting,L=ap-south-1,OU=kafka-broker,CN=${name}\n`,
      );
      expect(told(host, 'kafka.service', 'status', 'Uid')).toBe('Uid: 60990 60990 60990 60990');
      for (const unit of ['kafka.service', 'kafka-guard.service']) {
        expect(told(host, unit, 'status', 'CapEff')).toBe('CapEff: 0000000000000000');
        expect(told(host, unit, 'status', 'NoNewPrivs')).toBe('NoNewPrivs: 1');
      }
      for (const volume of ['kafka', 'kraft']) {
        expect(host.run('mountpoint', `/var/lib/${volume}`)).toBe(`/var/lib/${volume} is a mountpoint\n`);
        expect(host.run('stat', '-c', '%u:%g', `/var/lib/${volume}/g1/meta.properties`)).toBe('60990:60990\n');
      }
    }, 600_000);

    test('stops in time, its guard before it, and at its second boot goes on with its data', async () => {
      const before = id();
      expect(before).toMatch(/^directory.id=\S{22}$/m);
      await host.powerOff(90);
      expectStoppedInTime(host, 'kafka-guard.service');
      expectStoppedInTime(host, 'kafka.service');
      host.start();
      await host.says('Started kafka.service', 120);
      await eventually(listens, 'the controller listens', 300);
      expect(id()).toBe(before);
    }, 600_000);

    test('as one of before, whose user was 990, gives its data to the user of now, once, and says so', async () => {
      const before = id();
      host.run('systemctl', 'stop', 'kafka-guard.service', 'kafka.service');
      const became =
        'userdel collection && useradd --system --uid 990 --user-group collection && chown -R 990:990 /var/lib/kafka /var/lib/kraft';
      expect(host.run('bash', '-c', `${became} && id -u collection`)).toBe('990\n');
      await host.powerOff(90);
      host.start();
      await host.says('the user collection was 990, and becomes 60990');
      await host.says("/var/lib/kafka was user 990's: it becomes collection's");
      await eventually(listens, 'the controller listens', 300);
      expect(id()).toBe(before);
      expect(host.run('find', '/var/lib/kafka', '/var/lib/kraft', '-uid', '990')).toBe('');
      expect(told(host, 'kafka.service', 'status', 'Uid')).toBe('Uid: 60990 60990 60990 60990');
      // What Kafka's own page on its operation asks for is more than this machine gives.
      expect(host.log).toContain('files may be open, and Kafka wants 100000');
      await host.ask('systemctl', 'restart', 'kafka.service');
      await eventually(listens, 'the controller listens', 300);
      expect(host.log.split("it becomes collection's")).toHaveLength(3);
      await host.powerOff(90);
    }, 600_000);
  });
});
