/** Three voters and a gateway host from their rendered user-data, with real etcd: what forms, serves, and never starts anew. */

import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { EtcdTestCluster } from './etcd-cluster';
import type { EtcdHost } from './etcd-host';

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], lacksNamespaces(), 'a cluster with static bootstrap', () => {
  let cluster: EtcdTestCluster;
  beforeAll(async () => {
    cluster = new EtcdTestCluster();
    await cluster.form();
  }, 60_000);
  afterAll(() => cluster.end(), 30_000);

  const write = async (keys: number): Promise<void> => {
    for (let from = 0; from < keys; from += 100) {
      const puts = Array.from({ length: 100 }, (_, i) => `put /test/${from + i} value`).join('\n');
      const { out, err } = await cluster.voters[0]!.shell(`printf '\\n${puts}\\n\\n\\n' | etcdctl txn`);
      if (!out.startsWith('SUCCESS')) throw new Error(out + err);
    }
  };
  /** Keys as a quorum has them. */
  const keys = async (voter: EtcdHost): Promise<number> => {
    const { out } = await voter.etcdctl('get', '--prefix', '/test/', '--count-only', '--write-out=fields');
    return Number(/"Count" : (\d+)/.exec(out)?.[1]);
  };
  const memberId = async (asked: EtcdHost, wanted: EtcdHost): Promise<string> => {
    const { out } = await asked.etcdctl('member', 'list');
    return out
      .split('\n')
      .find((line) => line.includes(wanted.address))!
      .split(',')[0]!;
  };
  /** etcd adds a member only when the others have been connected for five seconds. */
  const addByHand = async (asked: EtcdHost, lost: EtcdHost, ...flags: string[]): Promise<void> => {
    const add = () => asked.etcdctl('member', 'add', `${lost.name}-g1`, `--peer-urls=http://${lost.address}:2380`, ...flags);
    await eventually(async () => (await add()).code === 0, `${lost.name} is added`);
    await cluster.boot(lost);
  };
  /** What docs/etcd.md says to do by hand for a voter whose data is gone. */
  const replaceByHand = async (asked: EtcdHost, lost: EtcdHost): Promise<void> => {
    expect((await asked.etcdctl('member', 'remove', await memberId(asked, lost))).code).toBe(0);
    await addByHand(asked, lost);
  };

  test('the three planned voters form it, under names of their generation', async () => {
    const { out } = await cluster.voters[1]!.etcdctl('member', 'list');
    expect(out.match(/started, sa-east-1-core-voters-[123]-g1/g)).toHaveLength(3);
    expect(cluster.marker()).toMatch(/^\d+$/);
  });

  test('a host that does not vote reads and writes through its gateway, also after a voter is killed', async () => {
    await cluster.gateway.start('etcd-gateway.service');
    await eventually(async () => (await cluster.gateway.health('etcd-gateway')).code === 0, 'the gateway serves');
    await cluster.voters[0]!.cut();
    // It may have been the leader: until the others have elected one, nobody writes.
    await eventually(async () => (await cluster.gateway.etcdctl('put', '/through', 'the gateway')).out === 'OK\n', 'a write', 10);
    expect((await cluster.gateway.etcdctl('get', '--print-value-only', '/through')).out).toBe('the gateway\n');
    await cluster.boot(cluster.voters[0]!);
    await cluster.allWell();
  });

  test('a voter whose data is gone while the others stand refuses to start and names the command; added again, it comes back', async () => {
    await write(200);
    const [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    await three.cut();
    cluster.wipe(three);
    for (let again = 0; again < 2; again++) {
      const { code, err } = await three.startAndWait();
      expect(code).toBe(1);
      expect(err).toContain('run meissa etcd replace sa-east-1-core-voters-3');
      expect(cluster.hasData(three)).toBe(false);
    }
    expect((await two.health()).err).toContain('2 of 3 voters are well');

    await replaceByHand(one, three);
    await cluster.allWell();
    expect(three.journal()).toContain('"initial-cluster-state":"existing"');
    expect(await keys(three)).toBe(200);
  });

  test('a voter whose data is gone while the others are down refuses, and what they hold stays', async () => {
    const [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    for (const voter of cluster.voters) await voter.cut();
    cluster.wipe(one);
    const alone = await one.startAndWait();
    expect(alone.code).toBe(1);
    expect(alone.err).toContain('no quorum of the others');
    // One of the others is back: it is no quorum, and its word that there are members is not enough.
    await cluster.boot(two);
    expect((await one.startAndWait()).code).toBe(1);
    await cluster.boot(three);
    await eventually(() => three.serves(), 'two of three are a quorum');
    expect(await keys(two)).toBe(200);
    await replaceByHand(two, one);
    await cluster.allWell();
  });

  test('after a power cut that took the data of two of three, the two refuse: no empty cluster takes the place of a full one', async () => {
    const [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    await Promise.all(cluster.voters.map((voter) => voter.cut()));
    cluster.wipe(one);
    cluster.wipe(two);
    await cluster.boot(three);
    const starts = await Promise.all([one.startAndWait(), two.startAndWait()]);
    expect(starts.map(({ code }) => code)).toEqual([1, 1]);
    expect(await one.startAndWait()).toMatchObject({ code: 1, err: expect.stringContaining('no quorum') });
    expect([one, two].map((voter) => cluster.hasData(voter))).toEqual([false, false]);
    expect((await three.health()).code).toBe(1);

    // The path that docs/etcd.md gives: the voter with the data goes on alone, the others are added to it.
    await three.cut();
    const alone = three.spawn([`${three.root}/opt/meissa/bin/meissa-etcd`, 'start', '--force-new-cluster']);
    await eventually(() => three.serves(), 'the survivor serves alone');
    process.kill(alone.pid!, 'SIGTERM');
    await eventually(() => alone.exitCode !== null || alone.signalCode !== null, 'the survivor stops');
    await cluster.boot(three);
    await eventually(() => three.serves(), 'the survivor serves by its unit');
    for (const lost of [one, two]) {
      // As a learner: one that votes at once would take the quorum from the survivor before it has started.
      await addByHand(three, lost, '--learner');
      const promote = async () => three.etcdctl('member', 'promote', await memberId(three, lost));
      await eventually(async () => (await promote()).code === 0, `${lost.name} has caught up`);
    }
    await cluster.allWell();
    for (const voter of cluster.voters) expect(await keys(voter)).toBe(200);
  }, 60_000);

  test('a generation raised on purpose makes a new cluster on the same hosts, and the old data stays beside it', async () => {
    for (const voter of cluster.voters) {
      await voter.cut('SIGTERM');
      cluster.install({ generation: 2, hosts: [voter] });
      await cluster.boot(voter);
      await eventually(async () => (await voter.health()).code === 0, `the gate of ${voter.name} opens`);
    }
    expect(cluster.marker(2)).not.toBe(cluster.marker(1));
    expect(await keys(cluster.voters[0]!)).toBe(0);
    for (const voter of cluster.voters) expect([cluster.hasData(voter, 1), cluster.hasData(voter, 2)]).toEqual([true, true]);
  }, 60_000);
});
