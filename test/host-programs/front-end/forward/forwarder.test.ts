/** The real program against a real Kafka: nothing that was acknowledged is missing there, whoever is killed. */

import { existsSync, writeFileSync } from 'node:fs';
import { eventually } from '../../../hosts/eventually';
import { describeWithRealParts } from '../../../real-parts';
import { type Consumed, consume, KafkaNode } from '../../kafka-node';
import { exited, FrontEnd } from '../front-end';

const PARTITIONS = 6;
const TAKEN = 'meissa_front_end_lines_total{input="http",topic="logs"}';

describeWithRealParts(['kafka-java', 'kcat'], [], 'a front end and a Kafka', (path) => {
  let kafka: KafkaNode;
  let frontEnd: FrontEnd;

  beforeAll(async () => {
    kafka = await KafkaNode.start(path('kafka-java'));
    for (const topic of ['logs', 'meissa-heartbeats']) kafka.createTopic(topic, PARTITIONS);
  }, 240_000);
  afterAll(() => kafka?.remove(), 30_000);
  afterEach(() => frontEnd.remove());

  const consumed = (): Consumed[] => consume(path('kcat'), kafka.bootstrap, 'logs');
  const sent = async (): Promise<boolean> => (await frontEnd.metric('meissa_front_end_lag_bytes')) === 0;

  /** Posts numbered lines until `until` is true. @returns the acknowledged ones */
  async function load(name: string, until: () => boolean): Promise<string[]> {
    const acknowledged: string[] = [];
    let number = 0;
    const sender = async (): Promise<void> => {
      while (!until()) {
        const lines = Array.from({ length: 50 }, () => `${name}-${number++}`);
        try {
          if ((await frontEnd.post('logs', lines.join('\n'))).status === 200) acknowledged.push(...lines);
        } catch {
          // It is dead, or about to be.
        }
        await new Promise((done) => setTimeout(done, 20));
      }
    };
    await Promise.all([sender(), sender(), sender(), sender()]);
    return acknowledged;
  }

  function compare(acknowledged: readonly string[], name: string): { lost: number; double: number } {
    const found = consumed().filter(({ value }) => value.startsWith(`${name}-`));
    const values = new Set(found.map(({ value }) => value));
    const byKey = new Map(found.map((each) => [each.key, each]));
    // The same key is the same line, and in the same partition.
    for (const each of found) expect(each).toEqual(byKey.get(each.key));
    return { lost: acknowledged.filter((line) => !values.has(line)).length, double: found.length - byKey.size };
  }

  test('every acknowledged line arrives once, with its key', async () => {
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap });
    await frontEnd.start();
    expect((await frontEnd.post('logs', 'well-0\nwell-1\n\u00ff\u0000-bytes')).status).toBe(200);
    await eventually(sent, 'everything is sent');
    const found = consumed().filter(({ key }) => key.startsWith('fe-1/'));
    expect(found.map(({ value }) => value)).toEqual(['well-0', 'well-1', Buffer.from('\u00ff\u0000-bytes').toString('latin1')]);
    expect(found.map(({ key }) => key.replace(/^fe-1\/[0-9a-f]{12}\//, ''))).toEqual(['2', '3', '4']);
  }, 60_000);

  test("a line that a sender gives twice has the sender's own key twice, in the same partition", async () => {
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap });
    await frontEnd.start();
    const key = { 'x-meissa-key': 'web-7/Zk3_x9Qw-2aB/4096' };
    expect((await frontEnd.post('logs', 'agent-0\nagent-1', key)).status).toBe(200);
    // The answer was lost, and the file has grown since.
    expect((await frontEnd.post('logs', 'agent-0\nagent-1\nagent-2', key)).status).toBe(200);
    await eventually(sent, 'everything is sent');
    const found = consumed().filter((each) => each.key.startsWith('web-7/'));
    expect(found.map((each) => `${each.key} ${each.value}`).sort()).toEqual(
      [0, 0, 1, 1, 2].map((i) => `web-7/Zk3_x9Qw-2aB/4096/${i} agent-${i}`),
    );
    expect(compare(['agent-0', 'agent-1', 'agent-2'], 'agent')).toEqual({ lost: 0, double: 2 });
  }, 60_000);

  test('a broker that is killed under load, and comes back, has every acknowledged line', async () => {
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap });
    await frontEnd.start();
    let done = false;
    const loading = load('broker', () => done);
    await eventually(async () => (await frontEnd.metric('meissa_front_end_acked_lines_total')) > 2000, 'lines arrive');
    await kafka.kill();
    const before = await frontEnd.metric('meissa_front_end_spool_written_bytes_total');
    const grown = async (): Promise<boolean> =>
      (await frontEnd.metric('meissa_front_end_spool_written_bytes_total')) > before + 200_000;
    await eventually(grown, 'lines are taken while the broker is away');
    expect((await frontEnd.get('/health')).status).toBe(200);
    await kafka.begin();
    done = true;
    const acknowledged = await loading;
    await eventually(sent, 'everything is sent', 150);
    const { lost, double } = compare(acknowledged, 'broker');
    console.log(`broker killed: ${acknowledged.length} acknowledged, ${lost} lost, ${double} double by key`);
    expect(lost).toBe(0);
  }, 240_000);

  test('a front end that is killed under load, again and again, sends every acknowledged line', async () => {
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap, spool: { segmentBytes: 100_000 } });
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      await frontEnd.start();
      let done = false;
      const loading = load(`killed-${round}`, () => done);
      await eventually(async () => (await frontEnd.metric(TAKEN)) > 5000, 'lines are taken');
      await frontEnd.end('SIGKILL');
      done = true;
      acknowledged.push(...(await loading));
    }
    await frontEnd.start();
    await eventually(sent, 'everything is sent', 150);
    const { lost, double } = compare(acknowledged, 'killed');
    console.log(`front end killed four times: ${acknowledged.length} acknowledged, ${lost} lost, ${double} double by key`);
    expect(lost).toBe(0);
    // Segments that are confirmed are gone.
    await eventually(async () => (await frontEnd.metric('meissa_front_end_spool_bytes')) < 200_000, 'segments are removed');
  }, 240_000);

  test('a front end that drains takes nothing more, sends everything, and ends', async () => {
    frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap, stop: { drainFile: '/drain' } });
    await frontEnd.start();
    const lines = Array.from({ length: 5000 }, (_, i) => `drained-${i}`);
    expect((await frontEnd.post('logs', lines.join('\n'))).status).toBe(200);
    const { child } = frontEnd;
    writeFileSync(`${frontEnd.root}/drain`, '');
    expect(await exited(child!)).toBe(0);
    expect(existsSync(`${frontEnd.root}/spool/drained`)).toBe(true);
    expect(compare(lines, 'drained')).toEqual({ lost: 0, double: 0 });
  }, 60_000);
});
