/** What people change by hand: by the unmodified EC2 client, found again as drift by the unmodified CloudFormation client. */
import {
  CloudFormationClient,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteCommand,
  CreateTransitGatewayRouteCommand,
  DeleteRouteCommand,
  DeleteTagsCommand,
  DeleteTransitGatewayRouteCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { credentialsOf, Driver, network, type Resources } from './driver';

let driver: Driver;
let ec2: EC2Client;
let formation: CloudFormationClient;
beforeEach(async () => {
  driver = await Driver.start();
  const config = { region: 'sa-east-1', endpoint: driver.cloud.url, credentials: credentialsOf(driver.cloud.key()) };
  ec2 = new EC2Client(config);
  formation = new CloudFormationClient(config);
  const stack = await driver.deploy('net', resources);
  expect(stack.status).toBe('CREATE_COMPLETE');
});
afterEach(() => driver.close());

const resources: Resources = {
  ...network(['a', 'b']),
  Igw: { Type: 'AWS::EC2::InternetGateway' },
  Attached: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Igw' } },
  },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Other: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Used: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { RouteTableId: { Ref: 'Table' }, SubnetId: { Ref: 'Subnet0' } },
  },
  Out: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attached',
    Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Igw' } },
  },
  Interface: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Subnet0' }, SourceDestCheck: false } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'hosts',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: '22', CidrIp: '10.0.0.0/8', Description: 'ssh' }],
      Tags: [{ Key: 'owner', Value: 'ops' }],
    },
  },
  Own: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' },
  },
  Gateway: {
    Type: 'AWS::EC2::TransitGateway',
    Properties: { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' },
  },
  Transit: { Type: 'AWS::EC2::TransitGatewayRouteTable', Properties: { TransitGatewayId: { Ref: 'Gateway' } } },
  Nowhere: {
    Type: 'AWS::EC2::TransitGatewayRoute',
    Properties: { TransitGatewayRouteTableId: { Ref: 'Transit' }, DestinationCidrBlock: '10.64.0.0/16', Blackhole: true },
  },
};

const id = (logical: string): string =>
  Object.values(driver.region.stacks).find(({ name }) => name === 'net')!.resources[logical]!.physicalId;

/** What a detection finds that isn't as the stack left it: `Resource STATUS /property`. */
async function drift(): Promise<string[]> {
  await formation.send(new DetectStackDriftCommand({ StackName: 'net' }));
  const { StackResourceDrifts: found = [] } = await formation.send(new DescribeStackResourceDriftsCommand({ StackName: 'net' }));
  const words = (d: StackResourceDrift) =>
    [d.LogicalResourceId, d.StackResourceDriftStatus, ...(d.PropertyDifferences ?? []).map((p) => p.PropertyPath)].join(' ');
  return found
    .filter((d) => !['IN_SYNC', 'NOT_CHECKED'].includes(d.StackResourceDriftStatus ?? ''))
    .map(words)
    .sort();
}

/** The code that a call is refused with. */
const refused = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'taken',
    (error: Error) => error.name,
  );

test('a stack that nobody touched has no drift, rules of other resources and numbers as texts among it', async () => {
  expect(await drift()).toEqual([]);
});

test('a route with another target is drift, and so is one that is gone; one more is none of the stack', async () => {
  const [RouteTableId, NetworkInterfaceId] = [id('Table'), id('Interface')];
  await ec2.send(new ReplaceRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId }));
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '192.168.0.0/16', NetworkInterfaceId }));
  expect(await drift()).toEqual(['Out MODIFIED /GatewayId /NetworkInterfaceId']);
  await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' }));
  expect(await drift()).toEqual(['Out DELETED']);
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: 'route.destination-cidr-block', Values: ['192.168.0.0/16'] }] }),
  );
  expect(RouteTables?.map((t) => t.RouteTableId)).toEqual([RouteTableId]);
});

test('routes by hand meet the checks of templates: no second one, none that stands nowhere, never the local one', async () => {
  const RouteTableId = id('Table');
  const GatewayId = id('Igw');
  const create = (to: string) => ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: to, GatewayId }));
  expect(await refused(create('0.0.0.0/0'))).toBe('RouteAlreadyExists');
  expect(await refused(create('10.0.0.0/24'))).toBe('InvalidParameterValue');
  const replace = new ReplaceRouteCommand({ RouteTableId, DestinationCidrBlock: '10.9.0.0/16', GatewayId });
  expect(await refused(ec2.send(replace))).toBe('InvalidRoute.NotFound');
  const remove = (DestinationCidrBlock: string) => ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
  expect(await refused(remove('10.9.0.0/16'))).toBe('InvalidRoute.NotFound');
  expect(await refused(remove('10.0.0.0/16'))).toBe('InvalidParameterValue');
});

test('a rule that somebody adds or takes away is drift of the group, one of a resource is drift of that', async () => {
  const GroupId = id('Group');
  const world = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'just now' }] }];
  const added = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: world }));
  expect(added.SecurityGroupRules?.[0]).toMatchObject({ CidrIpv4: '0.0.0.0/0', FromPort: 22, IsEgress: false });
  expect(await refused(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: world })))).toBe(
    'InvalidPermission.Duplicate',
  );
  expect(await drift()).toEqual(['Group MODIFIED /SecurityGroupIngress']);
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: world }));
  expect(await drift()).toEqual([]);
  const { SecurityGroupRules: rules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  const own = rules.find((rule) => rule.FromPort === 80)?.SecurityGroupRuleId ?? '';
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [own] }));
  expect(await drift()).toEqual(['Own DELETED']);
  expect(await refused(ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: world })))).toBe(
    'InvalidPermission.NotFound',
  );
});

test('rules of one request are added all or not at all; what a template does not say of a direction is not compared', async () => {
  const GroupId = id('Group');
  const permission = (FromPort: number, cidr: string) => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort: FromPort,
    IpRanges: [{ CidrIp: cidr }],
  });
  const twice = [permission(443, '10.0.0.0/8'), permission(80, '10.0.0.0/8')];
  expect(await refused(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: twice })))).toBe(
    'InvalidPermission.Duplicate',
  );
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission(443, '10.0.0.0/8')] }));
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  expect(SecurityGroups?.[0]?.IpPermissions?.map((p) => p.FromPort).sort()).toEqual([22, 80]);
  expect(await drift()).toEqual([]);
});

test('a subnet moved to another table, or out of any, is drift', async () => {
  const moved = await ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId: id('Used'), RouteTableId: id('Other') }));
  expect(await drift()).toEqual(['Used DELETED']);
  await ec2.send(new DisassociateRouteTableCommand({ AssociationId: moved.NewAssociationId }));
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id('Other')] }));
  expect(RouteTables?.[0]?.Associations).toEqual([]);
});

test('an interface whose packets are checked again, and a static route of a transit table that is gone, are drift', async () => {
  await ec2.send(
    new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id('Interface'), SourceDestCheck: { Value: true } }),
  );
  const TransitGatewayRouteTableId = id('Transit');
  await ec2.send(
    new CreateTransitGatewayRouteCommand({ TransitGatewayRouteTableId, DestinationCidrBlock: '10.65.0.0/16', Blackhole: true }),
  );
  await ec2.send(new DeleteTransitGatewayRouteCommand({ TransitGatewayRouteTableId, DestinationCidrBlock: '10.64.0.0/16' }));
  expect(await drift()).toEqual(['Interface MODIFIED /SourceDestCheck', 'Nowhere DELETED']);
});

test('a tag goes by its key, or only with the value that is said', async () => {
  const tags = async () =>
    (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id('Group')] }))).SecurityGroups?.[0]?.Tags;
  const remove = (Value?: string) =>
    ec2.send(new DeleteTagsCommand({ Resources: [id('Group')], Tags: [{ Key: 'owner', Value }] }));
  await remove('others');
  expect(await tags()).toContainEqual({ Key: 'owner', Value: 'ops' });
  await remove();
  expect(await tags()).not.toContainEqual(expect.objectContaining({ Key: 'owner' }));
});
