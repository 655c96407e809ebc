import { answer } from '../../lib/reach/answer';
import { withoutNames } from '../../lib/reach/cut';
import { addRegion, addRoute, addTransit, type Cloud, joinByTransit, joined, ref, stop, transitRoute } from './clouds';

const ask = (cloud: Cloud, from: string, to: string, ...names: string[]) => {
  const world = cloud.read();
  return answer(world, from, to, { without: withoutNames(world, names) });
};

test('hosts and containers reach each other over peered transit gateways, both ways', () => {
  for (const [from, to] of [
    ['r1-h-1', 'r2-h-2'],
    ['r1-h-1:container', 'r2-h-2:container'],
    ['r2-h-2', 'r1-h-1:container'],
  ] as const)
    expect(joined().ask(from, to)).toMatchObject({ yes: true });
});

test('in the destination VPC the ATTACHMENT subnet’s table decides', () => {
  const found = joined().ask('r1-h-1', 'r2-h-1:container');
  expect(found.forward.some((h) => h.where === 'r2 route table Attachment' && h.from?.logicalId === 'M1RouteAttachment')).toBe(
    true,
  );
  const cloud = joined().drop('r2/all', 'M1RouteAttachment');
  const refused = cloud.ask('r1-h-1', 'r2-h-1:container');
  expect(refused.code).toBe('NO_ROUTE');
  expect(stop(refused)?.where).toBe('r2 route table Attachment');
  expect(cloud.ask('r2-h-2', 'r2-h-1:container').yes).toBe(true);
});

test('a gateway is reached only from zones where it has a subnet', () => {
  const cloud = joined().set('r1/all', 'VpcAttachment', { SubnetIds: [ref('SubnetAttachmentA')] });
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
  const refused = cloud.ask('r1-h-2', 'r2-h-1');
  expect(refused.code).toBe('ZONE_NOT_ATTACHED');
  expect(refused.reason).toContain('no attachment subnet in r1b');
});

test('a packet from another region must arrive from every attachment subnet', () => {
  const cloud = joined();
  cloud.add('r2/all', 'RouteTableOther', 'AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
  cloud.set('r2/all', 'AssociationAttachmentB', { RouteTableId: ref('RouteTableOther') });
  const refused = cloud.ask('r1-h-1', 'r2-h-1:container');
  expect(stop(refused)?.where).toBe('r2 route table Other');
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
});

test('an attachment without an association is dropped', () => {
  const cloud = joined().drop('r1/all', 'AssociateVpcAttachment');
  expect(cloud.ask('r1-h-1', 'r2-h-1').code).toBe('NOT_ASSOCIATED');
});

test('the peering’s far end needs its association too', () => {
  const refused = joined().drop('r2/all', 'AssociateAccept1').ask('r1-h-1', 'r2-h-1');
  expect(refused.code).toBe('NOT_ASSOCIATED');
  expect(stop(refused)?.where).toBe('r2 transit gateway');
});

test('a peering of gateways that nobody accepts carries nothing, and is a fault', () => {
  const cloud = joined();
  cloud.at('r2/all', 'Accept1').Type = 'Custom::Other';
  expect(cloud.ask('r1-h-1', 'r2-h-1').code).toBe('PEERING_NOT_ACCEPTED');
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'Request2', message: expect.stringContaining('nothing accepts it') }),
  );
});

test('only the other region can accept', () => {
  const cloud = joined();
  const properties = cloud.at('r2/all', 'Accept1').Properties;
  cloud.drop('r2/all', 'Accept1').add('r1/all', 'Accept1', 'Custom::TransitAttachment', properties);
  expect(cloud.read().transitPeerings).toMatchObject([{ accepted: false }]);
});

test('longest prefix in the transit table', () => {
  const cloud = joined();
  transitRoute(cloud, 1, 'Narrow', '10.2.1.0/24', ref('VpcAttachment'));
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(false);
  expect(cloud.ask('r1-h-1', 'r2-h-2').yes).toBe(true);
});

test('a blackhole drops what no longer prefix takes', () => {
  const cloud = joined();
  cloud.add('r1/all', 'Pool', 'AWS::EC2::TransitGatewayRoute', {
    TransitGatewayRouteTableId: ref('Table'),
    DestinationCidrBlock: '10.0.0.0/8',
    Blackhole: true,
  });
  addRoute(cloud, 1, 'Pool10', '10.0.0.0/8', { TransitGatewayId: ref('Gateway') });
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
  const refused = cloud.ask('r1-h-1', '10.77.0.1');
  expect(refused.code).toBe('BLACKHOLE');
  expect(stop(refused)?.from?.logicalId).toBe('Pool');
});

test('static before propagated at the same length', () => {
  const cloud = joined();
  cloud.add('r1/all', 'Propagate', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
    TransitGatewayRouteTableId: ref('Table'),
    TransitGatewayAttachmentId: ref('VpcAttachment'),
  });
  cloud.set('r1/all', 'TransitOwnHosts', { TransitGatewayAttachmentId: ref('Request2') });
  expect(cloud.ask('r2-h-1', 'r1-h-1').yes).toBe(false);
  cloud.drop('r1/all', 'TransitOwnHosts');
  expect(cloud.ask('r2-h-1', 'r1-h-1').yes).toBe(true);
});

test('a peering attachment propagates nothing, and to ask for it is a fault', () => {
  const cloud = joined();
  cloud.add('r1/all', 'Propagate', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
    TransitGatewayRouteTableId: ref('Table'),
    TransitGatewayAttachmentId: ref('Request2'),
  });
  expect(cloud.read().faults).toContainEqual(expect.objectContaining({ what: 'Propagate' }));
});

test('routes that send a packet in a circle end', () => {
  const cloud = joined();
  for (const n of [1, 2]) transitRoute(cloud, n, 'Circle', '10.99.0.0/16', ref(n === 1 ? 'Request2' : 'Accept1'));
  addRoute(cloud, 1, 'Circle', '10.99.0.0/16', { TransitGatewayId: ref('Gateway') });
  expect(cloud.ask('r1-h-1', '10.99.0.1').code).toBe('LOOP');
});

test('a region in the middle forwards what both ends route through it', () => {
  const cloud = joined();
  addRegion(cloud, 3);
  addTransit(cloud, 3);
  joinByTransit(cloud, 2, 3);
  for (const [own, other, attachment] of [
    [1, 3, 'Request2'],
    [3, 1, 'Accept2'],
  ] as const) {
    transitRoute(cloud, own, 'Through', `10.${other}.0.0/16`, ref(attachment));
    addRoute(cloud, own, 'Through', `10.${other}.0.0/16`, { TransitGatewayId: ref('Gateway') });
  }
  expect(cloud.ask('r1-h-1', 'r3-h-1')).toMatchObject({ yes: true });
  expect(cloud.ask('r1-h-1', 'r3-h-1').forward.filter((h) => h.where === 'r2 transit gateway')).toHaveLength(1);
});

test('a static route to an attachment that is not there is a blackhole and a fault', () => {
  const cloud = joined().set('r1/all', 'TransitTo1020016', { TransitGatewayAttachmentId: ref('Gone') });
  const refused = cloud.ask('r1-h-1', 'r2-h-1');
  expect(refused.code).toBe('BLACKHOLE');
  expect(refused.reason).toContain('not there');
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'TransitTo1020016', message: 'r1/all has no resource Gone' }),
  );
});

test('default association and propagation are faults: their table stands in no template', () => {
  const cloud = joined();
  delete cloud.at('r1/all', 'Gateway').Properties.DefaultRouteTableAssociation;
  expect(cloud.read().faults).toContainEqual(expect.objectContaining({ what: 'Gateway' }));
});

describe('with something down', () => {
  test('a zone takes its hosts and its attachment subnet with it', () => {
    expect(ask(joined(), 'r1-h-1', 'r2-h-1', 'r2a').code).toBe('ZONE_DOWN');
    expect(ask(joined(), 'r1-h-1', 'r2-h-2:container', 'r2a').yes).toBe(true);
    expect(ask(joined(), 'r1-h-1', 'r2-h-2', 'r1a').code).toBe('ZONE_DOWN');
  });

  test('a table that only the dead zone’s attachment subnet has does not matter', () => {
    const cloud = joined();
    cloud.add('r2/all', 'RouteTableOther', 'AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
    cloud.set('r2/all', 'AssociationAttachmentB', { RouteTableId: ref('RouteTableOther') });
    expect(ask(cloud, 'r1-h-1', 'r2-h-1:container').yes).toBe(false);
    expect(ask(cloud, 'r1-h-1', 'r2-h-1:container', 'r2b').yes).toBe(true);
  });

  test('a link is called by its stack, and an unknown name is refused with the near ones', () => {
    expect(ask(joined(), 'r1-h-1', 'r2-h-1', 'r1/all').code).toBe('LINK_DOWN');
    expect(() => ask(joined(), 'r1-h-1', 'r2-h-1', 'r9z')).toThrow('no link, zone, router, core or host is called "r9z"');
  });
});
