import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { formatRange } from '../../lib/reach/range';
import { parseFrr } from '../../lib/reach/read/frr';
import { parseNetworkFile, parseVlan } from '../../lib/reach/read/networkd';

const CONFIG = `! a comment
frr version 8.4
frr defaults traditional
hostname r1
log syslog informational
ip forwarding
!
! the hosts of a rack
ip route 172.20.0.0/24 10.200.1.2
ip route 172.20.0.0/16 blackhole
ip route 10.200.0.0/16 Null0
!
interface lo
 description loopback
 ip address 10.200.0.1/32
exit
!
bfd
 profile fast
  receive-interval 300
 exit
exit
!
ip prefix-list cloud-in seq 5 permit 10.1.0.0/16
ip prefix-list cloud-in seq 10 permit 172.16.0.0/12 ge 16 le 24
ip prefix-list cloud-out description what it is told
ip prefix-list cloud-out seq 5 deny 10.200.9.0/24
ip prefix-list cloud-out seq 10 permit any
route-map cloud-in permit 10
 match ip address prefix-list cloud-in
 set local-preference 200
exit
route-map cloud-out deny 5
 match ip address prefix-list missing
exit
route-map cloud-out permit 10
 match ip address prefix-list cloud-out
 set as-path prepend 65010 65010
exit
!
router bgp 65010
 bgp router-id 10.200.0.1
 bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 ! the line
 neighbor 169.254.100.1 remote-as 64600
 neighbor 169.254.100.1 bfd profile fast
 neighbor 169.254.100.1 timers 30 90
 neighbor 10.200.255.2 remote-as internal
 neighbor 10.200.255.3 remote-as 65010
 neighbor 10.200.255.3 shutdown
 neighbor 10.200.255.4 remote-as 65010
 !
 address-family ipv4 unicast
  network 10.200.0.0/16
  aggregate-address 172.20.0.0/16
  neighbor 169.254.100.1 activate
  neighbor 169.254.100.1 maximum-prefix 20 force
  neighbor 169.254.100.1 route-map cloud-in in
  neighbor 169.254.100.1 route-map cloud-out out
  neighbor 10.200.255.2 activate
  neighbor 10.200.255.2 next-hop-self
  neighbor 10.200.255.3 activate
 exit-address-family
 address-family ipv6 unicast
  network 2001:db8::/32
 exit-address-family
exit
`;

const config = parseFrr(CONFIG);

test('the whole of what is rendered is read without a fault', () => {
  expect(config.faults).toEqual([]);
  expect(config.asn).toBe(65010);
});

test('static routes, null routes among them, with their lines', () => {
  expect(config.statics.map((s) => [formatRange(s.destination), s.via, s.line])).toEqual([
    ['172.20.0.0/24', parseIpv4('10.200.1.2'), 9],
    ['172.20.0.0/16', undefined, 10],
    ['10.200.0.0/16', undefined, 11],
  ]);
});

test('a static route has the distance that is written behind it, and more words than that are not read', () => {
  const { statics, faults } = parseFrr(`ip route 10.0.0.0/8 blackhole 250
ip route 10.1.0.0/16 10.200.1.2 5
ip route 10.2.0.0/16 10.200.1.2 tag 7
ip route 10.3.0.0/16 10.200.1.2 5 onlink
`);
  expect(statics.map(({ destination, via, distance }) => [formatRange(destination), via, distance])).toEqual([
    ['10.0.0.0/8', undefined, 250],
    ['10.1.0.0/16', parseIpv4('10.200.1.2'), 5],
  ]);
  expect(faults.map(({ line }) => line)).toEqual([3, 4]);
});

test('addresses of interfaces', () => {
  expect(config.interfaces).toEqual([{ name: 'lo', address: parseIpv4('10.200.0.1'), bits: 32 }]);
});

test('what is originated: networks and aggregates of IPv4', () => {
  expect(config.originates.map(formatRange)).toEqual(['10.200.0.0/16']);
  expect(config.aggregates.map(formatRange)).toEqual(['172.20.0.0/16']);
});

test('neighbours that are active and not shut down', () => {
  expect(config.neighbors.map((n) => [n.address, n.asn, n.bfd, n.nextHopSelf])).toEqual([
    [parseIpv4('169.254.100.1'), 64600, true, false],
    [parseIpv4('10.200.255.2'), 65010, false, true],
  ]);
});

test('limits of prefixes', () => {
  expect(config.neighbors[0]).toMatchObject({ maxPrefixes: 20, maxPrefixesForce: true });
});

test('route-maps with their prefix lists; a list that does not exist matches nothing', () => {
  const [line] = config.neighbors;
  expect(line!.in!.clauses).toMatchObject([{ permit: true, localPreference: 200, prepends: 0 }]);
  expect(line!.in!.clauses[0]!.match).toMatchObject([{ permit: true }, { permit: true, ge: 16, le: 24 }]);
  expect(line!.out!.clauses).toMatchObject([
    { permit: false, match: [] },
    { permit: true, prepends: 2 },
  ]);
  expect(line!.out!.clauses[1]!.match).toMatchObject([{ permit: false }, { permit: true, le: 32 }]);
});

test('a list that exists without entries is any, as in FRR', () => {
  const text =
    'ip prefix-list empty description nothing\nroute-map m permit 10\n match ip address prefix-list empty\nexit\nrouter bgp 1\n neighbor 10.0.0.1 remote-as 2\n neighbor 10.0.0.1 route-map m in\nexit\n';
  expect(parseFrr(text).neighbors[0]?.in?.clauses).toEqual([{ permit: true, prepends: 0 }]);
});

test('a route-map that does not exist lets nothing through', () => {
  const text = 'router bgp 1\n neighbor 10.0.0.1 remote-as 2\n neighbor 10.0.0.1 route-map gone in\nexit\n';
  expect(parseFrr(text).neighbors[0]?.in).toEqual({ clauses: [] });
});

test('a peer group gives its settings to its members', () => {
  const text =
    'router bgp 1\n neighbor core peer-group\n neighbor core remote-as 1\n neighbor core next-hop-self\n neighbor 10.0.0.1 peer-group core\nexit\n';
  expect(parseFrr(text).neighbors).toMatchObject([{ address: parseIpv4('10.0.0.1'), asn: 1, nextHopSelf: true }]);
});

test('what could matter and is not read is a fault with its line', () => {
  const text =
    'router bgp 1\n redistribute connected\nexit\nroute-map m permit 10\n match as-path X\nexit\nip route 10.0.0.0/8 eth0\n';
  expect(parseFrr(text).faults).toEqual([
    { line: 2, message: '"redistribute connected" is not read' },
    { line: 5, message: '"match as-path X" in a route-map is not read' },
    { line: 7, message: '"ip route 10.0.0.0/8 eth0" is not read' },
  ]);
});

test('a clause that asks for what is not read matches nothing', () => {
  const text =
    'route-map m permit 10\n match as-path X\nexit\nrouter bgp 1\n neighbor 10.0.0.1 remote-as 2\n neighbor 10.0.0.1 route-map m in\nexit\n';
  expect(parseFrr(text).neighbors[0]?.in?.clauses).toMatchObject([{ match: [] }]);
});

test('a host’s network file: address and gateway, comments left out', () => {
  expect(
    parseNetworkFile('# Address=9.9.9.9/8\n[Match]\nName=vlan101\n\n[Network]\nAddress=10.200.1.2/24\nGateway=10.200.1.1\n'),
  ).toEqual({
    name: 'vlan101',
    addresses: [{ address: parseIpv4('10.200.1.2'), bits: 24 }],
    gateway: parseIpv4('10.200.1.1'),
    routes: [],
  });
});

test('a gateway in a [Route] section counts only for the default route', () => {
  const route = (more: string) =>
    parseNetworkFile(`[Match]\nName=e\n[Network]\nAddress=10.0.0.2/24\n[Route]\nGateway=10.0.0.1\n${more}`).gateway;
  expect(route('')).toBe(parseIpv4('10.0.0.1'));
  expect(route('Destination=0.0.0.0/0\n')).toBe(parseIpv4('10.0.0.1'));
  expect(route('Destination=10.9.0.0/16\n')).toBeUndefined();
});

test('the VLAN of a .netdev file; other kinds have none', () => {
  expect(parseVlan('# x\n[NetDev]\nName=line-1\nKind=vlan\nMTUBytes=8500\n\n[VLAN]\nId=301\n')).toEqual({
    name: 'line-1',
    id: 301,
  });
  expect(parseVlan('[NetDev]\nName=vpn-1\nKind=xfrm\n\n[Xfrm]\nInterfaceId=1\n')).toBeUndefined();
});
