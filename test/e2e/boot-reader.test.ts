/**
 * Boots of AWS at which the reader of user-data fails, hangs or waits, under a real systemd. coreos-cloudinit itself can't be had here; its
 * stand-in (boot-reader.ts) is run by the image's own unit, and reads as the fork does: it asks for the session of the metadata service once.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderUserData } from '../../lib/host-config/user-data';
import { context, defaults, ownProfiles, profile } from '../host-config/fixtures';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { Network } from './etcd-network';

const lacks = [...lacksNamespaces(), ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts'])];
const ADDRESS = '10.9.8.64';

/** As the fork: one question, and nothing more where it isn't answered. */
const ASKS =
  "curl -sf -m 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token >/dev/null";

const mine = profile(
  'mine',
  `units:
  - name: mine.service
    command: start
    content: |
      [Service]
      ExecStart=/bin/sleep infinity
  - name: waits.service
    command: start
    content: |
      [Service]
      Type=oneshot
      ExecStart=/bin/bash -c 'until [[ ! -e /var/waits ]]; do sleep 0.2; done'
`,
);

describeWithRealParts(['systemd-nspawn'], lacks, 'a host of AWS whose user-data is read badly', () => {
  let folder: string;
  let network: Network | undefined;
  let cloud: BootCloud;
  let host: BootHost;

  const applied = (): Promise<void> =>
    eventually(() => host.run('cat', '/run/meissa/applied', '/run/meissa/configuration') !== '', 'it is applied', 60);
  const well = (): string =>
    host.run('bash', '-c', '. /opt/meissa/lib.sh; healthy 2>&1 && echo well', '/opt/meissa/bin/any').trim();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    network = new Network();
    const home = join(folder, 'host');
    mkdirSync(home);
    cloud = new BootCloud(network, home, ADDRESS);
    const environment = [...cloud.environment, 'MEISSA_BOOT_SECONDS=0.2'];
    host = new BootHost({ folder: home, namespace: cloud.namespace, environment });
    const profiles = [...ownProfiles('base'), mine];
    const given = context({ parameters: defaults(profiles), fleet: { ...context().fleet, heartbeat: true } });
    const { userData, findings } = renderUserData(given, profiles, { compress: 'auto' });
    expect(findings).toEqual([]);
    cloud.aws.userData = Buffer.from(userData!.base64, 'base64');
    host.userData = userData!.text;
    host.beforeReading = ASKS;
  }, 60_000);

  afterAll(async () => {
    await host?.end();
    await cloud?.end();
    network?.end();
    rmSync(folder, { recursive: true, force: true });
  }, 150_000);

  test('has nothing of ours where the very first one fails: no heartbeat, which is what its alarm tells of', async () => {
    host.start();
    await host.says('Run cloudinit', 60);
    await eventually(() => host.state('oem-cloudinit.service') === 'failed', 'the reader fails', 60);
    expect(host.run('ls', '/opt/meissa')).toBe('');
    expect(cloud.aws.beats).toEqual([]);
    await host.powerOff();
  }, 120_000);

  test('says after a sound boot that it is applied and well', async () => {
    await cloud.open();
    host.start();
    await host.says('Run cloudinit', 60);
    await applied();
    await eventually(() => cloud.aws.beats.includes(`InstanceId ${cloud.aws.instanceId}: 1`), 'its heartbeat is 1', 60);
    expect(well()).toBe('well');
    const key = `meissa/reports/CoreStorage/arn:aws:ec2:sa-east-1:111111111111:instance/${cloud.aws.instanceId}`;
    const report = (): Record<string, string> => JSON.parse(cloud.aws.objects.get(key)?.toString() ?? '{}');
    await eventually(() => report().well === 'yes', 'its report says so, too', 60);
    const sent = createHash('sha256').update(cloud.aws.userData).digest('hex');
    expect(report()).toMatchObject({ host: 'sa-east-1-core-storage-1', applied: sent, 'last-good': 'no' });
    expect(host.run('systemctl', '--failed', '--plain', '--no-legend')).toBe('');
  }, 120_000);

  test('applies it at the next boot though the network comes late: the reader is started again', async () => {
    await host.powerOff();
    await cloud.end();
    host.start();
    await host.says('Run cloudinit', 60);
    await host.says('Failed to start', 60);
    expect(host.run('ls', '/run/meissa')).not.toContain('applied');
    await cloud.open();
    await applied();
    expect(host.state('mine.service')).toBe('active');
  }, 120_000);

  test('ends a reader that hangs, and starts it again', async () => {
    await host.powerOff();
    host.beforeReading = '[[ -e /var/hung ]] || { touch /var/hung; sleep infinity; }';
    host.start();
    await host.says('Run cloudinit', 60);
    await host.says('the reader of user-data hangs: it is started again', 60);
    await applied();
    expect(host.state('mine.service')).toBe('active');
  }, 120_000);

  test('never ends one that waits for a unit, and is not well before that', async () => {
    host.run('touch', '/var/waits');
    await host.powerOff();
    host.beforeReading = ASKS;
    cloud.aws.beats.length = 0;
    host.start();
    await host.says('Run cloudinit', 60);
    await eventually(() => host.state('waits.service') === 'activating', 'the reader waits', 60);
    // As long as it takes to end one that reads.
    await new Promise((done) => setTimeout(done, 15_000));
    expect(host.log).not.toContain('started again');
    expect(host.state('waits.service')).toBe('activating');
    expect(well()).toBe("this boot's configuration is not applied");
    expect(cloud.aws.beats[0]).toBe(`InstanceId ${cloud.aws.instanceId}: 0`);
    host.run('rm', '/var/waits');
    await applied();
    await eventually(() => well() === 'well', 'it is well');
  }, 120_000);
});
