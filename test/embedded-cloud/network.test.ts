import { Driver, IMAGE, network, networkExports, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  await driver.deploy('net', network(['a', 'b']), { outputs: networkExports(['a', 'b']) });
});
afterEach(() => driver.close());

const subnet = (n: number) => ({ 'Fn::ImportValue': `net-Subnet${n}` });
const eni = (address: string, n = 0) => ({
  Type: 'AWS::EC2::NetworkInterface',
  Properties: { SubnetId: subnet(n), PrivateIpAddress: address },
});

/** Deploys something that must fail, and gives the first failure's text. */
async function fault(resources: Resources): Promise<string> {
  const stack = await driver.deploy('wrong', resources);
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  return driver.failures(stack)[0] ?? '';
}

test.each([
  [
    'outside its subnet',
    '10.0.1.10',
    /Address 10\.0\.1\.10 does not fall within the subnet's address range.*Error Code: InvalidParameterValue/,
  ],
  ["among its subnet's first four", '10.0.0.3', /Address 10\.0\.0\.3 is in subnet's reserved address range/],
  ["its subnet's last", '10.0.0.255', /Address 10\.0\.0\.255 is in subnet's reserved address range/],
])('an address %s is refused', async (_what, address, text) => {
  expect(await fault({ Eni: eni(address) })).toMatch(text);
});

test('an address is taken once', async () => {
  await driver.deploy('first', { Eni: eni('10.0.0.10') });
  expect(await fault({ Eni: eni('10.0.0.10') })).toMatch(/Error Code: InvalidIPAddress\.InUse/);
});

test('an address is free again when its interface is gone', async () => {
  await driver.deploy('first', { Eni: eni('10.0.0.10') });
  await driver.delete('first');
  expect((await driver.deploy('second', { Eni: eni('10.0.0.10') })).status).toBe('CREATE_COMPLETE');
});

test.each(['0.0.0.0/16', '127.0.0.0/16', '169.254.0.0/16', '224.0.0.0/16', '10.0.0.0/15', '10.0.0.0/29'])(
  'no VPC has the range %s',
  async (CidrBlock) => {
    expect(await fault({ Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } } })).toMatch(/InvalidVpc\.Range/);
    await driver.delete('wrong');
  },
);

test('subnets overlap no other and stand inside their VPC, in a zone of the region', async () => {
  const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } } };
  const sub = (cidr: string, zone = 'sa-east-1a', after?: string) => ({
    Type: 'AWS::EC2::Subnet',
    ...(after ? { DependsOn: [after] } : {}),
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: cidr, AvailabilityZone: zone },
  });
  expect(await fault({ ...vpc, A: sub('10.9.0.0/24'), B: sub('10.9.0.128/25', 'sa-east-1a', 'A') })).toMatch(
    /conflicts with another subnet.*InvalidSubnet\.Conflict/,
  );
  await driver.delete('wrong');
  expect(await fault({ ...vpc, A: sub('10.8.0.0/24') })).toMatch(/InvalidSubnet\.Range/);
  await driver.delete('wrong');
  expect(await fault({ ...vpc, A: sub('10.9.0.0/24', 'sa-east-1z') })).toMatch(/sa-east-1a, sa-east-1b, sa-east-1c/);
});

const table = { Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } } };
const vpc9 = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } } };
const route = (properties: object, after?: string) => ({
  Type: 'AWS::EC2::Route',
  ...(after ? { DependsOn: [after] } : {}),
  Properties: { RouteTableId: { Ref: 'Table' }, ...properties },
});
const inside = {
  Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.9.0.0/24' } },
  Eni: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Net' } } },
};

test('a route stands once a table, and points at something that exists in its VPC', async () => {
  const to = { DestinationCidrBlock: '172.16.0.0/24', NetworkInterfaceId: { Ref: 'Eni' } };
  expect(await fault({ ...vpc9, ...inside, ...table, A: route(to), B: route(to, 'A') })).toMatch(/RouteAlreadyExists/);
  await driver.delete('wrong');
  expect(await fault({ ...vpc9, ...table, A: route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0123' }) })).toMatch(
    /InvalidNatGatewayID\.NotFound/,
  );
  await driver.delete('wrong');
  expect(await fault({ ...vpc9, ...table, A: route({ DestinationCidrBlock: '10.9.4.0/24', GatewayId: 'vgw-1' }) })).toMatch(
    /more specific than one of this VPC's CIDR blocks/,
  );
});

test('a route changes its target in place', async () => {
  const more = { ...inside, Other: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Net' } } } };
  const make = (target: string) => ({
    ...vpc9,
    ...more,
    ...table,
    A: route({ DestinationCidrBlock: '172.16.0.0/24', NetworkInterfaceId: { Ref: target } }),
  });
  await driver.deploy('routes', make('Eni'));
  const stack = await driver.deploy('routes', make('Other'));
  expect(driver.lines(stack).slice(-2)).toEqual(['A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE']);
  const routes = driver.inventory.routeTables.find((t) => !t.main)?.routes;
  expect(routes?.[1]).toMatchObject({
    destination: '172.16.0.0/24',
    target: stack.resources.Other?.physicalId,
    kind: 'interface',
  });
});

test('a NAT gateway needs an internet gateway and an address of its own', async () => {
  const nat = {
    Eip: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
    Nat: {
      Type: 'AWS::EC2::NatGateway',
      Properties: { SubnetId: { Ref: 'Net' }, AllocationId: { 'Fn::GetAtt': ['Eip', 'AllocationId'] } },
    },
  };
  expect(await fault({ ...vpc9, ...inside, ...nat })).toMatch(/has no Internet gateway attached.*Gateway\.NotAttached/);
  await driver.delete('wrong');
  const gateway = {
    Igw: { Type: 'AWS::EC2::InternetGateway' },
    Attach: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Igw' } } },
  };
  const stack = await driver.deploy('nat', {
    ...vpc9,
    ...inside,
    ...gateway,
    ...nat,
    Nat: { ...nat.Nat, DependsOn: ['Attach'] },
    ...table,
    Out: route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } }),
  });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect((await driver.delete('nat')).status).toBe('DELETE_COMPLETE');
});

test('something in use is not deleted', async () => {
  await driver.deploy('user', { Eni: eni('10.0.0.10') });
  const { engine } = driver.cloud;
  expect(() => engine.delete(driver.region, 'net', [])).toThrow('Export net-Subnet0 cannot be deleted as it is in use by user');
  const net = Object.values(driver.region.subnets)[0]?.id ?? '';
  await driver.deploy('net2', { ...vpc9, ...inside });
  const other = Object.values(driver.region.subnets).find((s) => s.cidr === '10.9.0.0/24')?.id ?? '';
  await driver.deploy('holder', { Eni: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: other } } });
  const stack = await driver.delete('net2');
  expect([stack.status, net]).toEqual(['DELETE_FAILED', net]);
  expect(driver.failures(stack)[0]).toMatch(/has dependencies and cannot be deleted\..*DependencyViolation/);
  expect(stack.reason).toBe('The following resource(s) failed to delete: [Net].');
  await driver.delete('holder');
  expect((await driver.delete('net2')).status).toBe('DELETE_COMPLETE');
});

test('an interface takes /28 prefixes of its subnet', async () => {
  const stack = await driver.deploy('prefix', {
    Eni: {
      Type: 'AWS::EC2::NetworkInterface',
      Properties: { SubnetId: subnet(0), PrivateIpAddress: '10.0.0.10', Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }] },
    },
  });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(await fault({ Eni: eni('10.0.0.40') })).toMatch(/InvalidIPAddress\.InUse/);
});

test('a security group refuses the same rule twice and a group that does not exist', async () => {
  const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' };
  const group = (ingress: object[]) => ({
    ...vpc9,
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'x', VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: ingress },
    },
  });
  expect(await fault(group([rule, rule]))).toMatch(/InvalidPermission\.Duplicate/);
  await driver.delete('wrong');
  expect(await fault(group([{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourceSecurityGroupId: 'sg-0123' }]))).toMatch(
    /InvalidGroup\.NotFound/,
  );
});

test('an instance with no interface given gets one of its subnet, and gives it back', async () => {
  const stack = await driver.deploy('host', {
    Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: IMAGE, InstanceType: 't3.small', SubnetId: subnet(1) } },
  });
  expect(driver.inventory.hosts[0]?.privateIp).toBe('10.0.1.4');
  expect(stack.resources.Host?.attributes.PrivateIp).toBe('10.0.1.4');
  await driver.delete('host');
  expect(driver.inventory.interfaces).toEqual([]);
});
