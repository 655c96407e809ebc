/** A region's lines in the central one: what the profile of the mirrors renders, run between two real clusters. */
import { METRICS, metricNames } from '../../lib/collection/watching/metrics';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import type { CollectionHost } from './world/collection-host';
import { World } from './world/world';

const FROM = 'sa-east-1';
const CENTRAL = 'us-east-1';
const MIRROR = `mirror@${FROM}.service`;
/** Flows of the estate are numbered by block: ap-south-1 has 0. */
const METRICS_PORT = 9411;

describeWithRealParts(['openssl', 'kafka-java', 'kcat'], lacksNamespaces(), 'the mirror of a region', () => {
  let world: World;
  let mirrors: CollectionHost[];
  beforeAll(async () => {
    const small = { heapMb: 256, discoverSeconds: 5, jvmOptions: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto' };
    world = new World({ regions: [FROM, CENTRAL], parameters: { 'kafka-mirror': small } });
    await world.form();
    mirrors = world.region(CENTRAL).members('mirrors');
    // The estate has a third region, whose mirror has nothing to read here.
    for (const host of mirrors) await host.start('collection-certificates.service', MIRROR, 'collection-watch.service');
    await eventually(async () => (await running()) > 0, 'the mirror carries', 240).catch((error: Error) => {
      throw new Error(`${error.message}: ${mirrors[0]!.journal().slice(-6000)}`);
    });
  }, 600_000);
  afterAll(() => world?.end(), 60_000);

  const send = async (topic: string, lines: readonly string[], more: readonly string[] = []): Promise<void> => {
    const { code, err } = await world.kcat(FROM, ['-P', '-t', topic, '-X', 'acks=all', ...more], {
      input: `${lines.join('\n')}\n`,
    });
    if (code !== 0) throw new Error(err);
  };
  /** Lines of a topic of the central region. */
  const there = async (topic: string): Promise<string[]> =>
    (await world.kcat(CENTRAL, ['-C', '-t', topic, '-e', '-q', '-X', 'isolation.level=read_committed'])).out
      .split('\n')
      .filter(Boolean);
  const metrics = async (host: CollectionHost, port: number): Promise<string> =>
    (await host.run('curl', '-fs', '-m', '5', `http://${host.address}:${port}/metrics`)).out;
  const value = (text: string, series: string): number =>
    Number(new RegExp(`^${series} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  const running = async (): Promise<number> => {
    const texts = await Promise.all(mirrors.map((host) => metrics(host, METRICS_PORT)));
    return Math.max(
      0,
      ...texts.map((text) => value(text, `${METRICS.mirror.runningTasks}\\{connector="MirrorSourceConnector"\\}`) || 0),
    );
  };
  const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

  test("lines arrive below the region's name, whole", async () => {
    const lines = numbered(0, 1000);
    await send('logs', lines);
    await eventually(async () => (await there(`${FROM}.logs`)).length >= lines.length, 'all lines are there', 60);
    expect((await there(`${FROM}.logs`)).sort()).toEqual([...lines].sort());
  }, 90_000);

  test('nothing of the mirror is kept in the region', async () => {
    const { out } = await world.admin(FROM, ['kafka-topics', '--list']);
    expect(
      out
        .trim()
        .split('\n')
        .filter((name) => !name.startsWith('__'))
        .sort(),
    ).toEqual(['logs', 'meissa-heartbeats']);
  }, 60_000);

  test('mirrors may read in the region at the planned rate, and write nothing there', async () => {
    const user = `${CENTRAL}.kafka-mirror`;
    const rate = Math.ceil(world.region(FROM).kafka().mirrorRate / 3);
    const { out } = await world.admin(FROM, ['kafka-configs', '--describe', '--entity-type', 'users', '--entity-name', user]);
    expect(Number(/consumer_byte_rate=(\S+)/.exec(out)?.[1])).toBe(rate);
    const as = `kafka-mirror@${CENTRAL}`;
    const { code, err } = await world.kcat(FROM, ['-P', '-t', 'logs', '-X', 'message.timeout.ms=5000'], { as, input: 'x\n' });
    expect(code).not.toBe(0);
    expect(err).toMatch(/authorization/i);
  }, 60_000);

  test('heartbeats of the region are measured, and a region without any is as silent as the watch is old', async () => {
    const at = Date.now();
    const frontEnd = `${FROM}-f1`;
    const beat = JSON.stringify({ meissa: 'heartbeat', region: FROM, frontEnd, at });
    // The last one is somebody's who wants the region to look well.
    const forged = JSON.stringify({ meissa: 'heartbeat', region: FROM, frontEnd, at: at + 86_400_000 });
    await send(
      'meissa-heartbeats',
      [`${frontEnd}/0123456789ab/1\t${beat}`, `${frontEnd}/0123456789ab/2\t${forged}`],
      ['-K', '\t'],
    );
    const labels = `\\{region="${FROM}",front_end="${frontEnd}"\\}`;
    const delay = async (host: CollectionHost): Promise<number> =>
      value(await metrics(host, 9409), `${METRICS.watch.delay}${labels}`);
    for (const host of mirrors) {
      await eventually(async () => (await delay(host)) >= 0, `${host.name} knows the delay`, 60);
      expect(await delay(host)).toBeLessThan((Date.now() - at) / 1000);
    }
    const refused = `${METRICS.watch.refusedHeartbeats}\\{region="${FROM}",why="future"\\}`;
    await eventually(async () => value(await metrics(mirrors[0]!, 9409), refused) === 1, 'the one from the future is none', 60);
    const text = await metrics(mirrors[0]!, 9409);
    expect(value(text, `${METRICS.watch.heartbeatAge}\\{region="${FROM}"\\}`)).toBeGreaterThan(0);
    expect(value(text, `${METRICS.watch.heartbeatAge}\\{region="ap-south-1"\\}`)).toBeGreaterThan(0);
    expect(value(text, `${METRICS.watch.heartbeats}\\{region="ap-south-1"\\}`)).toBe(0);
  }, 120_000);

  test('the watch tells the disks and certificates of the brokers of both regions', async () => {
    const series = (text: string, name: string): string[] => text.split('\n').filter((line) => line.startsWith(`${name}{`));
    const brokers = async (): Promise<string[]> => series(await metrics(mirrors[0]!, 9409), METRICS.watch.diskFree);
    await eventually(async () => (await brokers()).length === 6, 'three brokers of both regions', 60);
    const certificates = series(await metrics(mirrors[0]!, 9409), METRICS.watch.brokerCertificate);
    expect(certificates).toHaveLength(6);
    for (const line of certificates) expect(Number(line.split(' ')[1])).toBeGreaterThan(29 * 86_400);
  }, 90_000);

  test('every metric of brokers, controllers, mirrors and the watch that the dashboard and the alerts name is there', async () => {
    const kafka = [...world.region(FROM).members('brokers'), ...world.region(FROM).members('controllers')];
    const texts = {
      kafka: kafka.map((host) => [host, 9404] as const),
      mirror: mirrors.map((host) => [host, METRICS_PORT] as const),
    };
    for (const exporter of ['kafka', 'mirror'] as const) {
      const found = (await Promise.all(texts[exporter].map(([host, port]) => metrics(host, port)))).join('\n');
      expect(metricNames(exporter).filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(found))).toEqual([]);
    }
    const watch = await metrics(mirrors[0]!, 9409);
    expect(metricNames('watch').filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(watch))).toEqual([]);
  }, 60_000);

  test('a worker that is killed while lines come loses none: the other one goes on, and it comes back', async () => {
    const lines = numbered(1000, 4000);
    await send('logs', lines.slice(0, 1000));
    await mirrors[0]!.kill(MIRROR);
    for (let i = 1000; i < lines.length; i += 500) await send('logs', lines.slice(i, i + 500));
    const missing = async (): Promise<number> => {
      const found = new Set(await there(`${FROM}.logs`));
      return lines.filter((line) => !found.has(line)).length;
    };
    await eventually(async () => (await missing()) === 0, 'every line is there', 120);
    await eventually(async () => (await metrics(mirrors[0]!, METRICS_PORT)) !== '', 'the killed one is up again', 60);
    process.stdout.write(`killed mirror: ${(await there(`${FROM}.logs`)).length - 4000} duplicates of 4000 lines\n`);
  }, 240_000);
});
