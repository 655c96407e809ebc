/**
 * Collections of three regions that run for real from their rendered configuration, and what can happen to them: every line that a
 * front end has acknowledged arrives in the central region.
 *
 * `MEISSA_FAULT_PAIRS=all` does every pair of faults; without it three that `MEISSA_FAULT_SEED` chooses, of which CI does one, and
 * `MEISSA_ALL_RUNS=1 .ci/run` all three.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { spoolBytes } from '../../../lib/collection/framing';
import { metricNames } from '../../../lib/collection/watching/metrics';
import { eventually } from '../../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { World } from '../world/world';
import { FAULTS, type Fault, giveSmallDisk, smallDiskHost } from './faults';
import { frontEndMetrics } from './front-end-metrics';
import { allPairs, seededPairs } from './pairs';
import { type Tally, Traffic } from './traffic';

const TOPIC = 'logs';
/** Lines a second and region, and bytes of each. */
const RATE = 200;
const BYTES = 300;
const COUNT = process.env.CI === 'true' && process.env.MEISSA_ALL_RUNS !== '1' ? 1 : 3;
const SEED = Number(process.env.MEISSA_FAULT_SEED ?? 1);
const PAIRS = process.env.MEISSA_FAULT_PAIRS === 'all' ? allPairs(FAULTS) : seededPairs(FAULTS, COUNT, SEED);
/** Until everything that was acknowledged has arrived after a fault. */
const SETTLES_SECONDS = 120;

describeWithRealParts(['kafka-java', 'kcat', 'openssl', 'java'], lacksNamespaces(), 'a collection', () => {
  let world: World;
  let traffic: Traffic;
  let freeDisk = (): void => undefined;

  beforeAll(async () => {
    const jvmOptions = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto';
    world = new World({ parameters: { 'kafka-mirror': { heapMb: 256, discoverSeconds: 5, jvmOptions } } });
    freeDisk = giveSmallDisk(world);
    await world.form();
    await Promise.all(
      world.regions
        .flatMap((region) => [...region.members('front-ends'), ...region.members('mirrors')])
        .map((host) => host.start()),
    );
    traffic = new Traffic(world, { topic: TOPIC, rate: RATE, bytes: BYTES });
    traffic.start();
    await eventually(() => traffic.acknowledged > 1000, 'front ends acknowledge', 60);
    await traffic.settle(SETTLES_SECONDS);
  }, 420_000);
  afterAll(async () => {
    freeDisk();
    await world?.end();
  }, 60_000);

  async function under(...faults: Fault[]): Promise<Tally> {
    const before = traffic.acknowledged;
    await pause(1000);
    await Promise.all(faults.map((fault) => fault.run(world)));
    await pause(1000);
    const tally = await traffic.settle(SETTLES_SECONDS);
    say(faults.map(({ name }) => name).join(' and '), tally);
    expect(traffic.acknowledged).toBeGreaterThan(before);
    expect(tally.lost).toBe(0);
    // Read by key, nothing is there twice.
    expect(tally.removable).toBe(tally.duplicates);
    return tally;
  }

  test('nothing happens', async () => {
    // What waited while everything started has arrived.
    await traffic.settle(SETTLES_SECONDS);
    await pause(5000);
    const { lost, acknowledged } = await under();
    expect(acknowledged).toBeGreaterThan(0);
    expect(lost).toBe(0);
  }, 180_000);

  test.each(FAULTS)('$name', (fault) => under(fault), 240_000);

  test.each(PAIRS.map((pair) => [pair.map(({ name }) => name).join(' and '), pair] as const))(
    'at the same time: %s',
    (_, pair) => under(...pair),
    300_000,
  );

  test('a front end whose disk was full has said so, and takes lines again', async () => {
    const host = smallDiskHost(world);
    const metrics = await frontEndMetrics(host);
    expect(metrics.get('meissa_front_end_refused_lines_total')).toBeGreaterThan(0);
    expect(metrics.get('meissa_front_end_spool_dropped_lines_total')).toBe(0);
    // Those of Kafka, mirrors and the watch are read in test/collection/mirror.test.ts.
    expect(metricNames('front-end').filter((name) => !metrics.has(name))).toEqual([]);
    expect((await host.run('curl', '-fsS', '-m', '5', `http://${host.address}:8080/health`)).code).toBe(0);
  });

  test('what a line takes in the spool is what a week is sized by', async () => {
    const host = world.region('sa-east-1').host('front-ends', 1);
    const brokers = world.region('sa-east-1').members('brokers');
    const look = async () => {
      const metrics = await frontEndMetrics(host);
      return ['lines', 'spool_written_bytes', 'spool_syncs'].map((name) => metrics.get(`meissa_front_end_${name}_total`)!);
    };
    for (const broker of brokers) broker.signal('kafka.service', 'SIGSTOP');
    const [lines, bytes, syncs] = (await look()) as [number, number, number];
    await pause(5000);
    const [moreLines, moreBytes, moreSyncs] = (await look()) as [number, number, number];
    const kept = (await frontEndMetrics(host)).get('meissa_front_end_lag_bytes')!;
    for (const broker of brokers) broker.signal('kafka.service', 'SIGCONT');
    const perLine = (moreBytes - bytes) / (moreLines - lines);
    const frames = (moreSyncs - syncs) / (moreLines - lines);
    const { spool, load } = world.estate.regions.find(({ name }) => name === 'sa-east-1')!.clusters[0]!.kafka!;
    const week = spoolBytes(load.average * spool.keep, load.lineBytes);
    process.stderr.write(
      `a line of ${BYTES} bytes takes ${perLine.toFixed(1)} in the spool, with ${frames.toFixed(3)} syncs; ${spool.keep / 86_400} days of ${load.average / 1e6} MB/s in lines of ${load.lineBytes} bytes take ${(week / 1e9).toFixed(0)} GB\n`,
    );
    // Lines of one request share a frame: the sizing counts with the worst, one line a frame.
    expect(perLine).toBeGreaterThan(BYTES);
    expect(perLine).toBeLessThanOrEqual(spoolBytes(BYTES, BYTES) + 1 + TOPIC.length);
    // Nothing leaves while nobody takes it.
    expect(kept).toBeGreaterThanOrEqual(moreBytes - bytes - perLine * RATE);
    expect((await traffic.settle(SETTLES_SECONDS)).lost).toBe(0);
  }, 180_000);

  test('what arrived is what was sent', async () => {
    await traffic.stop();
    const { lost } = await traffic.settle(SETTLES_SECONDS);
    expect(lost).toBe(0);
    expect(traffic.strange).toBe(0);
  }, 180_000);
});

function say(what: string, { acknowledged, lost, duplicates, delay }: Tally): void {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  process.stderr.write(
    `${what || 'nothing happens'}: ${acknowledged} lines arrived, ${lost} lost, ${duplicates} twice; delay p50 ${seconds(delay.p50)}, p99 ${seconds(delay.p99)}, at most ${seconds(delay.most)}\n`,
  );
}
