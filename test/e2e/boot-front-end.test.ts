/**
 * A front end of an elastic fleet, booted: it has no data volume, so its spool is on the root disk, and stays there through restarts, kills
 * and reboots; a host that goes says so, and never that it may go, before Kafka has its lines. No Kafka is there. Such fleets stand on AWS
 * only (ELASTIC_DRAIN), whose hosts read user-data as coreos-cloudinit does. Stubs are those of boot.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { planEstate } from '../../lib/plan/plan';
import { Pki } from '../collection/world/pki';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces, REAL_PARTS } from '../real-parts';
import { ROOT } from '../root';
import { BootCloud } from './boot-cloud';
import { BOOT_ROOT, BootHost } from './boot-host';
import { renderFleet } from './boot-user-data';
import { Network } from './etcd-network';
import { TODAY } from './example';

const lacks = [
  ...lacksNamespaces(),
  ...(existsSync(BOOT_ROOT) ? [] : ['no root to boot: run scripts/real-parts']),
  ...(existsSync(join(REAL_PARTS, 'collection-root/inputs')) ? [] : ['no root of a collection: run scripts/real-parts']),
];

const REGION = 'ap-south-1';
/** Anywhere in the region: hosts of elastic fleets have no planned address. */
const ADDRESS = '10.5.40.77';

/** The tests' collecting estate, as written, but with elastic front ends in one region. @throws where it has errors */
function withElasticFrontEnds(folder: string): Estate {
  cpSync(join(ROOT, 'test/estates/collection'), folder, { recursive: true });
  const change = (name: string, edit: (document: ReturnType<typeof parseDocument>) => void): void => {
    const file = join(folder, 'regions', name);
    const document = parseDocument(readFileSync(file, 'utf8'));
    edit(document);
    writeFileSync(file, String(document));
  };
  change(`${REGION}.yaml`, (region) =>
    region.setIn(['clusters', 'collection', 'fleets', 'front-ends'], {
      kind: 'elastic',
      instanceType: 'c5.xlarge',
      profiles: ['base', 'collection', 'front-end'],
      min: 2,
      max: 6,
    }),
  );
  change(`${REGION}.members.lock.yaml`, (lock) => {
    for (const number of [1, 2]) lock.deleteIn(['members', `collection/front-ends/${number}`]);
  });
  const { estate, findings } = loadEstate(folder, { today: TODAY });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (estate === undefined || errors.length > 0) throw new FindingsError(errors);
  return estate;
}

describeWithRealParts(['systemd-nspawn'], lacks, 'an elastic front end that boots', () => {
  let folder: string;
  let network: Network | undefined;
  let cloud: BootCloud | undefined;
  let host: BootHost | undefined;

  const onHost = (script: string): string => host!.run('bash', '-c', script);
  const answer = (url: string): string => onHost(`curl -s -m 20 -o /dev/null -w '%{http_code}' ${url}`);
  const health = (): string => answer('http://127.0.0.1:8080/health');
  const post = (lines: string): string =>
    onHost(`printf '${lines}' | curl -s -m 20 -w '%{http_code}' --data-binary @- http://127.0.0.1:8080/lines/logs`);
  const inSpool = (line: string): number => Number(onHost(`cat /var/lib/front-end/spool/*.segment | grep -acxF '${line}'`));
  const metric = (name: string): number =>
    Number(new RegExp(`^meissa_front_end_${name} (-?\\d+)$`, 'm').exec(onHost('curl -s http://127.0.0.1:9405/metrics'))?.[1]);
  /** Some of what systemd knows of the unit. */
  const unit = (): string[] =>
    onHost('systemctl show -p ActiveState,ExecMainStatus,NRestarts,Result front-end.service').trim().split('\n').sort();
  const runs = (restarts: number): string[] => [
    'ActiveState=active',
    'ExecMainStatus=0',
    `NRestarts=${restarts}`,
    'Result=success',
  ];
  /** Lines that the program said last that it left, or found. */
  const told = (log: string, what: RegExp): number => Number([...log.matchAll(what)].at(-1)?.[1]);
  const left = /ends, (\d+) lines stay in the spool/g;
  const found = /takes lines as \S+, boot \S+; (\d+) lines of earlier boots/g;
  /** It is well, lacks nothing, and has found what was left; its own first heartbeat may be counted with it already. */
  async function expectFound(lines: number): Promise<void> {
    expect([lines, lines + 1]).toContain(told(host!.log, found));
    await expectWhole();
  }
  async function expectWhole(): Promise<void> {
    await eventually(() => health() === '200', 'it is well');
    await eventually(() => metric('imbalance_lines') === 0, 'as many lines are there as were kept');
  }
  const says = (what: RegExp, times: number): Promise<void> =>
    eventually(() => [...host!.log.matchAll(what)].length === times, `${what} ${times} times`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-boot-'));
    const estate = withElasticFrontEnds(join(folder, 'estate'));
    const { fleets } = planEstate(estate, [REGION]).regions[0]!;
    const fleet = fleets.find(({ name }) => name === 'front-ends')!;
    expect([fleet.kind, fleet.context.volumes]).toEqual(['elastic', []]);
    const [sha256 = '', file = ''] = execFileSync(join(ROOT, 'scripts/collection-root'), [folder], { encoding: 'utf8' }).split(
      /\s+/,
    );
    const bytes = readFileSync(file);
    const pki = new Pki(join(folder, 'pki'), 'collecting');
    network = new Network();
    const home = join(folder, 'host');
    mkdirSync(home);
    cloud = new BootCloud(network, home, ADDRESS);
    cloud.aws.region = REGION;
    cloud.aws.objects.set(sha256, bytes);
    const subject = { region: REGION, role: 'front-end', host: 'front-ends', address: ADDRESS };
    cloud.aws.parameters.set(`${fleet.context.cluster.kafka!.certificate}/fleet`, pki.issue(subject));
    host = new BootHost({ folder: home, namespace: cloud.namespace, environment: cloud.environment });
    host.userData = renderFleet(estate, fleet, {
      artifacts: { collection: { bytes, sha256 } },
      parameters: {
        collection: { caFingerprint: pki.fingerprint },
        'front-end': { leaveSeconds: 1, forwardSeconds: 1 },
      },
    });
    await cloud.open();
    host.start();
  }, 120_000);

  afterAll(async () => {
    // All that can be ended is, whatever fails before it.
    const ended = await Promise.allSettled([host?.end()]);
    ended.push(...(await Promise.allSettled([cloud?.end()])));
    network?.end();
    const failed = ended.find((each) => each.status === 'rejected');
    // A root that may still be in use is left.
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    rmSync(folder, { recursive: true, force: true });
  }, 150_000);

  test('starts without a volume, at the first try', async () => {
    await host!.says('result of start front-end.service: done', 120);
    await eventually(() => health() === '200' || !unit().includes('NRestarts=0'), 'it answers, or has failed');
    expect(unit()).toEqual(runs(0));
    expect(onHost("stat -c '%u:%g of %m' /var/lib/front-end")).toBe('60990:60990 of /\n');
  }, 150_000);

  test('is well by the checks of the host itself', () => {
    expect(health()).toBe('200');
    // As gates and reboots ask.
    expect(
      host!.run('bash', '-c', '. /opt/meissa/lib.sh; ls /opt/meissa/health.d; healthy && echo well', '/opt/meissa/bin/any'),
    ).toBe('clock\ndisks\nfront-end\nwell\n');
  });

  test('answers 200 to lines that are then on the root disk, and waits with them for Kafka', () => {
    expect(post('the first line\\nthe second line\\n')).toBe('{"accepted":2}\n200');
    expect([inSpool('the first line'), inSpool('the second line')]).toEqual([1, 1]);
    expect(metric('lag_lines')).toBeGreaterThanOrEqual(2);
  });

  test('has the same lines to send after a restart of its unit', async () => {
    onHost('systemctl restart front-end.service');
    await says(found, 2);
    expect(told(host!.log, left)).toBeGreaterThanOrEqual(2);
    await expectFound(told(host!.log, left));
    expect([inSpool('the first line'), inSpool('the second line')]).toEqual([1, 1]);
  }, 60_000);

  test('is started again after kill -9, with all that it has acknowledged', async () => {
    expect(post('a line before the kill\\n')).toBe('{"accepted":1}\n200');
    const before = metric('lag_lines');
    onHost('systemctl kill --signal=KILL front-end.service');
    await says(found, 3);
    expect(told(host!.log, found)).toBeGreaterThanOrEqual(before);
    await expectWhole();
    expect(unit()).toEqual(runs(1));
    expect([inSpool('the first line'), inSpool('a line before the kill')]).toEqual([1, 1]);
  }, 60_000);

  test('has them after a reboot, too', async () => {
    await host!.powerOff(60);
    expect(host!.log).not.toMatch(/front-end[\w-]*\.service: (State .* timed out|Killing)/);
    const before = told(host!.log, left);
    expect(before).toBeGreaterThanOrEqual(3);
    host!.start();
    await host!.says('result of start front-end.service: done', 60);
    await says(found, 1);
    await expectFound(before);
    expect(unit()).toEqual(runs(0));
    expect([inSpool('the second line'), inSpool('a line before the kill')]).toEqual([1, 1]);
  }, 120_000);

  test('drains when its group ends it, and does not say that it may go while Kafka lacks a line', async () => {
    cloud!.aws.hookWaits = true;
    cloud!.aws.lifecycleState = 'Terminated';
    await host!.says('this host goes: the front end drains', 30);
    await eventually(() => health() !== '200', 'balancers turn away');
    await eventually(() => cloud!.aws.lifecycle.length > 0, 'it says that it is at it');
    // Longer than a stop may take that doesn't wait for Kafka.
    await new Promise((done) => setTimeout(done, 5000));
    expect(cloud!.aws.lifecycle).toEqual([expect.stringMatching(/^RecordLifecycleActionHeartbeat \S+front-ends drain i-/)]);
    expect(unit()).toEqual(runs(0));
    expect(onHost('ls /var/lib/front-end/spool')).not.toContain('drained');
    expect([inSpool('the second line'), inSpool('a line before the kill')]).toEqual([1, 1]);
    await host!.powerOff(60);
    expect(told(host!.log, left)).toBeGreaterThanOrEqual(3);
  }, 120_000);
});
