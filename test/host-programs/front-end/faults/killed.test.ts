/**
 * The real program on a disk that fails (a library in front of libc: test/host-programs/front-end/faults/disk-faults.c), killed again and
 * again while lines come and go to a real Kafka. Nothing that it acknowledged may be missing there in the end.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../hosts/eventually';
import { describeWithRealParts } from '../../../real-parts';
import { runs } from '../../../runs';
import { consume, KafkaNode } from '../../kafka-node';
import { FrontEnd } from '../front-end';

const KILLS = Number(process.env.MEISSA_KILLS ?? runs(200));
const SEED = Number(process.env.MEISSA_SEED ?? Date.now() % 1_000_000);
/** One call of so many on the spool fails; in every fourth life none. */
const EVERY = 40;

/** So many front ends at once, each on a disk of its own: most of a life is waiting. */
const HOUSES = 5;

describeWithRealParts(['kafka-java', 'kcat', 'cc'], [], 'front ends on failing disks', (path) => {
  let folder: string;
  let kafka: KafkaNode;
  const houses: FrontEnd[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'disk-faults-'));
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', join(folder, 'faults.so'), join(__dirname, 'disk-faults.c'), '-ldl']);
    kafka = await KafkaNode.start(path('kafka-java'));
    for (const topic of ['logs', 'meissa-heartbeats']) kafka.createTopic(topic, 4);
    for (let i = 0; i < HOUSES; i++)
      houses.push(
        await FrontEnd.make({ bootstrap: kafka.bootstrap, spool: { segmentBytes: 60_000 }, topics: ['logs', 'unknown'] }),
      );
  }, 120_000);
  afterAll(async () => {
    for (const house of houses) await house.remove();
    await kafka?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  test(`${KILLS} kills: every acknowledged line arrives, each under one key`, async () => {
    const acknowledged = (await Promise.all(houses.map((house, i) => kill(house, i)))).flat();
    kafka.createTopic('unknown', 1);
    for (const house of houses) {
      await house.start();
      await eventually(async () => (await house.metric('meissa_front_end_lag_lines')) < 3, 'everything is sent', 240).catch(
        async (error: Error) => {
          throw new Error(`seed ${SEED}: ${error.message}\n${await house.metrics()}\n${house.log.slice(-3000)}`);
        },
      );
      expect(await house.metric('meissa_front_end_imbalance_lines')).toBe(0);
      expect(await house.metric('meissa_front_end_spool_strange')).toBe(0);
    }
    const found = consume(path('kcat'), kafka.bootstrap, 'logs');
    const values = new Map<string, string>();
    const keys = new Map<string, string>();
    for (const { key, value } of found) {
      expect(keys.get(key) ?? value).toBe(value);
      expect(values.get(value) ?? key).toBe(key);
      keys.set(key, value);
      values.set(value, key);
    }
    const lost = acknowledged.filter((line) => !values.has(line));
    const failures = houses.reduce((sum, { log }) => sum + (log.match(/can't keep lines/g) ?? []).length, 0);
    console.log(
      `seed ${SEED}: ${KILLS} kills, ${acknowledged.length} lines acknowledged, ${lost.length} lost, ${found.length - values.size} double by key; told ${failures} times that the disk fails`,
    );
    expect(acknowledged.length).toBeGreaterThan(KILLS * 20);
    expect(failures).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  }, 900_000);

  /** Lives of one front end. @returns lines that it has acknowledged */
  async function kill(house: FrontEnd, at: number): Promise<string[]> {
    const acknowledged: string[] = [];
    const lives = Math.ceil(KILLS / HOUSES);
    let number = 0;
    for (let life = 0; life < lives; life++) {
      const seed = SEED + at * 1000 + life;
      const faults = {
        LD_PRELOAD: join(folder, 'faults.so'),
        FAULTS_FOLDER: join(house.root, 'spool'),
        FAULTS_EVERY: String(life % 4 === 3 ? 0 : EVERY),
      };
      let child = house.spawn({ ...faults, FAULTS_SEED: String(seed) });
      const before = acknowledged.length;
      let alive = true;
      const sender = async (): Promise<void> => {
        while (alive) {
          const lines = Array.from({ length: 20 }, () => `${at} line ${number++}`);
          try {
            // A topic that no broker knows must not hold back the others.
            if (life > lives - 5 && number % 7 === 0) await house.post('unknown', 'nowhere');
            if ((await house.post('logs', lines.join('\n'))).status === 200) acknowledged.push(...lines);
            else await pause(20);
          } catch {
            await pause(20);
          }
        }
      };
      const senders = [sender(), sender(), sender()];
      // A start that fails is started again, as systemd does.
      const ready = (): boolean => {
        if (child.exitCode !== null) child = house.spawn({ ...faults, FAULTS_SEED: String(seed + number++) });
        return acknowledged.length > before;
      };
      await eventually(ready, `life ${life} takes lines`, 90).catch((error: Error) => {
        throw new Error(`${error.message}\n${house.log.slice(-3000)}`);
      });
      // Some lives are short, some long enough for segments to be sent and removed.
      await pause((seed * 37) % 400);
      await house.end('SIGKILL');
      alive = false;
      await Promise.all(senders);
    }
    return acknowledged;
  }
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
