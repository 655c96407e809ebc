/**
 * A host with the agent, booted: it runs in the root that scripts/collection-root makes, reads what only root may read, runs the host's own
 * journalctl, and posts to a real front end, which for this test is on the same host. Stubs are those of boot.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEstate } from '../../lib/estate/read/load';
import { defaults, ownProfiles } from '../host-config/fixtures';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces, REAL_PARTS } from '../real-parts';
import { ROOT } from '../root';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { BootMember } from './boot-user-data';
import { Network } from './etcd-network';
import { TODAY } from './example';

const lacks = [
  ...lacksNamespaces(),
  ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts']),
  ...(existsSync(join(REAL_PARTS, 'collection-root/inputs')) ? [] : ['no root of a collection: run scripts/real-parts']),
];

const CONTAINER = '4c01db0b339c7e8a0c2c9d6f7b0f7d5a2f1f2f5e6a7b8c9d0e1f2a3b4c5d6e7f';

describeWithRealParts(['systemd-nspawn'], lacks, 'a host with the agent that boots', () => {
  const { estate } = loadEstate(join(ROOT, 'test/estates/collection'), { today: TODAY });
  let folder: string;
  let network: Network | undefined;
  let cloud: BootCloud | undefined;
  let host: BootHost;

  const kept = (line: string): boolean => host.run('grep', '-rlF', line, '/var/lib/front-end/spool').trim() !== '';
  const arrives = (line: string): Promise<void> => eventually(() => kept(line), `${line} arrives`, 60);
  const onHost = (script: string): string => host.run('bash', '-c', script);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    const made = execFileSync(join(ROOT, 'scripts/collection-root'), [folder], { encoding: 'utf8' });
    const [sha256 = '', file = ''] = made.split(/\s+/);
    const bytes = readFileSync(file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const member = new BootMember(estate!, 'ap-south-1', 'front-ends');
    const home = join(folder, 'host');
    mkdirSync(home);
    cloud = new BootCloud(network, home, member.member.address);
    cloud.aws.region = 'ap-south-1';
    cloud.aws.tags['meissa:volume:spool'] = 'vol-00';
    cloud.aws.objects.set(sha256, bytes);
    host = new BootHost({
      folder: home,
      namespace: cloud.namespace,
      environment: cloud.environment,
      files: {
        'var/log/app/a.log': 'a line of a file\n',
        [`var/lib/docker/containers/${CONTAINER}/${CONTAINER}-json.log`]:
          '{"log":"a line of a container\\n","stream":"stdout","time":"2026-01-02T03:04:05.6Z"}\n',
        [`var/lib/docker/containers/${CONTAINER}/config.v2.json`]: `{"ID":"${CONTAINER}","Name":"/web","Config":{"Image":"nginx"}}`,
      },
    });
    host.attach('vol-00', undefined, 512);
    const agent = ownProfiles('line-agent');
    host.userData = member.render({
      artifacts: { collection: { bytes, sha256 } },
      parameters: {
        collection: { caFingerprint: 'a'.repeat(64) },
        'line-agent': {
          ...defaults(agent)['line-agent'],
          endpoint: 'http://127.0.0.1:8080',
          files: [{ topic: 'logs', paths: ['/var/log/app/*.log*', '/var/log/late/*.log'] }],
          journal: [{ topic: 'logs', units: ['said.service'], fields: ['MESSAGE', '_SYSTEMD_UNIT'] }],
          docker: [{ topic: 'logs' }],
        },
      },
      extra: agent,
    });
    await cloud.open();
    host.start();
  }, 120_000);

  afterAll(async () => {
    await host?.end();
    await cloud?.end();
    network?.end();
    rmSync(folder, { recursive: true, force: true });
  }, 240_000);

  test('starts, as the user of the collection', async () => {
    await host.says('Started line-agent.service', 240);
    // What is started is for a moment still systemd's own process.
    await eventually(() => onHost('/opt/meissa/health.d/line-agent && echo well').includes('well'), 'it is well', 60);
    const pid = host.run('systemctl', 'show', '-P', 'MainPID', 'line-agent.service').trim();
    expect(onHost(`grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs)' /proc/${pid}/status`).replace(/\s+/g, ' ')).toBe(
      // CAP_DAC_READ_SEARCH and CAP_SYS_CHROOT.
      'Uid: 60990 60990 60990 60990 CapEff: 0000000000040004 CapBnd: 0000000000040004 NoNewPrivs: 1 ',
    );
  }, 300_000);

  test('reads what only root may read: files, and the logs of containers', async () => {
    onHost('chmod -R go= /var/lib/docker /var/log/app; echo another line >>/var/log/app/a.log');
    await arrives('a line of a file');
    await arrives('another line');
    await arrives('"name":"web","image":"nginx","stream":"stdout","time":"2026-01-02T03:04:05.6Z","log":"a line of a container"');
  }, 200_000);

  test('reads nothing that a link in a folder of an application leads to', async () => {
    onHost('echo SECRET >/etc/secret; ln -s /etc/secret /var/log/app/evil.log; ln -s a.log /var/log/app/good.log');
    const refused = (): string => onHost('curl -s http://127.0.0.1:9406/metrics | grep ^meissa_agent_files_refused_total');
    await eventually(() => refused() === 'meissa_agent_files_refused_total 1\n', 'it is refused', 30);
    onHost('echo after the link >>/var/log/app/a.log');
    await arrives('after the link');
    expect(kept('SECRET')).toBe(false);
    onHost('rm /var/log/app/evil.log /var/log/app/good.log');
  }, 100_000);

  test("reads the journal by the host's own journalctl, only the units that are named", async () => {
    onHost('systemd-run --quiet --wait --unit=other echo a line of another unit');
    onHost('systemd-run --quiet --wait --unit=said echo a line of the journal');
    await arrives('"MESSAGE":"a line of the journal"');
    expect(kept('a line of another unit')).toBe(false);
  }, 200_000);

  test('finds files below a mount that came after it', async () => {
    onHost('mkdir -p /var/log/late && /usr/bin/mount -t tmpfs tmpfs /var/log/late && echo a late line >/var/log/late/a.log');
    await arrives('a late line');
  }, 100_000);

  test('goes on after kill -9, and a rotation meanwhile', async () => {
    onHost(`systemctl kill --signal=KILL line-agent.service
      mv /var/log/app/a.log /var/log/app/a.log.1
      echo written before it came back >>/var/log/app/a.log.1
      echo written to the new file >/var/log/app/a.log
      systemd-run --quiet --wait --unit=said echo said before it came back`);
    await arrives('written before it came back');
    await arrives('written to the new file');
    await arrives('said before it came back');
    const lines = onHost('cat /var/lib/front-end/spool/* | grep -acF "another line"').trim();
    expect(lines).toBe('1');
  }, 200_000);

  test('cannot write to the host, and stops in time', async () => {
    const pid = host.run('systemctl', 'show', '-P', 'MainPID', 'line-agent.service').trim();
    expect(onHost(`nsenter --target ${pid} --mount --root --wd touch /host/var/log/app/a.log 2>&1`)).toContain(
      'Read-only file system',
    );
    await host.powerOff(90);
    expect(host.log).toContain('Stopped line-agent.service');
    expect(host.log).not.toMatch(/line-agent\.service: (State .* timed out|Killing)/);
  }, 200_000);
});
