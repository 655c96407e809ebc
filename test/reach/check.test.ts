/** Questions about the whole World, on worlds with one thing wrong in each. */

import { checkWorld } from '../../lib/reach/check/check';
import type { Remark } from '../../lib/reach/check/remark';
import { namesIn } from '../../lib/reach/read/frr-names';
import { addNat, addRegion, addRoute, Cloud, joined, peered, ref } from './clouds';

const said = (cloud: Cloud) =>
  checkWorld(cloud.read()).map(({ code, where, what, message }: Remark) => `${code} ${where} ${what}: ${message}`);
let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
});

test('a world where all is in order has nothing to say', () => {
  addNat(cloud, 1);
  expect(said(cloud)).toEqual([]);
  expect(said(peered())).toEqual([]);
  expect(said(joined())).toEqual([]);
});

describe('unused', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['Group', 'SecurityGroup', {}, 'security group Group is on no interface, and no rule names it'],
    ['RouteTableOther', 'RouteTable', {}, 'route table Other is of no subnet'],
    ['NetworkAclOther', 'NetworkAcl', {}, 'network ACL Other is of no subnet'],
    [
      'NatB',
      'NatGateway',
      { SubnetId: ref('SubnetMembersA'), AllocationId: 'eipalloc-1' },
      'no route leads to the NAT gateway B',
    ],
  ])('%s', (id, type, more, words) => {
    cloud.add('r1/all', id, `AWS::EC2::${type}`, { ...(type === 'NatGateway' ? {} : { VpcId: ref('Vpc') }), ...more });
    expect(said(cloud)).toEqual([`REACH_UNUSED r1/all ${id}: ${words}`]);
  });

  test('a group that a rule names is used', () => {
    cloud.add('r1/all', 'Group', 'AWS::EC2::SecurityGroup', { VpcId: ref('Vpc') });
    cloud.add('r1/all', 'Rule', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: ref('SecurityGroupHosts'),
      IpProtocol: '-1',
      SourceSecurityGroupId: ref('Group'),
    });
    expect(said(cloud)).toEqual([]);
  });

  test('a peering that no route leads over, at either end', () => {
    const two = peered();
    two.drop('r1/all', 'RouteR2');
    expect(said(two)).toEqual([]);
    two.drop('r2/all', 'RouteR1');
    expect(said(two)).toEqual(['REACH_UNUSED r1/all Peering2: no route leads over the peering']);
  });
});

test('what is named and isn’t there is said once, with what then is lost', () => {
  cloud.set('r1/all', 'M2RouteMain', { NetworkInterfaceId: ref('M9Interface') });
  const found = said(cloud);
  expect(found[0]).toBe('REACH_FAULT r1/all M2RouteMain: r1/all has no resource M9Interface');
  expect(found.slice(1)).toEqual([expect.stringMatching(/^REACH_BLACKHOLE r1\/all M2RouteMain: .* leads to nothing/)]);
});

test('a circle of transit gateways is found at a range that no host has', () => {
  const two = joined();
  for (const [own, id] of [
    [1, 'Request2'],
    [2, 'Accept1'],
  ] as const)
    two.add(`r${own}/all`, 'Circle', 'AWS::EC2::TransitGatewayRoute', {
      TransitGatewayRouteTableId: ref('Table'),
      DestinationCidrBlock: '10.77.0.0/16',
      TransitGatewayAttachmentId: ref(id),
    });
  expect(said(two)).toEqual([]);
  addRoute(two, 1, 'Lost', '10.77.0.0/16', { TransitGatewayId: ref('Gateway') });
  expect(said(two)).toEqual([
    expect.stringMatching(/^REACH_LOOP r\d\/all Gateway: r1-h-1 -> 10\.77\.0\.0\/16: .*goes round in a circle$/),
  ]);
});

test('a NAT gateway whose subnet has no way out is one remark, not one a host', () => {
  addNat(cloud, 1);
  cloud.drop('r1/all', 'RoutePublic');
  expect(said(cloud)).toEqual([expect.stringMatching(/^REACH_BLACKHOLE r1\/all NatA: r1-h-1 -> internet: .*has no route to/)]);
});

test('names of a router’s lists and maps', () => {
  const text = `
ip prefix-list used seq 5 permit 10.0.0.0/8
ip prefix-list idle seq 5 permit 10.0.0.0/8
ip prefix-list idle seq 10 permit 10.1.0.0/16
bgp as-path access-list long permit _1_
route-map in permit 10
 match ip address prefix-list used
 match ip address prefix-list gone
exit
route-map never permit 10
exit
bfd
 profile fast
 exit
 profile slow
 exit
router bgp 65000
 neighbor fabric peer-group
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.1 bfd profile fast
 address-family ipv4 unicast
  neighbor 10.0.0.1 route-map in in
  neighbor 10.0.0.1 route-map out out
`;
  const words = (list: readonly { kind: string; name: string; line: number }[]) =>
    list.map(({ kind, name, line }) => `${line} ${kind} ${name}`);
  const { unused, missing } = namesIn(text);
  expect(words(unused)).toEqual([
    '3 prefix list idle',
    '5 AS path list long',
    '10 route-map never',
    '15 BFD profile slow',
    '18 peer group fabric',
  ]);
  expect(words(missing)).toEqual(['8 prefix list gone', '23 route-map out']);
});
