/**
 * The real program on a disk that fails (a library in front of libc: test/host-programs/front-end/faults/disk-faults.c), killed again and
 * again while lines come and go to a real Kafka. Nothing that it acknowledged may be missing there in the end.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '../../../hosts/eventually';
import { describeWithRealParts } from '../../../real-parts';
import { consume, KafkaNode } from '../../kafka-node';
import { FrontEnd } from '../front-end';

const KILLS = Number(process.env.MEISSA_KILLS ?? 200);
const SEED = Number(process.env.MEISSA_SEED ?? Date.now() % 1_000_000);
/** One call of so many on the spool fails; of every fourth life none, so that something is confirmed, too. */
const EVERY = 40;

describeWithRealParts(['kafka-java', 'kcat', 'cc'], [], 'a front end on a failing disk', (path) => {
  let kafka: KafkaNode;
  let frontEnd: FrontEnd;
  beforeAll(async () => {
    kafka = await KafkaNode.start(path('kafka-java'));
    for (const topic of ['logs', 'meissa-heartbeats']) kafka.createTopic(topic, 4);
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap, spool: { segmentBytes: 60_000 }, topics: ['logs', 'unknown'] });
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library(), join(__dirname, 'disk-faults.c'), '-ldl']);
  }, 120_000);
  afterAll(async () => {
    await frontEnd?.remove();
    await kafka?.remove();
  }, 30_000);

  const library = (): string => join(frontEnd.root, 'disk-faults.so');

  test(`${KILLS} kills: every acknowledged line arrives, each under one key`, async () => {
    const acknowledged: string[] = [];
    let number = 0;
    for (let life = 0; life < KILLS; life++) {
      const faults = {
        LD_PRELOAD: library(),
        FAULTS_FOLDER: join(frontEnd.root, 'spool'),
        FAULTS_EVERY: String(life % 4 === 3 ? 0 : EVERY),
        FAULTS_SEED: String(SEED + life),
      };
      let child = frontEnd.spawn(faults);
      const before = acknowledged.length;
      let alive = true;
      const sender = async (): Promise<void> => {
        while (alive) {
          const lines = Array.from({ length: 20 }, () => `line ${number++}`);
          try {
            // A topic that no broker knows must not hold back the others.
            if (life > KILLS - 20 && number % 7 === 0) await frontEnd.post('unknown', 'nowhere');
            if ((await frontEnd.post('logs', lines.join('\n'))).status === 200) acknowledged.push(...lines);
            else await pause(20);
          } catch {
            await pause(20);
          }
        }
      };
      const senders = [sender(), sender(), sender()];
      // A start that fails is started again, as systemd does.
      const ready = (): boolean => {
        if (child.exitCode !== null) child = frontEnd.spawn({ ...faults, FAULTS_SEED: String(number++) });
        return acknowledged.length > before;
      };
      await eventually(ready, 'it takes lines', 30);
      // Some lives are short, some long enough for segments to be sent and removed.
      await pause((SEED + life * 37) % 400);
      await frontEnd.end('SIGKILL');
      alive = false;
      await Promise.all(senders);
    }
    await frontEnd.start();
    kafka.createTopic('unknown', 1);
    await eventually(async () => (await frontEnd.metric('meissa_front_end_lag_lines')) < 3, 'everything is sent', 120);
    expect(await frontEnd.metric('meissa_front_end_imbalance_lines')).toBe(0);
    expect(await frontEnd.metric('meissa_front_end_spool_strange')).toBe(0);
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
    console.log(
      `seed ${SEED}: ${KILLS} kills, ${acknowledged.length} lines acknowledged, ${lost.length} lost, ${found.length - values.size} double by key, ${(frontEnd.log.match(/can't keep lines/g) ?? []).length} times told that the disk fails`,
    );
    expect(acknowledged.length).toBeGreaterThan(KILLS * 20);
    expect(frontEnd.log).toContain("can't keep lines");
    expect(lost).toEqual([]);
  }, 900_000);
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
