import { Driver, IMAGE, network, networkExports, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  await driver.deploy('net', network(['a']), { outputs: networkExports(['a']) });
});
afterEach(() => driver.close());

const SUBNET = { 'Fn::ImportValue': 'net-Subnet0' };
const eni = (properties: object, after: string[] = []) => ({
  Type: 'AWS::EC2::NetworkInterface',
  DependsOn: after,
  Properties: { SubnetId: SUBNET, ...properties },
});
const reserved = (Cidr: string, ReservationType: string, after: string[] = []) => ({
  Type: 'AWS::EC2::SubnetCidrReservation',
  DependsOn: after,
  Properties: { SubnetId: SUBNET, Cidr, ReservationType },
});
const prefixesOf = (id: string | undefined) => driver.region.interfaces[id ?? '']?.prefixes;

const fault = (resources: Resources): Promise<string> => driver.fault(resources);

test('a count of prefixes is as many real /28s of the subnet, which nothing else gets', async () => {
  const stack = await driver.deploy('e', {
    A: eni({ PrivateIpAddress: '10.0.0.20', Ipv4PrefixCount: 2 }),
    B: eni({ Ipv4PrefixCount: 1 }, ['A']),
  });
  expect(driver.failures(stack)).toEqual([]);
  expect(prefixesOf(stack.resources.A?.physicalId)).toEqual(['10.0.0.32/28', '10.0.0.48/28']);
  expect(prefixesOf(stack.resources.B?.physicalId)).toEqual(['10.0.0.64/28']);
  expect(await fault({ C: eni({ PrivateIpAddress: '10.0.0.70' }) })).toMatch(/InvalidIPAddress\.InUse/);
  expect(await fault({ C: eni({ Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.48/28' }] }) })).toMatch(/InvalidIPAddress\.InUse/);
  expect(await fault({ C: eni({ Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.0/28' }] }) })).toMatch(/reserved address range/);
});

test('a higher count keeps the prefixes that are there, a lower one gives the last back', async () => {
  const stack = await driver.deploy('e', { A: eni({ Ipv4PrefixCount: 2 }) });
  const id = stack.resources.A?.physicalId;
  const before = prefixesOf(id) ?? [];
  await driver.deploy('e', { A: eni({ Ipv4PrefixCount: 3 }) });
  expect(prefixesOf(id)).toEqual([...before, '10.0.0.48/28']);
  await driver.deploy('e', { A: eni({ Ipv4PrefixCount: 1 }) });
  expect(prefixesOf(id)).toEqual(before.slice(0, 1));
});

test('a subnet has no more prefixes than fit', async () => {
  expect(await fault({ A: eni({ Ipv4PrefixCount: 15 }) })).toMatch(/InsufficientCidrBlocks/);
  expect((await driver.deploy('e', { A: eni({ Ipv4PrefixCount: 14 }) })).status).toBe('CREATE_COMPLETE');
  expect(driver.inventory.interfaces).toHaveLength(1);
});

test('prefixes come from what is reserved for them, addresses never', async () => {
  const stack = await driver.deploy('r', {
    Kept: reserved('10.0.0.128/25', 'prefix'),
    Mine: reserved('10.0.0.0/27', 'explicit', ['Kept']),
    A: eni({ Ipv4PrefixCount: 1 }, ['Kept', 'Mine']),
  });
  expect(driver.failures(stack)).toEqual([]);
  expect(prefixesOf(stack.resources.A?.physicalId)).toEqual(['10.0.0.128/28']);
  expect(driver.region.interfaces[stack.resources.A?.physicalId ?? '']?.address).toBe('10.0.0.32');
  expect((await driver.deploy('asked', { B: eni({ PrivateIpAddress: '10.0.0.5' }) })).status).toBe('CREATE_COMPLETE');
});

test('a reservation stands inside its subnet and beside the others', async () => {
  expect(await fault({ A: reserved('10.0.1.0/28', 'prefix') })).toMatch(/is not within the subnet's CIDR/);
  expect(await fault({ A: reserved('10.0.0.32/28', 'other') })).toMatch(/reservationType/);
  expect(await fault({ A: reserved('10.0.0.32/27', 'prefix'), B: reserved('10.0.0.48/28', 'explicit', ['A']) })).toMatch(
    /conflicts with another subnet CIDR reservation/,
  );
});

test("a group's hosts get their prefixes from the launch template, and give them back", async () => {
  const template = (count: number): Resources => ({
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateData: {
          ImageId: IMAGE,
          InstanceType: 'c5.large',
          NetworkInterfaces: [{ DeviceIndex: 0, Ipv4PrefixCount: count }],
        },
      },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        MinSize: '3',
        MaxSize: '3',
        VPCZoneIdentifier: [SUBNET],
        LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
    },
  });
  const stack = await driver.deploy('g', template(2));
  expect(driver.failures(stack)).toEqual([]);
  const prefixes = driver.inventory.hosts.flatMap((h) => h.interfaces.flatMap((i) => i.prefixes));
  expect([prefixes.length, new Set(prefixes).size]).toEqual([6, 6]);
  expect(await fault(template(5))).toMatch(/InsufficientCidrBlocks/);
  await driver.delete('g');
  expect(driver.inventory.interfaces).toEqual([]);
  expect((await driver.deploy('e', { A: eni({ Ipv4PrefixCount: 14 }) })).status).toBe('CREATE_COMPLETE');
});

test('a subnet is a /28 at least', async () => {
  const net = (CidrBlock: string): Resources => ({
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
    Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock } },
  });
  expect(await fault(net('10.9.0.0/29'))).toMatch(/The CIDR '10\.9\.0\.0\/29' is invalid.*InvalidSubnet\.Range/);
  expect((await driver.deploy('n', net('10.9.0.0/28'))).status).toBe('CREATE_COMPLETE');
});
