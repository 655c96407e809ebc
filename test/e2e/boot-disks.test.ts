/**
 * A host of the example's sa-east-1 with a bad disk, booted: it ends well, or says why not and starts nothing that lives on the disk.
 * Stubs are those of boot.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { BootFleet, etcdArchive } from './boot-user-data';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts'])];
const MIB = 1024 * 1024;

describeWithRealParts(['systemd-nspawn', 'etcd-3.5', 'etcdctl-3.5'], lacks, 'a storage host whose disk is bad', () => {
  let folder: string;
  let network: Network | undefined;
  let host: BootHost;
  let cloud: BootCloud;
  let disk: string;

  const tool = (name: string, ...args: string[]): string =>
    execFileSync(name, args, { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
  const blocks = (): number => Number(/^Block count: +(\d+)$/m.exec(tool('dumpe2fs', '-h', disk))![1]);
  const health = (): string => host.run('bash', '-c', '/opt/meissa/health.d/disks 2>&1; echo "code $?"');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    const etcd = etcdArchive(folder);
    const fleet = new BootFleet('storage', etcd);
    const home = join(folder, fleet.member.name);
    mkdirSync(home);
    cloud = new BootCloud(network, home, fleet.member.address);
    cloud.aws.objects.set(etcd.sha256, etcd.bytes);
    cloud.aws.tags['meissa:volume:data'] = 'vol-0d';
    host = new BootHost({ folder: home, namespace: cloud.namespace, environment: cloud.environment });
    host.attach('vol-0d', undefined, 64);
    disk = host.device('vol-0d');
    host.userData = fleet.userData();
    await cloud.open();
  }, 60_000);

  afterEach(() => host.powerOff(60), 90_000);

  afterAll(async () => {
    await host.end();
    await cloud.end();
    network?.end();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** Boots, and what lives on the volume does not start. */
  async function bootsWithout(words: string): Promise<void> {
    host.start();
    await host.says('user-data is applied');
    expect(host.log).toContain(words);
    expect(host.log).toContain('result of start docker.service: failed');
    expect(host.state('docker.service')).toBe('inactive');
    expect(host.run('ls', '/srv/data')).toBe('');
    const said = health();
    expect(said).toContain(words.slice(0, 60));
    expect(said).toContain('code 1');
    await host.powerOff(60);
  }

  async function bootsWell(): Promise<void> {
    host.start();
    await host.says('user-data is applied');
    expect(host.state('docker.service')).toBe('active');
    await eventually(() => health() === 'code 0\n', 'its disks are well');
  }

  test('a foreign volume is left as it is, told with what to do, and docker does not start on the root disk', async () => {
    tool('mkswap', '--quiet', disk);
    const before = readFileSync(disk);
    await bootsWithout(`volume data vol-0d holds no ext4 (0, 'swap') and is not empty: left as it is`);
    expect(readFileSync(disk).equals(before)).toBe(true);
  }, 120_000);

  test('a corrupted one is not mounted, and is well at the next boot when a person has done what was told', async () => {
    tool('mkfs.ext4', '-q', '-F', disk);
    // Its root folder.
    tool('debugfs', '-w', '-R', 'clri <2>', disk);
    // As a kernel that has met an error leaves it.
    tool('debugfs', '-w', '-R', 'set_super_value state 2', disk);
    await bootsWithout('volume data vol-0d has errors of ext4 that a person must decide on (4): e2fsck -f');
    // Answers for the person.
    try {
      tool('e2fsck', '-fy', disk);
    } catch (error) {
      // 1: put right.
      expect((error as { status: number }).status).toBe(1);
    }
    await bootsWell();
  }, 120_000);

  test('one that has grown is as large as its device', async () => {
    const before = blocks();
    truncateSync(disk, 96 * MIB);
    await bootsWell();
    expect(blocks()).toBe((before / 64) * 96);
  }, 120_000);

  test('a root disk that fills up is told, with what makes room', async () => {
    await bootsWell();
    host.run(
      'bash',
      '-c',
      `printf '#!/bin/bash\\necho "/dev/sda9 8000 7990 10 100%% /"\\n' >/usr/local/sbin/df; chmod 755 /usr/local/sbin/df`,
    );
    expect(health()).toContain('10 MiB are free on /: journalctl --vacuum-size=100M, docker system prune');
  }, 60_000);
});
