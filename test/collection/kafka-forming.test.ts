/** The first minutes of a small Kafka cluster: hosts that come one at a time behind gates, who may talk to it, and what never begins anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { ROOT } from '../root';
import type { CollectionHost } from './world/collection-host';
import type { TestRegion } from './world/region';
import { World } from './world/world';

describeWithRealParts(['kafka-java', 'kcat', 'openssl'], lacksNamespaces(), 'a small Kafka cluster that forms', () => {
  let world: World;
  let region: TestRegion;
  let one: CollectionHost;
  let two: CollectionHost;
  let three: CollectionHost;
  beforeAll(() => {
    world = new World({ regions: ['ap-south-1'] });
    region = world.region('ap-south-1');
    [one, two, three] = region.members('brokers') as [CollectionHost, CollectionHost, CollectionHost];
  }, 60_000);
  afterAll(() => world?.end(), 60_000);

  const formatted = (host: CollectionHost): boolean => host.exists(`/var/lib/kraft/g1/meta.properties`);
  const topics = async (as: string): Promise<string> => (await world.kcat(region.name, ['-L', '-m', '5'], { as })).out;

  test('a host without a certificate does not start Kafka', async () => {
    expect(await one.script('meissa-kafka', 'decide')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no certificate yet'),
    });
  });

  test('a host that can not tell whether there is a cluster does not begin one', async () => {
    await one.fire('collection-certificates.service');
    region.cloud.outage('unreadable', true);
    expect(await one.script('meissa-kafka', 'decide')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`can't tell whether ${region.kafka().formedMarker} is there`),
    });
    region.cloud.outage('unreadable', false);
    expect(formatted(one)).toBe(false);
  });

  test('the first host is well as soon as it listens, not before', async () => {
    await one.start('kafka-guard.service');
    await eventually(async () => (await one.health()).err.includes('nothing listens on port'), 'its gate is shut', 60);
    await one.start();
    await world.allWell([one], 90);
    expect(region.marker()).toBeUndefined();
  }, 120_000);

  test('two hosts are a quorum, which is not enough for the marker, and so no topic is there to take lines', async () => {
    await two.start();
    await world.allWell([two], 90);
    await eventually(async () => (await topics('kafka-broker')).includes('2 brokers'), 'two brokers serve', 60);
    expect(await topics('kafka-broker')).toContain('0 topics');
    expect(region.marker()).toBeUndefined();
  }, 200_000);

  test('the third makes the planned quorum: the marker is written once, and the planned topics appear', async () => {
    await three.start();
    await eventually(() => region.marker() !== undefined, 'the cluster is marked as formed', 120);
    expect(region.marker()).toBe(region.kafka().clusterId);
    await world.allWell([one, two, three], 90);
    await eventually(async () => (await topics('kafka-broker')).includes('meissa-heartbeats'), 'the topics are there', 60);
    expect(await topics('kafka-broker')).toMatch(/topic "logs" with 6 partitions[\s\S]*replicas: \d,\d,\d, isrs: \d,\d,\d/);
  }, 300_000);

  test('replicas of a partition stand in three zones', async () => {
    expect(await topics('kafka-broker')).toContain('3 brokers');
    const racks = [one, two, three].map(
      async (host) => (await host.run('grep', 'broker.rack', `${host.root}/run/meissa/kafka.properties`)).out,
    );
    expect((await Promise.all(racks)).map((line) => line.trim())).toEqual([
      'broker.rack=ap-south-1a',
      'broker.rack=ap-south-1b',
      'broker.rack=ap-south-1c',
    ]);
  });

  test('whoever has no certificate, or one of another region, gets nothing', async () => {
    expect(await topics('anybody')).toBe('');
    expect(await topics('kafka-broker@sa-east-1')).not.toContain('topic "logs"');
    expect(await topics('front-end')).toContain('topic "logs"');
  }, 60_000);

  test('front ends write the region`s topics and read nothing, the collecting region`s mirrors read and write nothing', async () => {
    const write = (as: string, topic = 'logs') =>
      world.kcat(region.name, ['-P', '-t', topic, '-X', 'acks=all', '-X', 'message.timeout.ms=5000'], { as, input: 'a line\n' });
    const read = (as: string) => world.kcat(region.name, ['-C', '-t', 'logs', '-o', 'beginning', '-e', '-q'], { as });
    expect(await write('front-end')).toMatchObject({ code: 0, err: '' });
    expect((await read('front-end')).out).toBe('');
    expect((await read('kafka-mirror@us-east-1')).out).toBe('a line\n');
    expect(await write('kafka-mirror@us-east-1')).toMatchObject({ code: 1 });
    expect((await read('kafka-mirror')).out).toBe('');
  }, 60_000);

  test("Kafka's own tools answer to every command of the runbooks", async () => {
    const folder = join(ROOT, 'docs/runbooks');
    const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
    const page = pages.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    const [, setUp] = /^nsenter .*\n([\s\S]+?)^tool TopicCommand --list$/m.exec(page)!;
    const here = setUp!.replaceAll(/(?<=[ '>])\/(run|opt|tmp)\//g, `${one.root}/$1/`);
    const commands = new Set(
      [...page.matchAll(/`(tool \w[^`]*)`/g)].map(([, command]) => command!.replaceAll('<topic>', 'logs')),
    );
    expect(commands.size).toBeGreaterThan(5);
    for (const command of commands) {
      const ends = command.includes('ConsoleConsumer') ? ' --max-messages 1' : '';
      const ran = await one.run('bash', '-ec', `mkdir -p ${one.root}/tmp\n${here}${command}${ends}`);
      expect({ command, ...ran }).toMatchObject({ code: 0 });
      expect(ran.err).not.toMatch(/\b(ERROR|Exception)\b/);
    }
  }, 200_000);

  test('mirrors of the collecting region read at the planned rate at most, shared by the brokers', async () => {
    const user = ['--entity-type', 'users', '--entity-name', 'us-east-1.kafka-mirror'];
    const told = async (): Promise<string> => (await world.admin(region.name, ['kafka-configs', '--describe', ...user])).out;
    const rate = Math.ceil(region.kafka().mirrorRate / 3);
    await eventually(
      async () => Number(/consumer_byte_rate=(\S+)/.exec(await told())?.[1]) === rate,
      `the quota is ${rate}`,
      120,
    );
  }, 200_000);

  test('a host that has its data starts while nobody can tell of the marker, and is not touched meanwhile', async () => {
    await three.kill();
    await eventually(async () => (await one.health()).code !== 0, 'the others say no', 60);
    expect((await one.health()).err).toMatch(/controllers 3 are away or behind|under-replicated|does not follow/);
    await three.fire('collection-certificates.service');
    region.cloud.outage('unreadable', true);
    await three.start('kafka.service', 'kafka-guard.service');
    await eventually(async () => (await three.health()).err.includes("can't tell"), 'it listens and is not well', 60);
    region.cloud.outage('unreadable', false);
    await world.allWell([one, two, three], 90);
  }, 200_000);

  test('where all have lost their data, no cluster begins anew', async () => {
    for (const host of [one, two, three]) {
      await host.kill();
      host.wipe('/var/lib/kraft');
      host.wipe('/var/lib/kafka');
    }
    await Promise.all([one, two, three].map((host) => host.start()));
    for (const host of [one, two, three]) {
      await eventually(() => formatted(host), `${host.name} has joined`, 60);
      expect(host.journal()).toContain('no data, a formed cluster: joins it with a new directory id');
    }
    // Long enough for many elections, if anybody could vote.
    await new Promise((done) => setTimeout(done, 8000));
    expect(await topics('kafka-broker')).not.toContain('topic');
    for (const host of [one, two, three]) expect((await host.health()).code).not.toBe(0);
  }, 200_000);
});
