import { addNat, addRegion, addRoute, Cloud, ref, stop } from './clouds';

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
});

test('hosts of a VPC reach each other by the local route', () => {
  const answer = cloud.ask('r1-h-1', 'r1-h-2');
  expect(answer).toMatchObject({ yes: true, ports: ['all'] });
  expect(answer.forward.map((h) => h.words)).toContain('10.1.0.0/16 is local');
  expect(answer.back.length).toBeGreaterThan(0);
});

test('containers reach containers by the routes to their hosts, with the check off on both', () => {
  const answer = cloud.ask('r1-h-1:container', 'r1-h-2:container');
  expect(answer.yes).toBe(true);
  expect(answer.forward.some((h) => h.from?.logicalId === 'M2RouteMain')).toBe(true);
  expect(answer.back.some((h) => h.from?.logicalId === 'M1RouteMain')).toBe(true);
});

test('a sender with the check on sends only from addresses that it owns', () => {
  cloud.set('r1/all', 'M1Interface', { SourceDestCheck: true });
  const answer = cloud.ask('r1-h-1:container', 'r1-h-2');
  expect(answer.code).toBe('SOURCE_CHECK');
  expect(stop(answer)).toMatchObject({ where: 'r1-h-1', from: { stack: 'r1/all', logicalId: 'M1Interface' } });
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
});

test('a receiver with the check on takes only what is sent to addresses that it owns', () => {
  cloud.set('r1/all', 'M2Interface', { SourceDestCheck: true });
  expect(cloud.ask('r1-h-1', 'r1-h-2:container').code).toBe('DESTINATION_CHECK');
});

test('the check is on where the template does not say', () => {
  delete cloud.at('r1/all', 'M2Interface').Properties.SourceDestCheck;
  expect(cloud.ask('r1-h-1', 'r1-h-2:container').code).toBe('DESTINATION_CHECK');
});

test('a delegated prefix is owned: its containers pass with the check on', () => {
  for (const k of [1, 2])
    cloud
      .set('r1/all', `M${k}Interface`, { SourceDestCheck: true, Ipv4PrefixCount: 1 })
      .drop('r1/all', `M${k}RouteMain`)
      .drop('r1/all', `M${k}RouteAttachment`);
  const answer = cloud.ask('r1-h-1:container', 'r1-h-2:container');
  expect(answer.yes).toBe(true);
  expect(answer.forward.map((h) => h.words)).toContain('10.1.0.0/16 is local');
});

test('the longest prefix wins', () => {
  addRoute(cloud, 1, 'Wide', '172.16.0.0/16', { NetworkInterfaceId: ref('M1Interface') });
  expect(cloud.ask('r1-h-1', 'r1-h-2:container').yes).toBe(true);
  addRoute(cloud, 1, 'Narrow', '172.16.2.0/25', { NetworkInterfaceId: ref('M1Interface') });
  const answer = cloud.ask('r1-h-2', '172.16.2.2');
  expect(answer.forward.some((h) => h.from?.logicalId === 'Narrow')).toBe(true);
});

test('the local route wins over a route inside the VPC that is not a whole subnet', () => {
  addRoute(cloud, 1, 'Part', '10.1.2.0/28', { NetworkInterfaceId: ref('M1Interface') });
  expect(cloud.ask('r1-h-1', 'r1-h-2').forward.map((h) => h.words)).toContain('10.1.0.0/16 is local');
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'Part', message: expect.stringContaining('whole subnet') }),
  );
});

test('a route to a whole subnet of the VPC wins over the local route', () => {
  addRoute(cloud, 1, 'Whole', '10.1.2.0/24', { NetworkInterfaceId: ref('M1Interface') });
  const answer = cloud.ask('r1-h-1', 'r1-h-2');
  expect(answer.code).toBe('NOT_ITS_CONTAINER');
  expect(answer.forward.some((h) => h.from?.logicalId === 'Whole')).toBe(true);
});

test('an address that no interface owns is nobody’s', () => {
  expect(cloud.ask('r1-h-1', '10.1.2.99').code).toBe('NO_OWNER');
});

test('a table without a route drops, and the hop names it', () => {
  cloud.drop('r1/all', 'M2RouteMain');
  const answer = cloud.ask('r1-h-1', 'r1-h-2:container');
  expect(answer.code).toBe('NO_ROUTE');
  expect(stop(answer)?.where).toBe('r1 route table Main');
});

test('a subnet without an association has the main table, which is local only', () => {
  cloud.drop('r1/all', 'AssociationMembersA');
  expect(cloud.ask('r1-h-1', 'r1-h-2').yes).toBe(true);
  const answer = cloud.ask('r1-h-1', 'r1-h-2:container');
  expect(answer.code).toBe('NO_ROUTE');
  expect(stop(answer)?.where).toContain('no association');
  expect(cloud.read().faults).toEqual([expect.objectContaining({ where: 'r1/all', what: 'SubnetMembersA' })]);
});

test('the reply needs its own way back', () => {
  addRoute(cloud, 1, 'Away', '172.16.1.0/25', { NetworkInterfaceId: ref('M2Interface') });
  const answer = cloud.ask('r1-h-1:container', 'r1-h-2');
  expect(answer.yes).toBe(false);
  expect(answer.forward.every((h) => h.passes)).toBe(true);
  expect(answer.reason).toContain('the reply does not come back');
});

test('a range is the containers of the host that most tables send it to; another one is a fault', () => {
  cloud.set('r1/all', 'M2RouteMain', { NetworkInterfaceId: ref('M1Interface') });
  cloud.add('r1/all', 'RouteTableThird', 'AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
  cloud.add('r1/all', 'M2RouteThird', 'AWS::EC2::Route', {
    RouteTableId: ref('RouteTableThird'),
    DestinationCidrBlock: '172.16.2.0/24',
    NetworkInterfaceId: ref('M2Interface'),
  });
  const answer = cloud.ask('r1-h-1', 'r1-h-2:container');
  expect(answer.code).toBe('NOT_ITS_CONTAINER');
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'M2RouteMain', message: expect.stringContaining('r1-h-2') }),
  );
});

test('without an instance nobody answers', () => {
  cloud.drop('r1/all', 'M2Instance');
  expect(cloud.ask('r1-h-1', 'r1-h-2').code).toBe('HOST_ABSENT');
});

test('a route whose interface is in no template leads to nothing, and is a fault', () => {
  cloud.set('r1/all', 'M2RouteMain', { NetworkInterfaceId: ref('M9Interface') });
  const answer = cloud.ask('r1-h-1', 'r1-h-2:container');
  expect(answer.code).toBe('ROUTE_TO_NOTHING');
  expect(stop(answer)?.words).toContain('r1/all has no resource M9Interface');
  expect(cloud.read().faults).toContainEqual(expect.objectContaining({ where: 'r1/all', what: 'M2RouteMain' }));
});

describe('the internet', () => {
  beforeEach(() => {
    addNat(cloud, 1);
  });

  test('is reached through a NAT gateway from addresses of the VPC', () => {
    expect(cloud.ask('r1-h-1', '8.8.8.8').yes).toBe(true);
    expect(cloud.ask('r1-h-1:container', '8.8.8.8').code).toBe('NAT_FOREIGN_SOURCE');
  });

  test('does not reach back in', () => {
    expect(cloud.ask('8.8.8.8', 'r1-h-1').code).toBe('NO_PUBLIC_ADDRESS');
    expect(cloud.ask('192.168.7.7', 'r1-h-1').code).toBe('NO_SUCH_HOST');
  });

  test('has nobody of the estate: a default route is no way to another region', () => {
    addRegion(cloud, 2);
    expect(cloud.ask('r1-h-1', 'r2-h-1').code).toBe('LEAVES_ESTATE');
    expect(cloud.ask('r1-h-1', '192.168.7.7').code).toBe('LEAVES_ESTATE');
  });
});
