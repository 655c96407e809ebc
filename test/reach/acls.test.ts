/** Network ACLs: rules without memory at the edges of subnets. */
import { reachMatrix } from '../../lib/reach/matrix';
import { addNat, addRegion, Cloud, joined, ref, stop } from './clouds';

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
});

type Entry = [
  number: number,
  direction: 'in' | 'out',
  action: 'allow' | 'deny',
  protocol: number,
  range: string,
  ports?: [number, number],
];

/** An ACL of subnet `Members<letter>` with entries. */
function acl(letter: string, entries: Entry[], subnet = `Members${letter}`): void {
  cloud.add('r1/all', `NetworkAcl${letter}`, 'AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') });
  cloud.add('r1/all', `Bind${letter}`, 'AWS::EC2::SubnetNetworkAclAssociation', {
    SubnetId: ref(`Subnet${subnet}`),
    NetworkAclId: ref(`NetworkAcl${letter}`),
  });
  for (const [RuleNumber, direction, RuleAction, Protocol, CidrBlock, ports] of entries)
    cloud.add('r1/all', `Entry${letter}${direction}${RuleNumber}`, 'AWS::EC2::NetworkAclEntry', {
      NetworkAclId: ref(`NetworkAcl${letter}`),
      RuleNumber,
      Egress: direction === 'out',
      RuleAction,
      Protocol,
      CidrBlock,
      ...(ports === undefined ? {} : { PortRange: { From: ports[0], To: ports[1] } }),
    });
}

const OPEN: Entry[] = [
  [100, 'in', 'allow', -1, '0.0.0.0/0'],
  [100, 'out', 'allow', -1, '0.0.0.0/0'],
];
const https = { protocol: 'tcp', port: 443 } as const;

test('one that lets all pass changes nothing', () => {
  acl('B', OPEN);
  expect(cloud.ask('r1-h-1', 'r1-h-2')).toMatchObject({ yes: true, ports: ['all'] });
});

test('one without entries refuses all, and says which way', () => {
  acl('B', []);
  const answer = cloud.ask('r1-h-1', 'r1-h-2');
  expect(answer.code).toBe('NETWORK_ACL');
  expect(stop(answer)).toMatchObject({ where: 'network ACL B of subnet MembersB', from: { logicalId: 'NetworkAclB' } });
  expect(answer.reason).toContain('has no entry for what goes in there');
});

test('lets in the ports of its entries, and the answer names them', () => {
  acl('B', [
    [100, 'in', 'allow', 6, '10.1.0.0/16', [443, 443]],
    [100, 'out', 'allow', 6, '0.0.0.0/0', [1024, 65535]],
  ]);
  expect(cloud.ask('r1-h-1', 'r1-h-2')).toMatchObject({ yes: true, ports: ['443/tcp'] });
  expect(cloud.ask('r1-h-1', 'r1-h-2', https).yes).toBe(true);
  const other = cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 22 });
  expect(other).toMatchObject({ code: 'NETWORK_ACL', reason: expect.stringContaining('lets in only 443/tcp') });
});

test('a reply needs an entry of its own, for all ports that a host calls from', () => {
  acl('B', [
    [100, 'in', 'allow', 6, '0.0.0.0/0', [443, 443]],
    [100, 'out', 'allow', 6, '0.0.0.0/0', [443, 443]],
  ]);
  const answer = cloud.ask('r1-h-1', 'r1-h-2', https);
  expect(answer.code).toBe('NETWORK_ACL');
  expect(answer.reason).toMatch(/^the reply does not come back: network ACL B of subnet MembersB: .*32768-60999/);
  cloud.set('r1/all', 'EntryBout100', { PortRange: { From: 32768, To: 60000 } });
  expect(cloud.ask('r1-h-1', 'r1-h-2', https).code).toBe('NETWORK_ACL');
  cloud.set('r1/all', 'EntryBout100', { PortRange: { From: 32768, To: 60999 } });
  expect(cloud.ask('r1-h-1', 'r1-h-2', https).yes).toBe(true);
});

test('the sender’s own edge must let the reply in', () => {
  acl('A', [
    [100, 'out', 'allow', -1, '0.0.0.0/0'],
    [100, 'in', 'allow', 6, '0.0.0.0/0', [22, 22]],
  ]);
  const answer = cloud.ask('r1-h-1', 'r1-h-2', https);
  expect(answer.reason).toContain('network ACL A of subnet MembersA: does not let in replies');
});

test('the lowest number decides, whatever comes behind', () => {
  acl('B', [[90, 'in', 'deny', 6, '10.1.1.0/24', [0, 1023]], ...OPEN]);
  expect(cloud.ask('r1-h-1', 'r1-h-2', https).code).toBe('NETWORK_ACL');
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'tcp', port: 8080 }).yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'udp', port: 443 }).yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r1-h-2').ports).toContain('1024-65535/tcp');
});

test('of ICMP a ping goes in and its answer out', () => {
  acl('B', [
    [100, 'in', 'allow', 1, '0.0.0.0/0'],
    [100, 'out', 'allow', 1, '0.0.0.0/0'],
  ]);
  cloud.set('r1/all', 'EntryBin100', { Icmp: { Type: 8, Code: -1 } });
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'icmp' }).yes).toBe(true);
  cloud.set('r1/all', 'EntryBout100', { Icmp: { Type: 3, Code: 4 } });
  expect(cloud.ask('r1-h-1', 'r1-h-2', { protocol: 'icmp' }).code).toBe('NETWORK_ACL');
});

test('is not asked within a subnet', () => {
  acl('A', []);
  cloud.set('r1/all', 'M2Interface', { SubnetId: ref('SubnetMembersA'), PrivateIpAddress: '10.1.1.12' });
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
});

test('hosts of one place in several subnets with one ACL are not alike: within theirs they pass', () => {
  acl('A', []);
  cloud.set('r1/all', 'BindA', { SubnetId: ref('SubnetMembersB') });
  cloud.add('r1/all', 'BindToo', 'AWS::EC2::SubnetNetworkAclAssociation', {
    SubnetId: ref('SubnetMembersA'),
    NetworkAclId: ref('NetworkAclA'),
  });
  expect(cloud.ask('r1', 'r1').code).toBe('NETWORK_ACL');
});

test('is not asked for what the cloud answers each host itself', () => {
  acl('A', []);
  expect(cloud.ask('r1-h-1', 'resolver').yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'metadata').yes).toBe(true);
});

test('stands on the way of the matrix too', () => {
  acl('B', []);
  const { classes, cells } = reachMatrix(cloud.read());
  const at = (name: string) => classes.findIndex((one) => one.members.some((member) => member.name === name));
  expect(cells[at('r1-h-1')]![at('r1-h-2')]).toEqual({ yes: false, code: 'NETWORK_ACL' });
});

describe('around a NAT gateway', () => {
  beforeEach(() => addNat(cloud, 1));

  test('the gateway’s subnet lets hosts’ packets in and out again, and replies to any port that it calls from', () => {
    acl('P', OPEN, 'PublicA');
    expect(cloud.ask('r1-h-1', 'internet').yes).toBe(true);
    cloud.set('r1/all', 'EntryPin100', { CidrBlock: '10.1.0.0/16' });
    const answer = cloud.ask('r1-h-1', 'internet', https);
    expect(answer.code).toBe('NETWORK_ACL');
    expect(answer.reason).toContain('the reply does not come back: network ACL P of subnet PublicA');
    cloud.add('r1/all', 'Replies', 'AWS::EC2::NetworkAclEntry', {
      NetworkAclId: ref('NetworkAclP'),
      RuleNumber: 200,
      Egress: false,
      RuleAction: 'allow',
      Protocol: 6,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 32768, To: 60999 },
    });
    expect(cloud.ask('r1-h-1', 'internet', https).reason).toContain('1024-65535');
    cloud.set('r1/all', 'Replies', { PortRange: { From: 1024, To: 65535 } });
    expect(cloud.ask('r1-h-1', 'internet', https).yes).toBe(true);
  });

  test('the hosts’ own subnet lets the reply in', () => {
    acl('A', [
      [100, 'out', 'allow', -1, '0.0.0.0/0'],
      [100, 'in', 'allow', -1, '10.0.0.0/8'],
    ]);
    expect(cloud.ask('r1-h-1', 'internet', https).reason).toContain(
      'network ACL A of subnet MembersA: has no entry for what goes in there',
    );
  });
});

test('attachment subnets have edges on both ways', () => {
  cloud = joined();
  for (const letter of ['A', 'B']) acl(letter, OPEN, `Attachment${letter}`);
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
  cloud.drop('r1/all', 'EntryAin100');
  expect(cloud.ask('r1-h-1', 'r2-h-1').reason).toMatch(/^network ACL A of subnet AttachmentA/);
  expect(cloud.ask('r2-h-1', 'r1-h-1').reason).toMatch(/^the reply does not come back: network ACL A of subnet AttachmentA/);
});
