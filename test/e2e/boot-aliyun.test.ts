/**
 * A voter of Aliyun, booted three times under a real systemd and a real cloud-init with its AliYun datasource: the same instance
 * and the same user-data, but another configuration in the bucket. Stubs: mount (boot-host.ts); the cloud is the fake of the
 * host's tests.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../lib/host-config/bootstrap';
import { aliyunContext, bucket, rendered, votersContext } from '../host-config/aliyun-fixtures';
import { ownProfiles, profile } from '../host-config/fixtures';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootAliyunCloud, CLOUD_INIT_ROOT } from './boot-aliyun-cloud';
import { BootHost } from './boot-host';
import { type Artifact, etcdArchive } from './boot-user-data';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(CLOUD_INIT_ROOT) ? [] : ['no root with cloud-init: run scripts/real-parts'])];
const folderKey = 'config/CoreVoters';

/** A profile that has something else in each configuration; its second unit, and a masked one, are gone in the second. */
const mine = (version: string, dropped: boolean) =>
  profile(
    'mine',
    `users: [{ name: core, sshAuthorizedKeys: ['ssh-ed25519 AAAA${version} me'] }]
sysctl: [{ name: vm.swappiness, value: 1 }]
files:
  - { path: /etc/mine/settings, owner: core, content: 'version ${version}' }
units:
  - name: mine.service
    command: start
    content: |
      [Unit]
      Description=mine ${version}
      [Service]
      ExecStart=/bin/sleep infinity
${
  dropped
    ? `  - name: dropped.service
    enable: true
    command: start
    content: |
      [Service]
      ExecStart=/bin/sleep infinity
      [Install]
      WantedBy=multi-user.target
  - { name: apt-daily.timer, mask: true, command: stop }
`
    : ''
}`,
  );

describeWithRealParts(['systemd-nspawn', 'etcd-3.5', 'etcdctl-3.5'], lacks, 'a member of Aliyun that boots', () => {
  let folder: string;
  let network: Network | undefined;
  let host: BootHost;
  let cloud: BootAliyunCloud;
  let etcd: Artifact;

  const configuration = (version: string, dropped: boolean): string =>
    rendered([...ownProfiles('base', 'etcd'), mine(version, dropped)], {
      ...votersContext,
      fleet: { ...votersContext.fleet!, heartbeat: true },
      containers: aliyunContext([]).containers,
      artifacts: {
        ...aliyunContext([]).artifacts,
        items: { etcd: { version: '3.5.21', file: 'etcd.tar.gz', sha256: etcd.sha256 } },
      },
    });
  const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

  /** As `meissa deploy` does: the object first, then the manifest that names it. */
  function publish(text: string): string {
    const digest = digestOf(text);
    cloud.fake.objects.set(`${bucket}/${folderKey}/${digest}`, Buffer.from(text));
    cloud.fake.objects.set(`${bucket}/${folderKey}/manifest`, Buffer.from(`meissa-config 1\n${digest}\n`));
    return digest;
  }

  /** What the host has left in the bucket last. */
  const report = (): Record<string, string> =>
    JSON.parse(cloud.fake.objects.get(`${bucket}/meissa/reports/CoreVoters/${cloud.fake.instanceId}`)?.toString() ?? '{}');

  /** What meissa-healthy says and answers. */
  const healthy = (digest: string): Promise<string> =>
    host.ask('bash', '-c', `${cloud.trust} /opt/meissa/bin/meissa-healthy ${digest} 2>&1; echo "code $?"`);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    etcd = etcdArchive(folder);
    cloud = new BootAliyunCloud(network, folder, '10.128.8.64');
    cloud.fake.objects.set(`${bucket}/${etcd.sha256}`, etcd.bytes);
    cloud.fake.userData = bootstrap({ region: 'cn-beijing', bucket, key: `${folderKey}/manifest` });
    cloud.fake.tags['meissa:volume:etcd'] = 'd-2zee';
    cloud.fake.tags['meissa:gate'] = 'the-stack/M1HandleAb12';
    cloud.fake.waiting.add('the-stack/M1HandleAb12');
    host = new BootHost({
      folder,
      namespace: cloud.namespace,
      // Six seconds until it is asked whether user-data was applied, a minute until a cloud-init that is at it is ended.
      environment: [...cloud.environment, 'MEISSA_BOOT_SECONDS=1'],
      root: CLOUD_INIT_ROOT,
      files: cloud.files,
    });
    host.attach('d-2zee', 'virtio-2zee');
  }, 60_000);

  afterAll(async () => {
    await host?.end();
    await cloud?.end();
    network?.end();
    rmSync(folder, { recursive: true, force: true });
  }, 150_000);

  let a: string;
  let b: string;

  test('waits at its first boot for a configuration, and says so on the console', async () => {
    await cloud.open();
    host.start();
    await host.says('meissa: no configuration: 404');
    expect(host.run('ls', '/opt/meissa')).toBe('');
  }, 60_000);

  test('applies it as soon as it is there: files, units in their order, kernel parameters, users', async () => {
    a = publish(configuration('A', true));
    await host.says('the configuration is applied', 90);
    expect(host.run('cat', '/run/meissa/configuration')).toBe(`${a}\n`);
    expect(host.run('stat', '-c', '%U %a', '/etc/mine/settings')).toBe('core 644\n');
    expect(host.run('cat', '/etc/mine/settings', '/proc/sys/vm/swappiness')).toMatch(/^version A/);
    expect(host.run('cat', '/home/core/.ssh/authorized_keys')).toContain('ssh-ed25519 AAAAA me');
    for (const unit of ['mine.service', 'dropped.service', 'etcd.service', 'meissa-gate.service'])
      expect([unit, host.state(unit)]).toEqual([unit, 'active']);
    expect(host.run('systemctl', 'show', '-P', 'LoadState', 'apt-daily.timer')).toBe('masked\n');
    expect(host.run('hostname')).toBe('cn-beijing-core-voters-1\n');
    expect(host.run('systemctl', '--failed', '--plain', '--no-legend')).toBe('');
  }, 120_000);

  test('is well with it: etcd listens on its volume, and its gate is signalled', async () => {
    await host.says('signalled the-stack/M1HandleAb12', 90);
    expect(host.run('mountpoint', '/var/lib/etcd')).toBe('/var/lib/etcd is a mountpoint\n');
    expect(await healthy(a)).toBe(`applied=${a}\ncode 0\n`);
    expect(cloud.fake.signals).toEqual([`the-stack/M1HandleAb12 ${cloud.fake.instanceId} SUCCESS`]);
  }, 120_000);

  test('is due to boot when another one is published, which changes nothing before', async () => {
    b = publish(configuration('B', false));
    expect(await healthy(b)).toBe(`applied=${a}\ncode 3\n`);
    expect(host.run('cat', '/etc/mine/settings')).toBe('version A');
  });

  test('applies the other one at its second boot, as the same instance; what is dropped never comes up', async () => {
    await host.powerOff(60);
    host.start();
    await host.says('the configuration is applied', 90);
    expect(await healthy(b)).toBe(`applied=${b}\ncode 0\n`);
    expect(await healthy(a)).toBe(`applied=${b}\ncode 3\n`);
    expect(host.run('cat', '/var/lib/cloud/data/instance-id', '/var/lib/cloud/data/previous-instance-id')).toBe(
      `${cloud.fake.instanceId}\n`.repeat(2),
    );
    expect(host.run('cat', '/etc/mine/settings')).toBe('version B');
    expect(host.run('systemctl', 'show', '-P', 'Description', 'mine.service')).toBe('mine B\n');
    expect(host.run('cat', '/home/core/.ssh/authorized_keys')).not.toContain('AAAAA me');
    expect(host.run('systemctl', 'show', '-P', 'LoadState', 'dropped.service')).toBe('not-found\n');
    expect(host.log).not.toContain('Started dropped.service');
    expect(host.run('find', '/etc', '-name', '*dropped*')).toBe('');
    expect(host.run('systemctl', 'show', '-P', 'LoadState', 'apt-daily.timer')).toBe('loaded\n');
    expect(host.run('systemctl', '--failed', '--plain', '--no-legend')).toBe('');
  }, 150_000);

  test('goes on with the last good one at its third boot, when the bucket can not be reached', async () => {
    await host.powerOff(60);
    await cloud.closeOss();
    host.start();
    await host.says('meissa: no configuration: URLError');
    await host.says('the configuration is applied', 120);
    // A voter's health is a question to the bucket, too.
    await cloud.openOss();
    expect(await healthy(b)).toBe(`applied=${b}\nlast-good=yes\ncode 0\n`);
    expect(host.state('mine.service')).toBe('active');
  }, 180_000);

  test('says so in its report and by its heartbeat, although it is well', async () => {
    cloud.fake.beats.length = 0;
    await host.ask('systemctl', 'start', 'meissa-report.service');
    expect(report()).toMatchObject({ host: 'cn-beijing-core-voters-1', applied: b, 'last-good': 'yes', well: 'yes' });
    expect(cloud.fake.beats.at(-1)).toBe(`{"instanceId": "${cloud.fake.instanceId}"} {"value": 0}`);
  }, 60_000);

  test('starts the last good one, volume and etcd too, while the metadata service is away at its fourth boot, and is not well', async () => {
    await host.powerOff(60);
    await cloud.closeMetadata();
    cloud.fake.beats.length = 0;
    host.start();
    await host.says('user-data is not applied at this boot: the last good configuration is', 120);
    await host.says('meissa-cloud: no metadata session (0): private-ipv4 is as it was said last', 60);
    await host.says('the configuration is applied', 180);
    // A voter's health is a question to the bucket, for which it has no credentials.
    expect(await healthy(b)).toMatch(/^applied=\S+\nlast-good=yes\n[^]*code 1\n$/);
    expect(host.run('cat', '/home/core/.ssh/authorized_keys')).toContain('ssh-ed25519 AAAAB me');
    expect(host.run('cat', '/etc/mine/settings')).toBe('version B');
    expect(host.run('hostname')).toBe('cn-beijing-core-voters-1\n');
    expect(host.run('mountpoint', '/var/lib/etcd')).toBe('/var/lib/etcd is a mountpoint\n');
    for (const unit of ['mine.service', 'etcd.service']) expect([unit, host.state(unit)]).toEqual([unit, 'active']);
    // Nothing can be sent, which is as loud as a 0.
    expect(cloud.fake.beats).toEqual([]);
  }, 300_000);

  test('says so when the metadata service comes, and sends nothing while it answers 500', async () => {
    cloud.fake.trouble.push({ path: '/latest/', status: 500, lasts: true });
    await cloud.openMetadata();
    const told = await host.ask('bash', '-c', `${cloud.trust} /opt/meissa/bin/meissa-cloud address 2>&1`);
    expect(told).toContain('no metadata session (500): private-ipv4 is as it was said last');
    expect(cloud.fake.beats).toEqual([]);
    cloud.fake.trouble.length = 0;
    // One that still waits for an answer would be joined.
    await host.ask('systemctl', 'stop', 'meissa-report.timer', 'meissa-report.service');
    expect(await healthy(b)).toBe(`applied=${b}\nlast-good=yes\ncode 0\n`);
    await host.ask('systemctl', 'start', 'meissa-report.service');
    expect(report()).toMatchObject({ applied: b, 'last-good': 'yes', well: 'yes' });
    expect(cloud.fake.beats.at(-1)).toBe(`{"instanceId": "${cloud.fake.instanceId}"} {"value": 0}`);
  }, 240_000);

  /** What the metadata service says instead of what is so; but for that it is right. */
  const wrong: readonly (readonly [does: string, change: (fake: BootAliyunCloud['fake']) => unknown])[] = [
    [
      'has no user-data, and the id of another instance',
      (fake) => Object.assign(fake, { userData: '', instanceId: 'i-2zeanother' }),
    ],
    [
      'has user-data that nobody can read',
      (fake) => Object.assign(fake, { userData: '#cloud-config\nbootcmd: {{ [\n\0\u{fffd}' }),
    ],
    ['answers 500 for user-data', ({ trouble }) => trouble.push({ path: '/user-data', status: 500, lasts: true })],
  ];
  test.each(wrong)(
    'goes on with the last good one at a boot at which the metadata service %s',
    async (_, change) => {
      const { userData, instanceId } = cloud.fake;
      await host.powerOff(60);
      change(cloud.fake);
      const own = `${bucket}/meissa/reports/CoreVoters/${instanceId}`;
      cloud.fake.objects.delete(own);
      host.start();
      await host.says('user-data is not applied at this boot: the last good configuration is', 120);
      await host.says('the configuration is applied', 120);
      expect(await healthy(b)).toBe(`applied=${b}\nlast-good=yes\ncode 0\n`);
      for (const unit of ['mine.service', 'etcd.service']) expect([unit, host.state(unit)]).toEqual([unit, 'active']);
      expect(host.run('cat', '/home/core/.ssh/authorized_keys')).toContain('ssh-ed25519 AAAAB me');
      cloud.fake.beats.length = 0;
      await host.ask('systemctl', 'start', 'meissa-report.service');
      expect(report()).toMatchObject({ host: 'cn-beijing-core-voters-1', applied: b, 'last-good': 'yes', well: 'yes' });
      // By another's id its own heartbeat is missing, which is as loud as 0.
      expect(cloud.fake.beats.at(-1)).toBe(`{"instanceId": "${cloud.fake.instanceId}"} {"value": 0}`);
      expect(cloud.fake.objects.has(own)).toBe(cloud.fake.instanceId === instanceId);
      Object.assign(cloud.fake, { userData, instanceId });
      cloud.fake.trouble.length = 0;
    },
    300_000,
  );

  test('is as it should be after the next sound boot', async () => {
    await host.powerOff(60);
    host.start();
    await host.says('the configuration is applied', 90);
    expect(await healthy(b)).toBe(`applied=${b}\ncode 0\n`);
    await host.ask('systemctl', 'start', 'meissa-report.service');
    expect(report()).toMatchObject({ applied: b, 'last-good': 'no', well: 'yes' });
    expect(cloud.fake.beats.at(-1)).toBe(`{"instanceId": "${cloud.fake.instanceId}"} {"value": 1}`);
  }, 150_000);

  test('never says a part of its credentials, nor keeps one', () => {
    const { AccessKeySecret, SecurityToken } = cloud.fake.credentials;
    for (const secret of [AccessKeySecret, SecurityToken]) {
      expect(host.log).not.toContain(secret);
      expect(host.run('grep', '-rlF', '--', secret, '/run', '/etc', '/var/lib', '/var/log', '/opt', '/tmp')).toBe('');
    }
  });
});
