/** A voter of a lost zone is given up and another takes its place, with real etcd: the text that hosts have names the first three for ever. */
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { EtcdTestCluster } from './etcd-cluster';
import type { EtcdHost } from './etcd-host';

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], lacksNamespaces(), 'a voter that comes in place of a lost one', () => {
  let cluster: EtcdTestCluster;
  let five: EtcdHost;
  beforeAll(async () => {
    cluster = new EtcdTestCluster();
    cluster.guardSeconds = 12;
    await cluster.form();
  }, 60_000);
  afterAll(() => cluster.end(), 30_000);

  test('joins as a learner, votes, and all of the three that are left are well with the text that they have', async () => {
    const [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    await one.cut();
    // It may have been the leader.
    await eventually(async () => (await two.health()).err.includes('2 of 3 voters are well'), 'two misses one', 10);
    five = cluster.comer(5, '10.9.40.17');
    // Nobody knows it yet.
    expect((await five.startAndWait()).err).toContain('meissa etcd replace sa-east-1-core-voters-5');
    const { out } = await two.etcdctl('member', 'list');
    const id = out
      .split('\n')
      .find((line) => line.includes(one.address))!
      .split(',')[0]!;
    expect((await two.etcdctl('member', 'remove', id)).code).toBe(0);
    const add = () => two.etcdctl('member', 'add', `${five.name}-g1`, `--peer-urls=http://${five.address}:2380`, '--learner');
    await eventually(async () => (await add()).code === 0, 'it is added');
    await cluster.boot(five);
    const promoted = () => two.shell("etcdctl member promote $(etcdctl member list | sed -n '/10.9.40.17/s/,.*//p')");
    await eventually(async () => (await promoted()).code === 0, 'it votes');
    await cluster.allWell([two, three, five]);
  }, 90_000);

  test('one of them stops without waiting, because the two others are a quorum; a second one waits', async () => {
    const [, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    const began = Date.now();
    expect((await two.stopping('etcd-quorum-guard.service')).code).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    await two.cut();
    await eventually(async () => (await three.health()).err.includes('2 of 3 voters are well'), 'three misses two');
    const waits = Date.now();
    await five.stopping('etcd-quorum-guard.service');
    expect(Date.now() - waits).toBeGreaterThan(9_000);
    await cluster.boot(two);
    await cluster.allWell([two, three, five]);
  }, 90_000);

  test('hosts that know the first three only reach the cluster through those that are left of them', async () => {
    await cluster.gateway.start('etcd-gateway.service');
    await eventually(async () => (await cluster.gateway.etcdctl('put', '/through', 'x')).out === 'OK\n', 'a write', 20);
  }, 60_000);
});
