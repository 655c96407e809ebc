/** The first minutes of a cluster: voters that come one at a time behind gates, and what may go wrong before it is marked as formed. */

import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { EtcdTestCluster } from './etcd-cluster';
import type { EtcdHost } from './etcd-host';

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], lacksNamespaces(), 'a cluster that forms', () => {
  let cluster: EtcdTestCluster;
  let one: EtcdHost;
  let two: EtcdHost;
  let three: EtcdHost;
  beforeAll(() => {
    cluster = new EtcdTestCluster();
    cluster.install();
    [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
  }, 30_000);
  afterAll(() => cluster.end(), 30_000);

  test('a voter that can not tell whether there is a cluster does not begin one', async () => {
    cluster.outage('unreadable', true);
    await one.run(`${one.root}/opt/meissa/bin/etcd-install`);
    const { code, err } = await one.startAndWait();
    expect(code).toBe(1);
    expect(err).toContain("can't tell whether /meissa/example/sa-east-1/core/g1/formed is there");
    expect(cluster.hasData(one)).toBe(false);
    cluster.outage('unreadable', false);
  });

  test('the first voter is well as soon as it listens, not before', async () => {
    expect(await one.health()).toMatchObject({ code: 1, err: expect.stringContaining('does not listen') });
    await cluster.boot(one);
    await eventually(async () => (await one.health()).code === 0, 'the first gate opens');
    expect(cluster.marker()).toBeUndefined();
  });

  test('the second voter makes a quorum, and is well only when that is marked', async () => {
    cluster.outage('unwritable', true);
    await cluster.boot(two);
    await eventually(() => two.serves(), 'a quorum stands');
    expect(await two.health()).toMatchObject({ code: 1, err: expect.stringContaining('not marked as formed') });
  });

  test('a voter that loses its data between the quorum and the marker refuses, because the other one knows it', async () => {
    await two.cut();
    cluster.detach(two);
    expect(await two.startAndWait()).toMatchObject({ code: 1, err: expect.stringContaining('meissa etcd replace') });
    cluster.attach(two);
    await cluster.boot(two);
    await eventually(() => two.serves(), 'the quorum stands again');
  });

  test('the marker is written once, when it can be, and opens the gate', async () => {
    cluster.outage('unwritable', false);
    await eventually(() => cluster.marker() !== undefined, 'the cluster is marked as formed');
    const marker = cluster.marker();
    await eventually(async () => (await two.health()).code === 0, 'the second gate opens');
    // Another guard finds it and leaves it.
    await one.start('etcd-quorum-guard.service');
    expect(cluster.marker()).toBe(marker);
  });

  test('a voter that comes after the marker joins what stands, and never begins anew', async () => {
    await cluster.boot(three);
    await cluster.allWell();
    expect(three.journal()).toContain('"initial-cluster-state":"existing"');
  });

  test('a voter that has its data starts while nobody can tell of the marker, and is not touched meanwhile', async () => {
    cluster.outage('unreadable', true);
    await three.cut();
    await cluster.boot(three);
    await eventually(() => three.serves(), 'it is back');
    expect((await three.health()).code).toBe(1);
    cluster.outage('unreadable', false);
    await cluster.allWell();
  });

  test('data without its log is kept aside: a voter never starts from half of its data', async () => {
    await three.cut();
    await three.shell(`rm -r ${three.root}/var/lib/etcd/g1/member/wal`);
    expect((await three.startAndWait()).code).toBe(1);
    expect((await three.shell(`ls ${three.root}/var/lib/etcd/g1`)).out).toMatch(/^lost-\d+\n$/);
  });
});
