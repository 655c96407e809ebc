/** A standard Kafka cluster that lives: disks that are replaced, hosts that go one at a time, and a producer that must not notice. */
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import type { CollectionHost } from './world/collection-host';
import type { TestRegion } from './world/region';
import { World } from './world/world';

describeWithRealParts(['kafka-java', 'kcat', 'openssl'], lacksNamespaces(), 'a Kafka cluster that stands', () => {
  let world: World;
  let region: TestRegion;
  let brokers: CollectionHost[];
  let controllers: CollectionHost[];
  let hosts: CollectionHost[];
  beforeAll(async () => {
    world = new World({ regions: ['sa-east-1'] });
    region = world.region('sa-east-1');
    [brokers, controllers] = [region.members('brokers'), region.members('controllers')];
    hosts = [...controllers, ...brokers];
    await world.form();
    await eventually(async () => (await list()).includes('topic "logs"'), 'the topics are there', 60);
  }, 400_000);
  afterAll(() => world?.end(), 60_000);

  const list = async (): Promise<string> => (await world.kcat(region.name, ['-L', '-m', '5'])).out;
  const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');
  const write = (text: string) =>
    world.kcat(region.name, ['-P', '-t', 'logs', '-X', 'acks=all', '-X', 'linger.ms=5'], { as: 'front-end', input: text });
  const read = async (): Promise<Set<string>> => {
    const { out } = await world.kcat(region.name, ['-C', '-t', 'logs', '-o', 'beginning', '-e', '-q']);
    return new Set(out.trim().split('\n'));
  };
  /** `id directoryId` of who votes, as Kafka's own tool tells it. */
  const voters = async (): Promise<string[]> => {
    const { out } = await world.admin(region.name, ['kafka-metadata-quorum', 'describe', '--replication']);
    return out
      .split('\n')
      .filter((line) => /Leader|Follower/.test(line))
      .map((line) => line.split(/\s+/).slice(0, 2).join(' '))
      .sort();
  };
  const replace = async (host: CollectionHost, mount: string): Promise<void> => {
    await host.kill();
    await eventually(async () => !(await others(host)[0]!.well()), 'the others say no', 60);
    host.wipe(mount);
    await host.start();
    await world.allWell(hosts, 120);
  };
  const others = (host: CollectionHost): CollectionHost[] => hosts.filter((each) => each !== host && each.fleet === host.fleet);

  test('a controller that lost its disk votes again with a new directory id, and the old one is gone', async () => {
    expect((await write(lines(0, 1000))).code).toBe(0);
    const planned = region.kafka().controllers.map(({ number, directoryId }) => `${number} ${directoryId}`);
    expect(await voters()).toEqual(planned);
    await replace(controllers[1]!, '/var/lib/kraft');
    const now = await voters();
    expect(now.map((voter) => voter.split(' ')[0])).toEqual(['1', '2', '3']);
    expect(now.filter((voter) => planned.includes(voter)).map((voter) => voter.split(' ')[0])).toEqual(['1', '3']);
  }, 300_000);

  test('a controller whose log is gone but not its id does not vote with it: what is left is kept aside', async () => {
    const before = await voters();
    await controllers[2]!.kill();
    controllers[2]!.wipe('/var/lib/kraft/g1/__cluster_metadata-0');
    await controllers[2]!.start();
    await world.allWell(hosts, 120);
    expect((await voters()).filter((voter) => before.includes(voter)).map((voter) => voter.split(' ')[0])).toEqual(['1', '2']);
    expect((await controllers[2]!.run('ls', `${controllers[2]!.root}/var/lib/kraft`)).out).toMatch(/^lost-\d+$/m);
  }, 300_000);

  test('a broker that lost its disk gets its replicas back, and no line is lost', async () => {
    await replace(brokers[2]!, '/var/lib/kafka');
    expect((await list()).match(/isrs: [\d,]+/g)!.every((isr) => isr.includes('103'))).toBe(true);
    expect((await read()).size).toBe(1000);
  }, 300_000);

  test('a broker that is to stop while another is down waits until it is back', async () => {
    await brokers[0]!.kill();
    await eventually(async () => (await brokers[1]!.health()).err.includes('under-replicated'), 'partitions miss a replica', 60);
    const unit = 'kafka-guard.service';
    let stopped = false;
    const stopping = brokers[1]!.stop(unit).then(() => (stopped = true));
    await eventually(() => brokers[1]!.journal().includes('waits with its stop: partitions need this broker'), 'it waits', 60);
    expect(stopped).toBe(false);
    await brokers[0]!.start();
    await stopping;
    expect((await list()).match(/isrs: [\d,]+/g)!.every((isr) => isr.includes('101'))).toBe(true);
    await brokers[1]!.start(unit);
    await world.allWell(hosts, 120);
  }, 300_000);

  test('Kafka starts again with a new certificate, once all are well', async () => {
    const [host] = brokers as [CollectionHost];
    const shown = async (): Promise<string> => {
      const { out } = await host.run(
        'bash',
        '-c',
        `openssl s_client -connect ${host.address}:9092 </dev/null | openssl x509 -noout -serial`,
      );
      return out;
    };
    const before = await shown();
    region.certify(host);
    expect(await host.fire('collection-certificates.service')).toMatchObject({ code: 0 });
    await eventually(async () => /serial=/.test(await shown()) && (await shown()) !== before, 'it shows the new one', 200);
    await world.allWell(hosts, 120);
  }, 400_000);

  test('all hosts restart one at a time behind their gates, and a producer with acks=all loses nothing', async () => {
    const producer = world.kcatProcess(region.name, ['-P', '-t', 'logs', '-X', 'acks=all', '-X', 'linger.ms=5'], 'front-end');
    const ended = new Promise<number | null>((done) => producer.on('exit', done));
    let said = '';
    producer.stderr!.on('data', (data) => (said += data));
    let next = 1000;
    const ticking = setInterval(() => {
      producer.stdin!.write(lines(next, next + 10));
      next += 10;
    }, 50);
    for (const host of hosts) {
      await host.reboot();
      await world.allWell(hosts, 120);
    }
    clearInterval(ticking);
    producer.stdin!.end();
    expect({ code: await ended, said }).toEqual({ code: 0, said: expect.not.stringContaining('Delivery failed') });
    const arrived = await read();
    const missing = lines(0, next)
      .trim()
      .split('\n')
      .filter((line) => !arrived.has(line));
    expect(missing).toEqual([]);
  }, 600_000);
});
