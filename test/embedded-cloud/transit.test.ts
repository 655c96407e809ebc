import { credentialsOf, Driver, network, type Resources } from './driver';

let driver: Driver;
let far: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  far = driver.at('us-east-1');
});
afterEach(() => driver.close());

type Properties = Record<string, unknown>;
const ref = (name: string) => ({ Ref: name });
const resource = (type: string, properties: Properties, after: string[] = []) => ({
  Type: `AWS::EC2::${type}`,
  Properties: properties,
  ...(after.length > 0 ? { DependsOn: after } : {}),
});

const gateway = (asn: number, more: Properties = {}) =>
  resource('TransitGateway', {
    AmazonSideAsn: asn,
    DefaultRouteTableAssociation: 'disable',
    DefaultRouteTablePropagation: 'disable',
    ...more,
  });
const table = resource('TransitGatewayRouteTable', { TransitGatewayId: ref('Gateway') });
const attachment = (subnets: string[], more: Properties = {}) =>
  resource('TransitGatewayVpcAttachment', {
    TransitGatewayId: ref('Gateway'),
    VpcId: ref('Vpc'),
    SubnetIds: subnets.map(ref),
    ...more,
  });
const association = (to: unknown = ref('Attachment'), after: string[] = []) =>
  resource(
    'TransitGatewayRouteTableAssociation',
    { TransitGatewayRouteTableId: ref('Table'), TransitGatewayAttachmentId: to },
    after,
  );
const propagation = (to: unknown = ref('Attachment'), after: string[] = []) =>
  resource(
    'TransitGatewayRouteTablePropagation',
    { TransitGatewayRouteTableId: ref('Table'), TransitGatewayAttachmentId: to },
    after,
  );
const transitRoute = (destination: string, more: Properties, after: string[] = []) =>
  resource(
    'TransitGatewayRoute',
    { TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: destination, ...more },
    after,
  );

/** A region's gateway, its table and the VPC's attachment. */
const transit = (asn = 64512): Resources => ({
  Gateway: gateway(asn),
  Table: table,
  Attachment: attachment(['Subnet0', 'Subnet1']),
});
const site = (asn = 64512, region?: string): Resources => ({ ...network(['a', 'b'], region), ...transit(asn) });

/** Deploys something that must fail, gives the first failure's text and takes it away again. */
async function fault(resources: Resources, at = driver): Promise<string> {
  const stack = await at.deploy('wrong', resources);
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  const [first = ''] = at.failures(stack);
  await at.delete('wrong');
  return first;
}

test('a VPC is attached with one subnet a zone, and has one attachment a gateway', async () => {
  const twice = { ...network(['a', 'a']), Gateway: gateway(64512), Attachment: attachment(['Subnet0', 'Subnet1']) };
  expect(await fault(twice)).toMatch(/Duplicate Subnets for same AZ.*DuplicateSubnetsInSameZone/);
  const second = { ...site(), Second: { ...attachment(['Subnet0']), DependsOn: ['Attachment'] } };
  expect(await fault(second)).toMatch(
    /has non-deleted Transit Gateway Attachments with same VPC ID.*DuplicateTransitGatewayAttachment/,
  );
  expect(driver.region.transitAttachments).toEqual({});
});

test("an attachment's interfaces hold its subnets, and go with it", async () => {
  const stack = await driver.deploy('net', site());
  const id = stack.resources.Attachment?.physicalId;
  expect(driver.inventory.interfaces.map((i) => i.attachedTo)).toEqual([id, id]);
  expect((await driver.delete('net')).status).toBe('DELETE_COMPLETE');
  expect([driver.inventory.interfaces, driver.region.transitGateways, driver.region.transitTables]).toEqual([[], {}, {}]);
});

test('another zone is added to a VPC attachment by AddSubnetIds: a changed list is a second attachment, which EC2 refuses', async () => {
  const one = { ...site(), Attachment: attachment(['Subnet0']) };
  const stack = await driver.deploy('net', one);
  const id = stack.resources.Attachment?.physicalId;
  const refused = await driver.deploy('net', site());
  expect(driver.failures(refused)[0]).toMatch(/DuplicateTransitGatewayAttachment/);
  const added = { ...site(), Attachment: attachment(['Subnet0'], { AddSubnetIds: [ref('Subnet1')] }) };
  const moved = await driver.deploy('net', added);
  expect([moved.status, moved.resources.Attachment?.physicalId]).toEqual(['UPDATE_COMPLETE', id]);
  expect(driver.inventory.interfaces.map((i) => i.attachedTo)).toEqual([id, id]);
});

test('the older attachment type takes a changed list of subnets in place', async () => {
  const older = (subnets: string[]) => ({
    ...site(),
    Attachment: { ...attachment(subnets), Type: 'AWS::EC2::TransitGatewayAttachment' },
  });
  const stack = await driver.deploy('net', older(['Subnet0']));
  const id = stack.resources.Attachment?.physicalId;
  const moved = await driver.deploy('net', older(['Subnet1']));
  expect([moved.status, moved.resources.Attachment?.physicalId]).toEqual(['UPDATE_COMPLETE', id]);
  expect(driver.inventory.interfaces).toMatchObject([{ attachedTo: id, subnet: moved.resources.Subnet1?.physicalId }]);
});

test('without defaults nothing is associated or propagated; with them, both', async () => {
  await driver.deploy('net', site());
  const [own] = Object.values(driver.region.transitTables);
  expect(own).toMatchObject({ associations: [], propagations: [], routes: [] });
  const open = {
    ...network(['a', 'b'], 'us-east-1'),
    Gateway: resource('TransitGateway', {}),
    Attachment: attachment(['Subnet0']),
  };
  const stack = await far.deploy('net', open);
  const id = stack.resources.Attachment?.physicalId;
  expect(Object.values(far.region.transitTables)).toMatchObject([{ associations: [id], propagations: [id] }]);
});

test('an attachment is associated with one table', async () => {
  const second = association(ref('Attachment'), ['First']);
  expect(await fault({ ...site(), First: association(), Second: second })).toMatch(
    /is already associated to a route table.*Resource\.AlreadyAssociated/,
  );
});

test('a changed tag changes a transit table in place: what is associated with it could not follow to another one', async () => {
  const tagged = (owner: string) => ({ tags: { owner } });
  const first = await driver.deploy('net', { ...site(), First: association() }, tagged('a'));
  const id = first.resources.Table?.physicalId ?? '';
  const second = await driver.deploy('net', { ...site(), First: association() }, tagged('b'));
  expect([second.status, second.resources.Table?.physicalId]).toEqual(['UPDATE_COMPLETE', id]);
  expect(driver.region.transitTables[id]).toMatchObject({
    tags: { owner: 'b' },
    associations: [first.resources.Attachment?.physicalId],
  });
});

test('a static route stands once, and leads to an attachment of the same gateway or nowhere', async () => {
  const to = { TransitGatewayAttachmentId: ref('Attachment') };
  const A = transitRoute('10.9.0.0/16', to);
  expect(await fault({ ...site(), A, B: transitRoute('10.9.0.0/16', { Blackhole: true }, ['A']) })).toMatch(
    /Route 10\.9\.0\.0\/16 already exists in Transit Gateway Route Table tgw-rtb-\w+.*RouteAlreadyExists/,
  );
  expect(await fault({ ...site(), A: transitRoute('10.9.0.0/16', { TransitGatewayAttachmentId: 'tgw-attach-0123' }) })).toMatch(
    /Transit Gateway Attachment tgw-attach-0123 was deleted or does not exist.*InvalidTransitGatewayAttachmentID\.NotFound/,
  );
  expect(await fault({ ...site(), A: transitRoute('10.9.0.0/16', {}) })).toMatch(/MissingParameter/);
  const other = {
    ...site(),
    Other: gateway(64513),
    OtherTable: resource('TransitGatewayRouteTable', { TransitGatewayId: ref('Other') }),
    A: resource('TransitGatewayRoute', {
      TransitGatewayRouteTableId: ref('OtherTable'),
      DestinationCidrBlock: '10.9.0.0/16',
      ...to,
    }),
  };
  expect(await fault(other)).toMatch(/belong to different Transit Gateways/);
});

test('a VPC route to a gateway is refused until the VPC is attached, and a blackhole after the attachment went', async () => {
  const routes = (after: string[]) => ({
    Routes: resource('RouteTable', { VpcId: ref('Vpc') }),
    Out: resource(
      'Route',
      { RouteTableId: ref('Routes'), DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: ref('Gateway') },
      after,
    ),
  });
  const bare = { ...network(['a', 'b']), Gateway: gateway(64512), ...routes([]) };
  expect(await fault(bare)).toMatch(/The transitGateway ID 'tgw-\w+' does not exist.*InvalidTransitGatewayID\.NotFound/);
  await driver.deploy('net', { ...site(), ...routes(['Attachment']) });
  const states = () =>
    driver.inventory.routeTables.flatMap((t) => t.routes.filter((r) => r.kind === 'transit').map((r) => r.state));
  expect(states()).toEqual(['active']);
  const { Attachment: _, ...rest } = site();
  await driver.deploy('net', { ...rest, ...routes([]) });
  expect(states()).toEqual(['blackhole']);
});

test('a route of a transit table whose attachment went is a blackhole', async () => {
  const A = transitRoute('10.9.0.0/16', { TransitGatewayAttachmentId: ref('Attachment') });
  const stack = await driver.deploy('net', { ...site(), A, B: transitRoute('10.0.0.0/8', { Blackhole: true }, ['A']) });
  const routes = () => driver.inventory.transitGateways[0]?.tables[0]?.routes;
  expect(routes()).toMatchObject([
    { destination: '10.9.0.0/16', state: 'active', target: stack.resources.Attachment?.physicalId, to: 'vpc' },
    { destination: '10.0.0.0/8', state: 'blackhole', target: 'blackhole' },
  ]);
  delete driver.region.transitAttachments[stack.resources.Attachment?.physicalId ?? ''];
  expect(routes()?.map((r) => r.state)).toEqual(['blackhole', 'blackhole']);
});

test('a propagated route is there beside the static ones, which take its place', async () => {
  const P = propagation();
  await driver.deploy('net', { ...site(), P });
  const routes = () => driver.inventory.transitGateways[0]?.tables[0]?.routes.map((r) => `${r.destination} ${r.kind} ${r.state}`);
  expect(routes()).toEqual(['10.0.0.0/16 propagated active']);
  await driver.deploy('net', { ...site(), P, A: transitRoute('10.0.0.0/16', { Blackhole: true }) });
  expect(routes()).toEqual(['10.0.0.0/16 static blackhole']);
});

test('a gateway with an attachment, and a table with an association, are not deleted', async () => {
  const stack = await driver.deploy('net', { ...site(), First: association() });
  const { Gateway, Table, Attachment } = stack.resources;
  await driver.deploy('copy', network([]));
  const gatewayGone = driver.cloud.engine.machine.handler('AWS::EC2::TransitGateway');
  const tableGone = driver.cloud.engine.machine.handler('AWS::EC2::TransitGatewayRouteTable');
  const context = { region: driver.region } as never;
  expect(() => gatewayGone?.delete(context, Gateway?.physicalId ?? '', {})).toThrow(
    `${Gateway?.physicalId} has non-deleted VPC Attachments: ${Attachment?.physicalId}.`,
  );
  expect(() => tableGone?.delete(context, Table?.physicalId ?? '', {})).toThrow('has associated attachments');
});

describe('a peering of two gateways', () => {
  const request = (region = 'us-east-1'): Resources => ({
    Peering: resource('TransitGatewayPeeringAttachment', {
      TransitGatewayId: Object.keys(driver.region.transitGateways)[0],
      PeerTransitGatewayId: Object.keys(far.region.transitGateways)[0],
      PeerAccountId: ref('AWS::AccountId'),
      PeerRegion: region,
    }),
  });
  const inTable = (at: Driver, id: string): Resources => ({
    A: resource('TransitGatewayRouteTableAssociation', {
      TransitGatewayRouteTableId: Object.keys(at.region.transitTables)[0],
      TransitGatewayAttachmentId: id,
    }),
  });
  const id = () => Object.values(driver.region.transitAttachments).find((a) => a.kind === 'peering')?.id ?? '';
  beforeEach(async () => {
    await driver.deploy('net', site(64512));
    await far.deploy('net', site(64513, 'us-east-1'));
  });

  test('waits in both regions until it is accepted; until then nothing can use it', async () => {
    const stack = await driver.deploy('request', request());
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(stack.resources.Peering?.attributes.State).toBe('pendingAcceptance');
    expect(far.region.transitAttachments[id()]).toMatchObject({ state: 'pendingAcceptance', kind: 'peering' });
    expect(await fault(inTable(driver, id()))).toMatch(/tgw-attach-\w+ is in invalid state.*IncorrectState/);
    await accept('us-east-1');
    expect([driver.region.transitAttachments[id()]?.state, far.region.transitAttachments[id()]?.state]).toEqual([
      'available',
      'available',
    ]);
    expect((await driver.deploy('a', inTable(driver, id()))).status).toBe('CREATE_COMPLETE');
    expect((await far.deploy('b', inTable(far, id()))).status).toBe('CREATE_COMPLETE');
  });

  const accept = async (region: string): Promise<unknown> => {
    const { AcceptTransitGatewayPeeringAttachmentCommand, EC2Client } = await import('@aws-sdk/client-ec2');
    const ec2 = new EC2Client({
      region,
      endpoint: driver.cloud.url,
      credentials: credentialsOf(driver.cloud.key()),
    });
    return ec2.send(new AcceptTransitGatewayPeeringAttachmentCommand({ TransitGatewayAttachmentId: id() }));
  };

  test("is accepted from the accepter's region only, and once", async () => {
    await driver.deploy('request', request());
    await expect(accept('sa-east-1')).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    await accept('us-east-1');
    await expect(accept('us-east-1')).rejects.toMatchObject({ name: 'IncorrectState' });
  });

  test('propagates nothing', async () => {
    await driver.deploy('request', request());
    await accept('us-east-1');
    const P = resource('TransitGatewayRouteTablePropagation', {
      TransitGatewayRouteTableId: Object.keys(driver.region.transitTables)[0],
      TransitGatewayAttachmentId: id(),
    });
    expect(await fault({ P })).toMatch(/Propagation is not supported for Transit Gateway Peering Attachment/);
  });

  test('stands once a pair, to a gateway that exists, and goes at both ends', async () => {
    await driver.deploy('request', request());
    expect(await fault(request())).toMatch(/DuplicateTransitGatewayAttachment/);
    expect(await fault(request('eu-west-1'))).toMatch(/Transit Gateway tgw-\w+ was deleted or does not exist/);
    await driver.delete('request');
    expect(Object.values(far.region.transitAttachments).map((a) => a.kind)).toEqual(['vpc']);
  });
});
