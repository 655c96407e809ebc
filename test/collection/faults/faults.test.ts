/**
 * Collections of three regions that run for real from their rendered configuration, and what can happen to them: every line that a
 * front end has acknowledged arrives in the central region.
 *
 * `MEISSA_FAULT_PAIRS=all` does every pair of faults, `MEISSA_FAULT_SEED` chooses three others.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { World } from '../world/world';
import { FAULTS, type Fault, giveSmallDisk, smallDiskHost } from './faults';
import { allPairs, seededPairs } from './pairs';
import { type Tally, Traffic } from './traffic';

const TOPIC = 'logs';
const SEED = Number(process.env.MEISSA_FAULT_SEED ?? 1);
const PAIRS = process.env.MEISSA_FAULT_PAIRS === 'all' ? allPairs(FAULTS) : seededPairs(FAULTS, 3, SEED);
/** Until everything that was acknowledged has arrived after a fault. */
const SETTLES_SECONDS = 120;

describeWithRealParts(['kafka-java', 'kcat', 'openssl', 'java'], lacksNamespaces(), 'a collection', () => {
  let world: World;
  let traffic: Traffic;
  let freeDisk = (): void => undefined;

  beforeAll(async () => {
    world = new World({ parameters: { 'kafka-mirror': { heapMb: 256, discoverSeconds: 5 } } });
    freeDisk = giveSmallDisk(world);
    await world.form();
    await Promise.all(
      world.regions
        .flatMap((region) => [...region.members('front-ends'), ...region.members('mirrors')])
        .map((host) => host.start()),
    );
    traffic = new Traffic(world, { topic: TOPIC, rate: 200, bytes: 300 });
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

  test('a front end whose disk was full says so, and takes lines again', async () => {
    const metrics = await smallDiskHost(world).run(
      'curl',
      '-fsS',
      '-m',
      '5',
      `http://${smallDiskHost(world).address}:9405/metrics`,
    );
    expect(Number(/^meissa_front_end_refused_total\{[^}]*full[^}]*\} (\d+)/m.exec(metrics.out)?.[1])).toBeGreaterThan(0);
    const { out } = await smallDiskHost(world).run(
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      `http://${smallDiskHost(world).address}:8080/health`,
    );
    expect(out).toBe('200');
  });

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
