/** Hosts of a data centre's racks, in a diff. */
import { diffText, placesThatChange } from '../../../../lib/review/diff';
import { changed, ofKind, sides, told } from './sides';

const IDC = 'regions/beijing.yaml';

test('a data centre that is the same on both sides says nothing', () => {
  expect(changed()).toEqual({ meanings: [], userData: [] });
});

test('of a rack that is removed, its hosts go; its gateway, its routes and what BGP tells of it go too', () => {
  const places = changed([IDC, /\n {2}a02: .*/, '']);
  expect(ofKind(places, 'host-goes')).toMatchObject({
    severity: 'replaced',
    stack: 'beijing/rack-a02',
    what: 'go: beijing/rack-a02, the whole rack, which is no longer described; nobody switches them off for you',
    hosts: ['beijing-a02-1', 'beijing-a02-2'],
    pace: 'when applied',
    details: [
      'beijing-a02-1  10.200.2.2/24; containers 172.20.32.0/24; ports eno1 at a02-sw1, eno2 at a02-sw2',
      'beijing-a02-2  10.200.2.3/24; containers 172.20.33.0/24; ports eno1 at a02-sw1, eno2 at a02-sw2',
    ],
  });
  expect(told(places)).toEqual([
    'beijing/rack-a02: go: beijing/rack-a02, the whole rack, which is no longer described; nobody switches them off for you',
    'beijing/r1: ~ BGP 169.254.100.2 <-> 169.254.100.1 of us-east-1, AS 64600 (leased line beijing--us-east-1/line): is told no longer 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r1: ~ BGP 10.200.255.1 <-> 10.200.255.2, AS 65010 (router r2): takes no longer 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r2: - vlan102 10.200.2.1/24, VLAN 102 on bond0, MTU 9000 (gateway of rack a02)',
    "beijing/r2: 2 routes to hosts' containers go",
    'beijing/r2: - 172.20.32.0/19 no longer -> dropped (ranges of rack a02 that no host has)',
    'beijing/r2: ~ BGP no longer tells of 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r2: ~ BGP 169.254.21.2 <-> 169.254.21.1 of us-east-1, AS 64601 (tunnel 1 of VPN beijing--us-east-1/fallback): is told no longer 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r2: ~ BGP 169.254.22.2 <-> 169.254.22.1 of us-east-1, AS 64601 (tunnel 2 of VPN beijing--us-east-1/fallback): is told no longer 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r2: ~ BGP 10.200.255.2 <-> 10.200.255.1, AS 65010 (router r1): is told no longer 10.200.2.0/24, 172.20.32.0/19',
    'beijing/r2: ~ packet filter: 7 changes',
  ]);
  const text = diffText({ stacks: [], ...places });
  expect(text).toContain('2 hosts go, when applied: beijing/rack-a02, the whole rack');
  expect(text).toMatch(/\n2 hosts gone, .*1 data centre differs when the files are applied\n$/);
});

test('a host that comes is told with its address, containers and cables; no other host changes', () => {
  const places = changed([IDC, 'hosts: 3', 'hosts: 4']);
  expect(ofKind(places, 'host-comes')).toMatchObject({
    severity: 'addition',
    hosts: ['beijing-a01-4'],
    details: ['beijing-a01-4  10.200.1.5/24; containers 172.20.3.0/24; ports eno1 at a01-sw1, eno2 at a01-sw2'],
  });
  expect(told(places)).toEqual([
    'beijing/r1: + 172.20.3.0/24 -> 10.200.1.5 (containers of beijing-a01-4)',
    'beijing/rack-a01: come: beijing/rack-a01',
  ]);
  expect(places.userData).toEqual([]);
});

test('a host that its rack no longer counts goes, and its rack stays', () => {
  const places = changed([IDC, 'hosts: 3', 'hosts: 2']);
  const { what, hosts } = ofKind(places, 'host-goes');
  expect(diffText({ stacks: [], ...places })).toContain('1 host goes, when applied: beijing/rack-a01, which');
  expect([what, hosts]).toEqual([
    'go: beijing/rack-a01, which no longer counts them; nobody switches them off for you',
    ['beijing-a01-3'],
  ]);
});

test('another subnet of a rack is another address of each host, and of its gateway', () => {
  const places = changed([IDC, 'subnet: 10.200.2.0/24', 'subnet: 10.200.3.0/24']);
  expect(ofKind(places, 'host-address')).toMatchObject({
    severity: 'interrupted',
    details: [
      'beijing-a02-1: address 10.200.2.2/24 -> 10.200.3.2/24; gateway 10.200.2.1 -> 10.200.3.1',
      'beijing-a02-2: address 10.200.2.3/24 -> 10.200.3.3/24; gateway 10.200.2.1 -> 10.200.3.1',
    ],
  });
  expect(told(places)).toContain('beijing/r2: ~ vlan102 (gateway of rack a02): address 10.200.2.1/24 -> 10.200.3.1/24');
  expect(told(places)).toContain("beijing/r2: 2 routes to hosts' containers lead elsewhere");
});

test('another container range of a rack is another one of each host', () => {
  const { details } = ofKind(changed([IDC, 'containers: 172.20.32.0/19', 'containers: 172.20.64.0/19']), 'host-containers');
  expect(details).toEqual([
    'beijing-a02-1: containers 172.20.32.0/24 -> 172.20.64.0/24',
    'beijing-a02-2: containers 172.20.33.0/24 -> 172.20.65.0/24',
  ]);
});

test.each([
  ['VLAN', 'vlan: 102', 'vlan: 112', 'VLAN 102 -> 112'],
  ['mode of the bond', 'hosts: 2', 'hosts: 2, bond: { mode: active-backup }', 'bond 802.3ad -> active-backup'],
  ['port', 'hosts: 2', 'hosts: 2, bond: { interfaces: [eno1, eno3] }', 'ports eno1, eno2 -> eno1, eno3'],
])('another %s of a rack is told once for all of its hosts', (_what, from, to, words) => {
  const places = changed([IDC, from, to]);
  const { what, hosts } = ofKind(places, 'host-interfaces');
  expect(what).toBe(`get other interfaces: ${words}`);
  expect(hosts).toEqual(['beijing-a02-1', 'beijing-a02-2']);
  expect(told(places).filter((line) => line.includes('network files'))).toEqual([]);
});

test('another MTU is told of the hosts of every rack in one line', () => {
  const text = diffText({ stacks: [], ...changed([IDC, 'asn: 65010', 'asn: 65010\nmtu: 8500']) });
  expect(text).toContain(
    '5 hosts get other interfaces, when applied: MTU 9000 -> 8500\n      beijing-a01-1..3; beijing-a02-1, 2\n',
  );
});

test('a cable that goes to another switch is told port by port', () => {
  const places = changed([IDC, 'hosts: 2', 'hosts: 2, bond: { switches: [a02-sw1, b07-sw9] }']);
  expect(told(places)).toEqual(['beijing/rack-a02: are cabled otherwise: eno2 a02-sw2 -> b07-sw9']);
});

test('a host that moves in its rack is told', () => {
  const places = changed([IDC, '"12-13"', '"14-15"']);
  expect(told(places)).toEqual(['beijing/rack-a01: get another place in the rack: unit 12-13 -> 14-15']);
  expect(diffText({ stacks: [], ...places })).toContain(
    '1 host gets another place in the rack, when applied: unit 12-13 -> 14-15',
  );
});

test('a data centre that is no longer described goes with all that is in it, and one that is new comes', () => {
  const [goes, comes] = [placesThatChange(sides(), []), placesThatChange([], sides())];
  expect(new Set(goes.meanings.map(({ kind }) => kind))).toEqual(new Set(['host-goes', 'router-goes', 'file-goes']));
  expect(new Set(comes.meanings.map(({ kind }) => kind))).toEqual(new Set(['host-comes', 'router-comes', 'file-comes']));
});
