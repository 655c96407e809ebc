/** The edge of a data centre with the rendered packet filters and the real FRR: what passes when the line fails, and what never leaves. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { capture } from '../proof/capture';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { Edge, HOSTS, OUTSIDE, PUBLIC, STRANGER, UPLINK } from './edge';
import { bfdSessions, FRR_PROGRAMS, until } from './frr';
import { LINE, TUNNELS } from './hybrid-routers';
import { type Connection, Talkers } from './talkers';

const MEGABYTES = 2 * 1024 * 1024;

describeWithRealParts([...FRR_PROGRAMS, 'nft', 'tcpdump'], lacksNamespaces(), 'the edge of a data centre', () => {
  const edge = new Edge();
  const talkers = new Talkers();
  const { routers } = edge;
  const words = (): string =>
    (['r1', 'r2'] as const)
      .map((r) => `${routers.frr(r).vtysh('show bgp ipv4 unicast summary', 'show bfd peers brief')}${routers.ip(r, 'route')}`)
      .join('\n');
  const byLine = (): boolean =>
    // Of the line and of the core.
    bfdSessions(routers.frr('r1')) === 2 &&
    routers.way('r1', HOSTS.cloud) === 'line-1' &&
    routers.way('r2', HOSTS.cloud) === 'vlan2' &&
    TUNNELS.every(({ cloud }) => routers.session('r2', cloud) === 'Established') &&
    routers.way('dx', HOSTS.a01) === 'line-1' &&
    routers.way('tgw', HOSTS.a01)?.startsWith('vpn-') === true;

  beforeAll(async () => {
    await edge.start();
    await until(byLine, 'all sessions to come up through the packet filters', words, 60);
  }, 120_000);

  afterAll(async () => {
    await talkers.stop();
    await edge.stop();
  });

  /** Two megabytes each way. */
  async function carries(connection: Connection | undefined): Promise<boolean[]> {
    if (connection === undefined) return [];
    return [await connection.moves('push', MEGABYTES, 15_000), await connection.moves('pull', MEGABYTES, 15_000)];
  }

  async function cutLine(): Promise<void> {
    routers.ip('dx', 'address', 'delete', `${LINE.cloud}/30`, 'dev', 'line-1');
    edge.cloudBy('tgw');
    await until(() => routers.way('r1', HOSTS.cloud) === 'vlan2', 'r1 to leave the line', words);
    await until(() => routers.way('r2', HOSTS.cloud)?.startsWith('vpn-') === true, 'r2 to use the VPN', words);
  }

  async function mendLine(): Promise<void> {
    routers.ip('dx', 'address', 'replace', `${LINE.cloud}/30`, 'dev', 'line-1');
    edge.cloudBy('dx');
    await until(byLine, 'the line to be used again', words, 60);
  }

  test('TCP of full-size packets goes over the line, and over the VPN when the line is cut, in new connections and in those that stood', async () => {
    for (const name of ['a01', 'cloud'] as const) await talkers.serve(edge.namespace(name));
    const [a01, cloud] = [edge.namespace('a01'), edge.namespace('cloud')];
    // Whoever opens a connection says first how large segments may be.
    const standing = [await talkers.connect(a01, HOSTS.cloud, 5_000), await talkers.connect(cloud, HOSTS.a01, 5_000)];
    for (const connection of standing) expect(await carries(connection)).toEqual([true, true]);
    await cutLine();
    try {
      for (const connection of standing) expect(await carries(connection)).toEqual([true, true]);
      for (const connection of [await talkers.connect(a01, HOSTS.cloud, 5_000), await talkers.connect(cloud, HOSTS.a01, 5_000)])
        expect(await carries(connection)).toEqual([true, true]);
    } finally {
      await mendLine();
    }
  }, 240_000);

  test('with line and VPN down, nothing of the estate goes to the provider, neither from racks nor from routers', async () => {
    const captures = await Promise.all((['r1', 'r2'] as const).map((router) => capture(routers.namespace(router), UPLINK)));
    routers.ip('dx', 'address', 'delete', `${LINE.cloud}/30`, 'dev', 'line-1');
    for (const k of [1, 2]) routers.ip('tgw', 'link', 'set', `vpn-${k}`, 'down');
    try {
      await until(
        () => (['r1', 'r2'] as const).every((router) => routers.way(router, HOSTS.cloud) === undefined),
        'the routes to the cloud to go',
        words,
        60,
      );
      for (const to of [HOSTS.cloud, '172.16.3.4', '10.3.0.1', '172.31.0.1']) {
        for (const name of ['a01', 'a02'] as const) await talkers.send(edge.namespace(name), HOSTS[name], to, 53, 7777);
        await talkers.send(routers.namespace('r1'), '10.200.0.1', to, 53);
        await talkers.send(routers.namespace('r2'), '0.0.0.0', to, 53);
      }
      // Nor by a route that somebody adds by hand.
      for (const router of ['r1', 'r2'] as const) routers.ip(router, 'route', 'add', '10.9.9.9', 'via', '203.0.113.1');
      for (const name of ['a01', 'a02'] as const) await talkers.send(edge.namespace(name), HOSTS[name], '10.9.9.9', 53);
      await talkers.send(routers.namespace('r2'), '0.0.0.0', '10.9.9.9', 53);
      // What is public leaves the router itself, so the captures see what leaves.
      await talkers.send(routers.namespace('r2'), PUBLIC, STRANGER, 53);
      await sleep(300);
    } finally {
      for (const k of [1, 2]) routers.ip('tgw', 'link', 'set', `vpn-${k}`, 'up');
      await mendLine();
    }
    const seen = (await Promise.all(captures.map((each) => each.stop()))).flat();
    const ours = seen.filter(({ source, destination }) => [source, destination].some((a) => /^(?:10|172)\./.test(a)));
    expect(ours.map(({ source, destination }) => `${source} > ${destination}`)).toEqual([]);
    expect(seen).toContainEqual(expect.objectContaining({ source: PUBLIC, destination: STRANGER, destinationPort: 53 }));
  }, 240_000);

  test('a neighbour outside reaches no host of a rack, whatever address it shows, and no BGP', async () => {
    const provider = edge.namespace('provider');
    const ip = (...args: string[]): void => void execFileSync('ip', ['-n', provider, ...args]);
    ip('route', 'add', '10.200.0.0/16', 'via', PUBLIC);
    ip('address', 'add', '10.1.0.9/32', 'dev', 'lo');
    const seenBy = await capture(edge.namespace('a02'), 'rack');
    await talkers.serve(edge.namespace('a02'));
    for (const from of [STRANGER, OUTSIDE[0], '10.1.0.9']) await talkers.send(provider, from, HOSTS.a02, 53, 7777);
    expect(await talkers.connect(provider, HOSTS.a02, 1_500)).toBeUndefined();
    for (const to of [PUBLIC, '203.0.113.11', '10.200.0.2', '10.200.2.1'])
      for (const port of [179, 22, 9342, 9115]) expect(await talkers.connect(provider, to, 500, port)).toBeUndefined();
    const arrived = (await seenBy.stop()).filter(({ destination }) => destination === HOSTS.a02);
    expect(arrived).toEqual([]);
  }, 60_000);

  test('IKE comes in from the addresses of the VPN’s tunnels, and from nobody else', async () => {
    const [ike, behindNat] = await Promise.all([500, 4500].map((port) => talkers.receive(routers.namespace('r2'), port)));
    for (const from of [STRANGER, ...OUTSIDE]) await talkers.send(edge.namespace('provider'), from, PUBLIC, 500, 4500);
    await until(() => ike!.length >= 7 && behindNat!.length >= 7, 'datagrams of both tunnels');
    await sleep(200);
    const expected = ['ready', ...OUTSIDE.flatMap((address) => [address, address, address])].sort();
    for (const heard of [ike!, behindNat!]) expect([...heard].sort()).toEqual(expected);
  }, 30_000);

  test('a rack sends from its own addresses only', async () => {
    const a01 = edge.namespace('a01');
    const heard = await talkers.receive(edge.namespace('a02'), 6000);
    for (const address of ['10.1.0.77', '172.20.0.9'])
      execFileSync('ip', ['-n', a01, 'address', 'add', `${address}/32`, 'dev', 'lo']);
    // The first is somebody's in the cloud, the second a container's of the rack.
    for (const from of ['10.1.0.77', '172.20.0.9', HOSTS.a01]) await talkers.send(a01, from, HOSTS.a02, 6000);
    await until(() => heard.length >= 7, 'datagrams');
    await sleep(200);
    expect([...new Set(heard)].sort()).toEqual([HOSTS.a01, '172.20.0.9', 'ready'].sort());
  }, 30_000);
});
