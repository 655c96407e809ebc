/** Routers of a data centre, in a diff: from the description, and from files that say otherwise than they should. */
import { changed, editedFile, ofKind, told } from './sides';

const IDC = 'regions/beijing.yaml';
const ESTATE = 'regions/estate.yaml';
const FRR = 'routers/r1/frr.conf';

const LINE = 'BGP 169.254.100.2 <-> 169.254.100.1 of us-east-1, AS 64600 (leased line beijing--us-east-1/line)';

test('another address of a router is told at both ends of its sessions, and that they start anew', () => {
  expect(told(changed([IDC, 'r1: { address: 10.200.0.1', 'r1: { address: 10.200.0.9']))).toEqual([
    'beijing/r1: ~ lo (r1 itself): address 10.200.0.1/32 -> 10.200.0.9/32',
    'beijing/r1: ~ BGP: router id 10.200.0.1 -> 10.200.0.9: every session of this router starts anew',
    'beijing/r1: ~ BGP begins to tell of 10.200.0.9/32',
    'beijing/r1: ~ BGP no longer tells of 10.200.0.1/32',
    'beijing/r1: ~ BGP 10.200.255.1 <-> 10.200.255.2, AS 65010 (router r2): is told from now on 10.200.0.9/32; no longer 10.200.0.1/32',
    'beijing/r2: ~ BGP 10.200.255.2 <-> 10.200.255.1, AS 65010 (router r1): takes from now on 10.200.0.9/32; no longer 10.200.0.1/32',
  ]);
});

test('another address on the core network is another address of the same neighbour', () => {
  expect(told(changed([IDC, 'core: 10.200.255.2,', 'core: 10.200.255.7,']))).toEqual([
    'beijing/r1: ~ BGP 10.200.255.1 <-> 10.200.255.7, AS 65010 (router r2): its address 10.200.255.2 -> 10.200.255.7',
    'beijing/r2: ~ vlan2 (joins the routers of the data centre): address 10.200.255.2/28 -> 10.200.255.7/28',
    'beijing/r1: ~ routers/r1/nftables.conf',
  ]);
});

test('another AS number of the data centre is told of each of its routers', () => {
  const said = told(changed([IDC, 'asn: 65010', 'asn: 65020']));
  for (const router of ['r1', 'r2'])
    expect(said).toContain(`beijing/${router}: ~ BGP: AS 65010 -> 65020: every session of this router starts anew`);
});

test('a leased line that goes takes its port, its interface and its session with it', () => {
  const places = changed([ESTATE, /\n {2}line:\n(?: {4}.*\n)+/, '\n']);
  expect(told(places)).toEqual(
    expect.arrayContaining([
      'beijing/r1: - line-1 169.254.100.2/30, VLAN 301 on eno5, MTU 8500 (leased line beijing--us-east-1/line)',
      'beijing/r1: - port eno5 carries nothing any more',
      `beijing/r1: - ${LINE}`,
    ]),
  );
});

test('another VLAN of a leased line, and another preference of it, are told with the line and both its ends', () => {
  expect(told(changed([ESTATE, 'vlan: 301', 'vlan: 302']))).toEqual([
    'beijing/r1: ~ line-1 (leased line beijing--us-east-1/line): VLAN 301 -> 302',
  ]);
  expect(told(editedFile(FRR, 'set local-preference 200', 'set local-preference 50'))).toEqual([
    `beijing/r1: ~ ${LINE}: preference 200 -> 50`,
  ]);
});

test('a leased line that is cabled to another port is told with both ports', () => {
  expect(told(changed([ESTATE, 'vlan: 301', 'vlan: 301\n    interface: eno6']))).toEqual([
    'beijing/r1: ~ line-1 (leased line beijing--us-east-1/line): port eno5 -> eno6',
    'beijing/r1: - port eno5 carries nothing any more',
    'beijing/r1: + port eno6 is cabled, MTU 8500',
  ]);
});

test('a line that carries less is told at every router that took it, or was told of it', () => {
  const said = told(changed([ESTATE, /(line:\n(?: {4}.*\n)*? {4}carries: )\[hosts, containers\]/, '$1[hosts]']));
  expect(said).toEqual([
    `beijing/r1: ~ ${LINE}: takes no longer 172.16.0.0/16`,
    'beijing/r1: ~ BGP 10.200.255.1 <-> 10.200.255.2, AS 65010 (router r2): is told no longer 172.16.0.0/16',
    'beijing/r2: ~ BGP 10.200.255.2 <-> 10.200.255.1, AS 65010 (router r1): takes no longer 172.16.0.0/16',
  ]);
});

test('the address of the cloud’s end of a tunnel, and another one here', () => {
  expect(
    told(changed([ESTATE, 'keyName: vpn/us-east-1', 'keyName: vpn/us-east-1\n    outside: [203.0.113.77, 203.0.113.78]'])),
  ).toEqual([
    'beijing/r2: ~ tunnel vpn-1 (VPN beijing--us-east-1/fallback): 6 settings',
    'beijing/r2: + tunnel vpn-2 (VPN beijing--us-east-1/fallback)',
    'beijing/r2: ~ routers/r2/nftables.conf',
  ]);
  const { details } = ofKind(changed([IDC, 'public: 203.0.113.10', 'public: 203.0.113.99']), 'tunnel-changes');
  expect(details).toEqual(['public address here 203.0.113.10 -> 203.0.113.99', 'local.id 203.0.113.10 -> 203.0.113.99']);
});

test('without BFD a dead line is seen when its hold time has passed', () => {
  expect(told(editedFile(FRR, / neighbor \S+ bfd\n neighbor \S+ bfd profile \S+\n/, ''))).toEqual([
    `beijing/r1: ~ ${LINE}: a dead peer is seen after 90 s (hold time), not after 0.9 s (BFD, 300 ms x 3)`,
  ]);
});

test('BFD at another pace is another time', () => {
  expect(told(editedFile(FRR, 'detect-multiplier 3', 'detect-multiplier 10'))).toEqual([
    `beijing/r1: ~ ${LINE}: a dead peer is seen after 3 s (BFD, 300 ms x 10), not after 0.9 s (BFD, 300 ms x 3)`,
  ]);
});

test('a prefix that a cloud is told no longer', () => {
  expect(told(editedFile(FRR, /ip prefix-list line-1-out seq 10 .*\n/, ''))).toEqual([
    `beijing/r1: ~ ${LINE}: is told no longer 172.20.0.0/16`,
  ]);
});

test('a prefix that is taken in all its lengths is not the prefix itself', () => {
  expect(told(editedFile(FRR, 'line-1-in seq 5 permit 10.1.0.0/16', 'line-1-in seq 5 permit 10.1.0.0/16 le 32'))).toEqual([
    `beijing/r1: ~ ${LINE}: takes from now on 10.1.0.0/16 le 32; no longer 10.1.0.0/16`,
  ]);
});

test('a neighbour without a filter takes everything', () => {
  const places = editedFile(FRR, / {2}neighbor 169.254.100.1 route-map line-1-in in\n/, '');
  const { details } = ofKind(places, 'bgp-neighbor-changes');
  expect(details).toContain('takes everything from now on: nothing filters it any more');
  expect(told(places).join('\n')).toContain('routers/r1/frr.conf');
});

test('a route that leads elsewhere', () => {
  expect(told(editedFile(FRR, 'ip route 172.20.1.0/24 10.200.1.3', 'ip route 172.20.1.0/24 blackhole'))).toEqual([
    'beijing/r1: ~ 172.20.1.0/24 10.200.1.3 -> dropped (containers of beijing-a01-2)',
  ]);
});

test('what no rule explains is told line by line as it stands', () => {
  const sysctl = editedFile('routers/r1/sysctl.conf', 'net.ipv4.ip_forward = 1', 'net.ipv4.ip_forward = 0');
  expect(sysctl.meanings).toEqual([
    expect.objectContaining({
      kind: 'file-changes',
      severity: 'network',
      stack: 'beijing/r1',
      what: '~ routers/r1/sysctl.conf',
      details: ['- net.ipv4.ip_forward = 1', '+ net.ipv4.ip_forward = 0'],
    }),
  ]);
  const { details } = ofKind(editedFile(FRR, 'no bgp default ipv4-unicast', 'bgp default ipv4-unicast'), 'file-changes');
  expect(details).toEqual(['- router bgp 65010 / no bgp default ipv4-unicast', '+ router bgp 65010 / bgp default ipv4-unicast']);
});

test('a comment alone is nothing that anybody notices, and is told', () => {
  expect(editedFile('routers/r1/daemons', /# FRR.*/, '# other').meanings).toEqual([
    expect.objectContaining({ kind: 'file-changes', severity: 'cosmetic', stack: 'beijing/r1' }),
  ]);
});
