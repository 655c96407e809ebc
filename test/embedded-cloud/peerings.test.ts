import { AcceptVpcPeeringConnectionCommand, DescribeVpcPeeringConnectionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { credentialsOf, Driver, network, type Resources } from './driver';

const OTHER = '222222222222';

let driver: Driver;
let far: Driver;
let foreign: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  far = driver.at('us-east-1');
  foreign = driver.at('us-east-1', OTHER);
});
afterEach(() => driver.close());

const vpc = (cidr: string): Resources => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
});
const vpcIn = (at: Driver): string => Object.keys(at.region.vpcs)[0] ?? '';
const tableIn = (at: Driver): string => Object.values(at.region.routeTables).find((t) => !t.main)?.id ?? '';
const peering = (to: Driver, more: object = {}): Resources => ({
  Peering: {
    Type: 'AWS::EC2::VPCPeeringConnection',
    Properties: { VpcId: vpcIn(driver), PeerVpcId: vpcIn(to), PeerRegion: to.regionName, ...more },
  },
});
const route = (at: Driver, destination: string, id: string): Resources => ({
  Out: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: tableIn(at), DestinationCidrBlock: destination, VpcPeeringConnectionId: id },
  },
});
const statesOf = (at: Driver) =>
  at.inventory.routeTables.flatMap((t) => t.routes.filter((r) => r.kind === 'peering').map((r) => r.state));

async function fault(resources: Resources, at = driver): Promise<string> {
  const stack = await at.deploy('wrong', resources);
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  await at.delete('wrong');
  return at.failures(stack)[0] ?? '';
}

test('a peering within an account is active in both regions at once; its routes work while it stands', async () => {
  await driver.deploy('net', vpc('10.0.0.0/16'));
  await far.deploy('net', vpc('10.1.0.0/16'));
  const stack = await driver.deploy('p', peering(far));
  const id = stack.resources.Peering?.physicalId ?? '';
  expect(driver.inventory.peerings).toMatchObject([{ id, peerRegion: 'us-east-1', status: 'active' }]);
  expect(far.inventory.peerings).toMatchObject([{ id, peerRegion: 'sa-east-1', status: 'active', vpc: vpcIn(far) }]);
  await driver.deploy('a', route(driver, '10.1.0.0/16', id));
  await far.deploy('b', route(far, '10.0.0.0/16', id));
  expect([statesOf(driver), statesOf(far)]).toEqual([['active'], ['active']]);
  await driver.delete('p');
  expect([statesOf(driver), statesOf(far)]).toEqual([['blackhole'], ['blackhole']]);
  expect(far.inventory.peerings).toEqual([]);
});

test('overlapping ranges, and a VPC that is not there, fail the connection', async () => {
  await driver.deploy('net', vpc('10.0.0.0/16'));
  await far.deploy('net', vpc('10.0.128.0/17'));
  const text =
    /failed to stabilize\. Expected \[active\] but got \[failed\].*incorrect VPC-ID, Account ID, or overlapping CIDR range/;
  expect(await fault(peering(far))).toMatch(text);
  expect(await fault(peering(far, { PeerRegion: 'eu-west-1' }))).toMatch(text);
});

test('two VPCs have one connection, whichever of them asks', async () => {
  await driver.deploy('net', vpc('10.0.0.0/16'));
  await far.deploy('net', vpc('10.1.0.0/16'));
  await driver.deploy('p', peering(far));
  expect(await fault(peering(far))).toMatch(/VpcPeeringConnectionAlreadyExists/);
  const back = {
    Peering: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: vpcIn(far), PeerVpcId: vpcIn(driver), PeerRegion: 'sa-east-1' },
    },
  };
  expect(await fault(back, far)).toMatch(/VpcPeeringConnectionAlreadyExists/);
});

test("a route leads only over a connection of the table's own VPC", async () => {
  await driver.deploy('net', vpc('10.0.0.0/16'));
  await far.deploy('net', vpc('10.1.0.0/16'));
  const stack = await driver.deploy('p', peering(far));
  const id = stack.resources.Peering?.physicalId ?? '';
  const other = {
    ...vpc('10.5.0.0/16'),
    Out: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: id },
    },
  };
  expect(await fault(other)).toMatch(/belong to different networks/);
  expect(await fault(route(driver, '10.1.0.0/16', 'pcx-0123'))).toMatch(/InvalidVpcPeeringConnectionID\.NotFound/);
});

describe('across accounts', () => {
  const role = (action: string, account = '111111111111'): Resources => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'links',
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } }],
        },
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] } }],
      },
    },
  });
  const as = { PeerOwnerId: OTHER, PeerRoleArn: `arn:aws:iam::${OTHER}:role/links` };
  beforeEach(async () => {
    await driver.deploy('net', vpc('10.0.0.0/16'));
    await foreign.deploy('net', vpc('10.1.0.0/16'), { outputs: { VpcIdG1: { Value: { Ref: 'Vpc' } } } });
  });

  test('the other account accepts by its role, which must be there, trust this account and allow it', async () => {
    expect(await fault(peering(foreign, as))).toMatch(
      /is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role\/links/,
    );
    await foreign.deploy('role', role('ec2:AcceptVpcPeeringConnection', '333333333333'));
    expect(await fault(peering(foreign, as))).toMatch(/sts:AssumeRole/);
    await foreign.deploy('role', role('ec2:DescribeVpcs'));
    expect(await fault(peering(foreign, as))).toMatch(/is not authorized to perform: ec2:AcceptVpcPeeringConnection/);
    await foreign.deploy('role', role('ec2:AcceptVpcPeeringConnection'));
    expect((await driver.deploy('p', peering(foreign, as))).status).toBe('CREATE_COMPLETE');
    expect(foreign.inventory.peerings).toMatchObject([{ status: 'active' }]);
  });

  test('without a role it waits for somebody who accepts, with routes that drop packets, and fails if nobody does', async () => {
    expect(await fault(peering(foreign, { PeerOwnerId: OTHER }))).toMatch(/Expected \[active\] but got \[pending-acceptance\]/);
    expect(foreign.inventory.peerings).toEqual([]);
    const waiting = driver.deploy('p', peering(foreign, { PeerOwnerId: OTHER }));
    const [pending] = await until(() => foreign.inventory.peerings);
    await driver.deploy('early', route(driver, '10.1.0.0/16', pending?.id ?? ''));
    expect(statesOf(driver)).toEqual(['blackhole']);
    const ec2 = new EC2Client({
      region: 'us-east-1',
      endpoint: driver.cloud.url,
      credentials: credentialsOf(driver.cloud.key(OTHER)),
    });
    const { VpcPeeringConnections } = await ec2.send(new DescribeVpcPeeringConnectionsCommand({}));
    expect(VpcPeeringConnections).toMatchObject([
      {
        Status: { Code: 'pending-acceptance' },
        RequesterVpcInfo: { CidrBlock: '10.0.0.0/16', OwnerId: '111111111111', Region: 'sa-east-1' },
        AccepterVpcInfo: { CidrBlock: '10.1.0.0/16', OwnerId: OTHER, Region: 'us-east-1' },
      },
    ]);
    await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId: pending?.id }));
    expect((await waiting).status).toBe('CREATE_COMPLETE');
    expect(statesOf(driver)).toEqual(['active']);
  });

  const read = (more: object) => ({
    P: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Type: 'String',
        Value: { 'Fn::GetStackOutput': { StackName: 'net', Region: 'us-east-1', OutputName: 'VpcIdG1', ...more } },
      },
    },
  });

  test("an output of another account's stack is read with a role that may describe that stack", async () => {
    const RoleArn = as.PeerRoleArn;
    expect(await fault(read({ RoleArn }))).toMatch(/sts:AssumeRole/);
    await foreign.deploy('role', role('ec2:DescribeVpcs'));
    expect(await fault(read({ RoleArn }))).toMatch(/cloudformation:DescribeStacks/);
    await foreign.deploy('role', role('cloudformation:DescribeStacks'));
    await driver.deploy('reader', read({ RoleArn }));
    expect(Object.values(driver.inventory.parameters)).toEqual([vpcIn(foreign)]);
    expect(await fault(read({ RoleArn, OutputName: 'VpcIdG2' }))).toMatch(/Output VpcIdG2 does not exist in stack net/);
    // Without the role it is a stack of the own account, which has none of this name there.
    expect(await fault(read({}))).toMatch(/Stack net does not exist in region us-east-1/);
  });
});

async function until<T>(list: () => T[]): Promise<T[]> {
  while (list().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  return list();
}

test('a VPC with a peering is not deleted', async () => {
  await driver.deploy('net', { ...network(['a']) });
  await far.deploy('net', vpc('10.1.0.0/16'));
  await driver.deploy('p', peering(far));
  const stack = await far.delete('net');
  expect([stack.status, far.failures(stack)[0]]).toEqual(['DELETE_FAILED', expect.stringMatching(/DependencyViolation/)]);
});
