/** Three voters that find each other through a real discovery service. */
import { requestToken } from '../../lib/discovery';
import { checkToken, lookUp } from '../../lib/discovery/service';
import { eventually } from '../hosts/eventually';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { EtcdTestCluster } from './etcd-cluster';
import { DiscoveryService } from './etcd-discovery-service';
import type { EtcdHost } from './etcd-host';
import { removeTemporaryFolders, temporaryFolder } from './example';

const parts = ['etcd-3.5', 'etcdctl-3.5', 'etcd-3.4', 'discovery.etcd.io'];

describeWithRealParts(parts, lacksNamespaces(), 'a cluster with discovery bootstrap', () => {
  let cluster: EtcdTestCluster;
  let service: DiscoveryService;
  let token: string;
  beforeAll(async () => {
    cluster = new EtcdTestCluster();
    service = new DiscoveryService(cluster.network, temporaryFolder());
    await service.start();
    token = ((await requestToken(service.fetch, service.url, 3)) as { url: string }).url;
    cluster.discover(token);
    cluster.install();
  }, 60_000);
  afterAll(async () => {
    await service.host.cut();
    await cluster.end();
    removeTemporaryFolders();
  }, 30_000);

  test('a fresh token is of this service, for exactly three, and nobody is on it', async () => {
    expect(token).toMatch(/^http:\/\/10\.255\.0\.1:8087\/[0-9a-f]{32,40}$/);
    expect(await lookUp(service.fetch, token)).toEqual({ size: 3, members: [] });
    expect(await checkToken(service.fetch, token, 5)).toMatchObject({ code: 'TOKEN_SIZE' });
  });

  test('voters wait for each other, and each is well enough for its gate', async () => {
    const [one, two] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    for (const voter of [one, two]) {
      await cluster.boot(voter);
      await eventually(async () => (await voter.health()).code === 0, `the gate of ${voter.name} opens`);
    }
    expect(cluster.marker()).toBeUndefined();
  });

  test('a voter that has registered and died before there was a cluster does not need another token', async () => {
    const [one, , three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    await one.cut();
    expect(cluster.hasData(one)).toBe(false);
    await cluster.boot(one);
    await eventually(async () => (await one.health()).code === 0, 'its gate opens');

    await cluster.boot(three);
    await eventually(() => cluster.marker() !== undefined, 'the cluster is marked as formed');
    await cluster.allWell();
    const { out } = await three.etcdctl('member', 'list');
    expect(out.match(/started/g)).toHaveLength(3);
  });

  test('the token is taken now: a check refuses it for any other cluster and passes it for this one', async () => {
    expect(await checkToken(service.fetch, token, 3)).toMatchObject({ code: 'TOKEN_TAKEN' });
    const members = cluster.voters.map((voter) => `${voter.name}-g1=http://${voter.address}:2380`);
    expect(await checkToken(service.fetch, token, 3, members)).toBeUndefined();
  });

  test('voters start again from their data without the service, and serve through a gateway when one is killed', async () => {
    await service.host.cut();
    await Promise.all(cluster.voters.map((voter) => voter.cut()));
    for (const voter of cluster.voters) await cluster.boot(voter);
    await cluster.allWell();
    await cluster.gateway.start('etcd-gateway.service');
    await cluster.voters[2]!.cut();
    await eventually(async () => (await cluster.gateway.etcdctl('put', '/key', 'value')).out === 'OK\n', 'a write', 10);
  });

  test('two of three that lost their data after a power cut refuse, whatever the token says', async () => {
    await service.start();
    await Promise.all(cluster.voters.map((voter) => voter.cut()));
    const [one, two, three] = cluster.voters as [EtcdHost, EtcdHost, EtcdHost];
    cluster.wipe(one);
    cluster.wipe(two);
    await cluster.boot(three);
    const starts = await Promise.all([one.startAndWait(), two.startAndWait()]);
    expect(starts.map(({ code }) => code)).toEqual([1, 1]);
    expect(cluster.hasData(one)).toBe(false);
  });
});
