import { answer } from '../../lib/reach/answer';
import { settleBgp } from '../../lib/reach/bgp/routes';
import { withoutNames } from '../../lib/reach/cut';
import { formatRange } from '../../lib/reach/range';
import { NOTHING_DOWN } from '../../lib/reach/without';
import { type Cloud, ref, transitRoute } from './clouds';
import { CLOUD_RANGES, rewrite, withDataCentre } from './data-centre';

const ask = (cloud: Cloud, from: string, to: string, ...names: string[]) => {
  const world = cloud.read();
  return answer(world, from, to, { without: withoutNames(world, names) });
};
const words = (hops: readonly { words: string }[]) => hops.map((h) => h.words).join('; ');
const bests = (cloud: Cloud, router: string) => [...settleBgp(cloud.read(), NOTHING_DOWN).best.get(router)!.values()];

let cloud: Cloud;
beforeEach(() => {
  cloud = withDataCentre();
});

test('the world is whole', () => {
  expect(cloud.read().faults).toEqual([]);
});

test('hosts and containers of both ends reach each other by the line', () => {
  for (const [from, to] of [
    ['idc-a-1', 'r1-h-1'],
    ['idc-b-1:container', 'r1-h-2:container'],
    ['r1-h-1:container', 'idc-b-1'],
  ] as const) {
    const found = ask(cloud, from, to);
    expect(found.yes).toBe(true);
    expect(words([...found.forward, ...found.back])).toContain('leased line');
    expect(words([...found.forward, ...found.back])).not.toContain('VPN');
  }
});

test('a line is told exactly its allowed prefixes', () => {
  const from = bests(cloud, 'idc/r1').filter((r) => r.session?.peer.kind === 'line');
  expect(from.map((r) => formatRange(r.prefix)).sort()).toEqual([...CLOUD_RANGES].sort());
  expect(from.every((r) => r.path.join() === '64700')).toBe(true);
});

test('a VPN is told what stands in the transit table of its attachment', () => {
  const tells = () =>
    [
      ...settleBgp(cloud.read(), withoutNames(cloud.read(), ['r1']))
        .best.get('idc/r2')!
        .values(),
    ]
      .filter((r) => r.session?.peer.kind === 'vpn')
      .map((r) => formatRange(r.prefix))
      .sort();
  expect(tells()).toEqual([...CLOUD_RANGES].sort());
  cloud.drop('r1/all', 'TransitOwnContainers');
  expect(tells()).toEqual(CLOUD_RANGES.slice(0, 1));
});

test('an attachment without an association tells the VPN nothing', () => {
  cloud.drop('r1/all', 'AssociateVpnAttachment');
  expect(ask(cloud, 'idc-b-1', 'r1-h-1', 'r1').code).toBe('NO_ROUTE');
});

test('local preference decides before the length of the path', () => {
  expect(words(ask(cloud, 'idc-b-1', 'r1-h-1').forward)).toContain('via 10.200.255.1, local preference 200');
  rewrite(cloud, 'r1', 'set local-preference 200', 'set local-preference 50');
  expect(words(ask(cloud, 'idc-a-1', 'r1-h-1').forward)).toContain('via 10.200.255.2, local preference 100');
});

test('the transit gateway takes Direct Connect before a VPN, whatever the paths', () => {
  rewrite(cloud, 'r2', / set as-path prepend.*\n/, '');
  rewrite(
    cloud,
    'r1',
    'route-map cloud-out permit 10\n',
    'route-map cloud-out permit 10\n set as-path prepend 65010 65010 65010\n',
  );
  expect(words(ask(cloud, 'r1-h-1', 'idc-b-1').forward)).toContain('leased line');
});

test('with the line down both directions take the VPN', () => {
  const world = cloud.read();
  const line = { ...NOTHING_DOWN, links: new Set(world.lines.map((l) => l.id)) };
  const found = answer(world, 'idc-a-1:container', 'r1-h-1:container', { without: line });
  expect(found.yes).toBe(true);
  expect(words(found.forward)).toContain('via 10.200.255.2');
  expect(words(found.back)).toContain('to the VPN');
});

test('among VPNs the shorter path wins', () => {
  const world = () => cloud.read();
  cloud.add('r1/all', 'Vpn2', 'AWS::EC2::VPNConnection', {
    CustomerGatewayId: ref('Customer'),
    TransitGatewayId: ref('Gateway'),
    VpnTunnelOptionsSpecifications: [{ TunnelInsideCidr: '169.254.31.0/30' }],
  });
  cloud.add('r1/all', 'Vpn2Attachment', 'Custom::TransitAttachment', {
    Kind: 'vpn',
    TransitGatewayId: ref('Gateway'),
    ResourceId: ref('Vpn2'),
  });
  for (const [id, type] of [
    ['A', 'Association'],
    ['P', 'Propagation'],
  ] as const)
    cloud.add('r1/all', `Vpn2${id}`, `AWS::EC2::TransitGatewayRouteTable${type}`, {
      TransitGatewayAttachmentId: ref('Vpn2Attachment'),
      TransitGatewayRouteTableId: ref('Table'),
    });
  rewrite(cloud, 'r1', 'interface core', 'interface vpn-9\n ip address 169.254.31.2/30\nexit\ninterface core');
  rewrite(
    cloud,
    'r1',
    ' neighbor 10.200.255.2 remote-as 65010',
    ' neighbor 169.254.31.1 remote-as 64601\n neighbor 10.200.255.2 remote-as 65010',
  );
  rewrite(
    cloud,
    'r1',
    '  neighbor 10.200.255.2 next-hop-self',
    '  neighbor 169.254.31.1 route-map cloud-in in\n  neighbor 169.254.31.1 route-map cloud-out out\n  neighbor 10.200.255.2 next-hop-self',
  );
  const line = { ...NOTHING_DOWN, links: new Set(world().lines.map((l) => l.id)) };
  const back = () => answer(world(), 'r1-h-1', 'idc-b-1', { without: line }).forward;
  expect(back().some((h) => h.words.includes('told by idc/r1') && h.from?.logicalId === 'Vpn2Attachment')).toBe(true);
  rewrite(
    cloud,
    'r1',
    'route-map cloud-out permit 10\n',
    'route-map cloud-out permit 10\n set as-path prepend 65010 65010 65010\n',
  );
  expect(back().some((h) => h.words.includes('told by idc/r2'))).toBe(true);
});

test('a neighbour of another AS without policy is told nothing and believed nothing', () => {
  rewrite(cloud, 'r1', '  neighbor 169.254.100.1 route-map cloud-in in\n', '');
  expect(bests(cloud, 'idc/r1').some((r) => r.session?.peer.kind === 'line')).toBe(false);
  rewrite(cloud, 'r1', ' bgp router-id', ' no bgp ebgp-requires-policy\n bgp router-id');
  expect(bests(cloud, 'idc/r1').some((r) => r.session?.peer.kind === 'line')).toBe(true);
});

test('a `network` is told only while the routing table holds exactly that prefix', () => {
  rewrite(cloud, 'r1', 'ip route 172.20.0.0/16 blackhole\n', '');
  expect(bests(cloud, 'idc/r1').some((r) => formatRange(r.prefix) === '172.20.0.0/16')).toBe(false);
  rewrite(cloud, 'r1', ' bgp router-id', ' no bgp network import-check\n bgp router-id');
  expect(bests(cloud, 'idc/r1').some((r) => formatRange(r.prefix) === '172.20.0.0/16')).toBe(true);
});

test('an aggregate is told while a longer prefix inside is known', () => {
  rewrite(cloud, 'r1', '  network 172.20.0.0/16\n', '  aggregate-address 172.20.0.0/14\n');
  expect(bests(cloud, 'idc/r1').some((r) => formatRange(r.prefix) === '172.20.0.0/14')).toBe(true);
});

test('a static route whose next hop does not resolve is not there', () => {
  rewrite(cloud, 'r1', '172.20.1.0/24 10.200.1.2', '172.20.1.0/24 10.7.7.7');
  expect(ask(cloud, 'idc-b-1', '172.20.1.2').code).toBe('BLACKHOLE');
});

test('without next-hop-self the other router does not know the way to the line’s network', () => {
  rewrite(cloud, 'r1', '  neighbor 10.200.255.2 next-hop-self\n', '');
  const found = ask(cloud, 'idc-b-1', 'r1-h-1');
  expect(words(found.forward)).toContain('via 169.254.21.1');
});

test('more prefixes than the maximum take the session down', () => {
  rewrite(cloud, 'r1', 'neighbor 169.254.100.1 maximum-prefix 10', 'neighbor 169.254.100.1 maximum-prefix 1');
  expect(settleBgp(cloud.read(), NOTHING_DOWN).overflowing).toHaveLength(1);
  expect(words(ask(cloud, 'idc-a-1', 'r1-h-1').forward)).toContain('via 10.200.255.2');
});

test('`force` counts what the policy refuses, too', () => {
  const refuseOne = () => rewrite(cloud, 'r1', /(ip prefix-list cloud-in seq 10) permit/, '$1 deny');
  refuseOne();
  rewrite(cloud, 'r1', 'neighbor 169.254.100.1 maximum-prefix 10', 'neighbor 169.254.100.1 maximum-prefix 1');
  expect(settleBgp(cloud.read(), NOTHING_DOWN).overflowing).toHaveLength(0);
  rewrite(cloud, 'r1', 'neighbor 169.254.100.1 maximum-prefix 1', 'neighbor 169.254.100.1 maximum-prefix 1 force');
  expect(settleBgp(cloud.read(), NOTHING_DOWN).overflowing).toHaveLength(1);
});

test('a router’s BGP down: its racks lose the cloud, the others keep it', () => {
  expect(ask(cloud, 'idc-a-1', 'r1-h-1', 'bgp:r1').code).toBe('NO_ROUTE');
  expect(ask(cloud, 'idc-b-1', 'r1-h-1', 'bgp:r1').yes).toBe(true);
  expect(ask(cloud, 'idc-a-1', 'r1-h-1', 'bgp:r2').yes).toBe(true);
});

test('a router that is down takes its racks with it', () => {
  expect(ask(cloud, 'idc-a-1', 'r1-h-1', 'r1').code).toBe('ROUTER_DOWN');
  expect(ask(cloud, 'r1-h-1', 'idc-a-1', 'r1').yes).toBe(false);
});

test('a static route in the transit table outranks what the line teaches, and stays when it is down', () => {
  transitRoute(cloud, 1, 'Wrong', '10.200.0.0/16', ref('LineAttachment'));
  const world = cloud.read();
  const line = { ...NOTHING_DOWN, links: new Set(world.lines.map((l) => l.id)) };
  expect(answer(world, 'r1-h-1', 'idc-a-1', { without: line }).code).toBe('LINK_DOWN');
});

test('a null route drops what no longer prefix takes', () => {
  const found = ask(cloud, 'idc-a-1', '172.20.77.1');
  expect(found.code).toBe('BLACKHOLE');
  expect(found.reason).toContain('null route 172.20.0.0/16');
});

test('hosts on one network reach each other without a router', () => {
  cloud.files['idc/hosts/idc-a-2/50.network'] = '[Match]\nName=vlan\n[Network]\nAddress=10.200.1.3/24\nGateway=10.200.1.1\n';
  expect(ask(cloud, 'idc-a-1', 'idc-a-2', 'r1').yes).toBe(true);
});

test('a router’s own address is no host', () => {
  expect(ask(cloud, 'idc-a-1', '10.200.1.1').code).toBe('ROUTER_ITSELF');
});

test('more prefixes than the cloud takes over a line bring its session down', () => {
  const many = Array.from({ length: 101 }, (_, k) => `10.200.128.${k}/32`);
  const over = (count: number) => {
    const fresh = withDataCentre();
    const some = many.slice(0, count);
    rewrite(
      fresh,
      'r1',
      'ip route 10.200.0.0/16 blackhole',
      `ip route 10.200.0.0/16 blackhole\n${some.map((p) => `ip route ${p} blackhole`).join('\n')}`,
    );
    rewrite(fresh, 'r1', '  network 10.200.0.0/16', `  network 10.200.0.0/16\n${some.map((p) => `  network ${p}`).join('\n')}`);
    rewrite(
      fresh,
      'r1',
      'route-map cloud-out permit 10',
      'ip prefix-list cloud-out seq 50 permit 10.200.128.0/24 ge 32\nroute-map cloud-out permit 10',
    );
    return settleBgp(fresh.read(), NOTHING_DOWN).overflowing.length;
  };
  expect(over(98)).toBe(0);
  expect(over(99)).toBe(1);
});

test('a line on another VLAN than the cloud’s has no session', () => {
  const netdev = (id: number) => `[NetDev]\nName=line\nKind=vlan\nMTUBytes=8500\n\n[VLAN]\nId=${id}\n`;
  cloud.files['idc/routers/r1/20-line.netdev'] = netdev(301);
  expect(words(ask(cloud, 'idc-a-1', 'r1-h-1').forward)).toContain('via 169.254.100.1');
  cloud.files['idc/routers/r1/20-line.netdev'] = netdev(302);
  const down = settleBgp(cloud.read(), NOTHING_DOWN).sessions.down;
  expect(down.map((s) => s.why)).toEqual(['the router has the line on VLAN 302, the cloud on 301']);
});

describe('two routers that each prefer what the other tells', () => {
  const CIRCLE = ' match ip address prefix-list core-in\n';
  beforeEach(() => {
    for (const router of ['r1', 'r2']) rewrite(cloud, router, CIRCLE, `${CIRCLE} set local-preference 300\n`);
  });

  test('never settle, and that is a fault that names the ranges', () => {
    const { faults, unsettled } = settleBgp(cloud.read(), NOTHING_DOWN);
    expect(faults).toEqual(
      ['r1', 'r2'].map((router) => ({
        where: `idc.out/idc/routers/${router}/frr.conf`,
        what: 'bgp',
        message:
          'its routes to 10.1.0.0/16, 172.16.0.0/16 do not settle: they still change after 64 rounds, so nothing is known of them',
      })),
    );
    expect([...unsettled.keys()]).toEqual(['idc/r1', 'idc/r2']);
  });

  test('a packet that needs such a route is not said to arrive, and others still are', () => {
    const found = ask(cloud, 'idc-a-1', 'r1-h-1');
    expect(found.code).toBe('UNSETTLED');
    expect(found.reason).toBe('idc/r1: its BGP route to 10.1.0.0/16 does not settle');
    expect(ask(cloud, 'r1-h-1', 'idc-a-1')).toMatchObject({ code: 'UNSETTLED', forward: expect.anything() });
    expect(ask(cloud, 'idc-a-1', 'idc-b-1').yes).toBe(true);
  });

  test('settle while one of them is down', () => {
    expect(settleBgp(cloud.read(), withoutNames(cloud.read(), ['r2'])).faults).toEqual([]);
    expect(ask(cloud, 'idc-a-1', 'r1-h-1', 'r2').yes).toBe(true);
  });
});

test('a next hop that leads over more static routes than are followed is told', () => {
  const chain = (steps: number) =>
    Array.from({ length: steps }, (_, k) => `ip route 10.${100 + k}.0.0/16 ${k === 0 ? '10.200.1.2' : `10.${99 + k}.0.1`}\n`);
  const first = (steps: number) => {
    const fresh = withDataCentre();
    rewrite(fresh, 'r1', 'ip route 10.200.0.0/16 blackhole\n', `${chain(steps).join('')}ip route 10.200.0.0/16 blackhole\n`);
    return settleBgp(fresh.read(), NOTHING_DOWN).faults;
  };
  expect(first(4)).toEqual([]);
  expect(first(7).map(({ where, message }) => `${where}: ${message}`)).toContain(
    'idc.out/idc/routers/r1/frr.conf: its next hop 10.104.0.1 leads over more than 4 static routes, and is taken for unknown',
  );
});

test('a null route wins over BGP of the same range, unless it stands behind it', () => {
  const nulled = (words: string) => rewrite(withDataCentre(), 'r1', 'ip route 10.200.0.0/16', `${words}\nip route 10.200.0.0/16`);
  expect(ask(nulled('ip route 10.1.0.0/16 blackhole 250'), 'idc-a-1', 'r1-h-1').yes).toBe(true);
  expect(ask(nulled('ip route 10.1.0.0/16 blackhole'), 'idc-a-1', 'r1-h-1').code).toBe('BLACKHOLE');
  // Between what another AS tells (20) and what the own one does (200).
  const between = nulled('ip route 10.1.0.0/16 blackhole 100');
  expect(ask(between, 'idc-a-1', 'r1-h-1').yes).toBe(true);
  const world = between.read();
  const without = { ...NOTHING_DOWN, links: new Set(world.lines.map(({ id }) => id)) };
  expect(answer(world, 'idc-a-1', 'r1-h-1', { without }).code).toBe('BLACKHOLE');
});

test('of two static routes to a range the nearer one stands, whatever comes first', () => {
  const two = rewrite(
    withDataCentre(),
    'r1',
    'ip route 172.20.1.0/24 10.200.1.2',
    'ip route 172.20.1.0/24 blackhole 250\nip route 172.20.1.0/24 10.200.1.2',
  );
  expect(ask(two, 'idc-b-1', 'idc-a-1:container').yes).toBe(true);
});

test('the pool’s null route alone is no route, and says which sessions are down', () => {
  const pool = rewrite(
    withDataCentre(),
    'r1',
    'ip route 10.200.0.0/16',
    'ip route 10.0.0.0/8 blackhole 250\nip route 10.200.0.0/16',
  );
  const { code, reason } = ask(pool, 'idc-a-1', '10.3.0.1');
  expect([code, reason]).toEqual(['NO_ROUTE', expect.stringContaining('no route to 10.3.0.1 but the null route 10.0.0.0/8')]);
});
