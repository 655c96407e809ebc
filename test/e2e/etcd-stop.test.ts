/** Voters that are stopped, two at once too, and a change of release from one to the next. */

import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { EtcdTestCluster } from './etcd-cluster';
import type { EtcdHost } from './etcd-host';

const guard = 'etcd-quorum-guard.service';
const parts = ['etcd-3.5', 'etcdctl-3.5', 'etcd-3.6', 'etcdctl-3.6'];

describeWithRealParts(parts, lacksNamespaces(), 'voters that stop', () => {
  let cluster: EtcdTestCluster;
  let one: EtcdHost;
  let two: EtcdHost;
  let three: EtcdHost;
  beforeAll(async () => {
    cluster = new EtcdTestCluster();
    await cluster.form();
    [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
  }, 60_000);
  afterAll(() => cluster.end(), 30_000);

  /** Waits until the guard of a voter has given back its turn. */
  const served = (voter: EtcdHost): Promise<void> =>
    eventually(async () => (await voter.shell(`test -e ${voter.root}/run/meissa/etcd`)).code === 0, 'the guard is ready');

  test('the second of two that are stopped at once waits until the first is back', async () => {
    await Promise.all(cluster.voters.map(served));
    const gone: EtcdHost[] = [];
    const stops = [one, two].map((voter) => voter.stopping(guard).then(() => gone.push(voter)));
    await Promise.race(stops);
    await new Promise((done) => setTimeout(done, 2500));
    expect(gone).toHaveLength(1);
    const first = gone[0]!;
    await first.cut('SIGTERM');
    // While it is away the other stays, so that there is a quorum.
    expect((await three.etcdctl('put', '/while', 'one is away')).out).toBe('OK\n');
    await new Promise((done) => setTimeout(done, 1000));
    expect(gone).toHaveLength(1);
    const back = Date.now();
    await cluster.boot(first);
    await Promise.all(stops);
    // It was let go, not given up on.
    expect((Date.now() - back) / 1000).toBeLessThan(12);
    expect(gone).toHaveLength(2);
    expect(await first.serves()).toBe(true);
  }, 60_000);

  test('a voter waits for one that is dead no longer than it was told', async () => {
    await three.cut();
    cluster.guardSeconds = 5;
    cluster.install({ hosts: [two] });
    const before = Date.now();
    await two.stopping(guard);
    const seconds = (Date.now() - before) / 1000;
    expect(seconds).toBeGreaterThan(4);
    expect(seconds).toBeLessThan(15);
    // One that is down itself takes nothing away.
    const dead = Date.now();
    await three.stopping(guard);
    expect(Date.now() - dead).toBeLessThan(4000);
    await cluster.boot(three);
    await cluster.allWell();
  }, 60_000);

  test('the next patch or release is a rolling change: one voter after the other, with all keys', async () => {
    await one.etcdctl('put', '/before', '3.5');
    for (const voter of cluster.voters) {
      await voter.cut('SIGTERM');
      cluster.install({ release: '3.6', hosts: [voter] });
      await cluster.boot(voter);
      await eventually(async () => (await voter.health()).code === 0, `the gate of ${voter.name} opens`);
    }
    const { out } = await two.etcdctl('endpoint', 'status', '--cluster', '--write-out=fields');
    expect(out.match(/"Version" : "3\.6\.10"/g)).toHaveLength(3);
    expect((await three.etcdctl('get', '--print-value-only', '/before')).out).toBe('3.5\n');
  }, 60_000);
});
