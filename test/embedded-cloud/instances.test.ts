import { base64, Driver, IMAGE, network, networkExports, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
  await driver.deploy('net', network(['a', 'b']), { outputs: networkExports(['a', 'b']) });
});
afterEach(() => driver.close());

const host = (properties: object = {}): Resources => ({
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: IMAGE, InstanceType: 't3.small', SubnetId: { 'Fn::ImportValue': 'net-Subnet0' }, ...properties },
  },
});
const volume = (zone = 'a') => ({ Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: `sa-east-1${zone}`, Size: 10 } });

async function fault(resources: Resources): Promise<string> {
  const stack = await driver.deploy('wrong', resources);
  return driver.failures(stack)[0] ?? `no failure: ${stack.status}`;
}

test.each([
  ['user-data over 16,384 bytes raw', { UserData: base64('x'.repeat(16_385)) }, /User data is limited to 16384 bytes/],
  ['user-data that is no base64', { UserData: '#cloud-config' }, /Invalid BASE64 encoding of user data/],
  [
    'an image id of a wrong form',
    { ImageId: 'flatcar' },
    /Invalid id: "flatcar" \(expecting "ami-\.\.\."\).*InvalidAMIID\.Malformed/,
  ],
  ['an instance profile that does not exist', { IamInstanceProfile: 'nobody' }, /Invalid IAM Instance Profile name/],
  ['a subnet that does not exist', { SubnetId: 'subnet-0123' }, /InvalidSubnetID\.NotFound/],
  ['a volume that does not exist', { Volumes: [{ Device: '/dev/sdf', VolumeId: 'vol-0123' }] }, /InvalidVolume\.NotFound/],
  [
    'a tag key with a slash while metadata has tags',
    { MetadataOptions: { InstanceMetadataTags: 'enabled' }, Tags: [{ Key: 'team/name', Value: 'x' }] },
    /'team\/name' is not a valid tag key/,
  ],
  ['a property that does not exist', { UserDate: 'x' }, /#: extraneous key \[UserDate\] is not permitted/],
  ['a property of a wrong type', { EbsOptimized: 'perhaps' }, /#\/EbsOptimized: expected type: Boolean, found: String/],
])('%s is refused', async (_what, properties, text) => {
  expect(await fault(host(properties))).toMatch(text);
});

test('exactly 16,384 bytes of user-data are taken', async () => {
  expect((await driver.deploy('host', host({ UserData: base64('x'.repeat(16_384)) }))).status).toBe('CREATE_COMPLETE');
});

test('tag keys with a slash are taken while metadata has no tags', async () => {
  expect((await driver.deploy('host', host({ Tags: [{ Key: 'team/name', Value: 'x' }] }))).status).toBe('CREATE_COMPLETE');
});

test('a volume attaches once, in its own zone', async () => {
  const attach = { Volumes: [{ Device: '/dev/sdf', VolumeId: { Ref: 'Data' } }] };
  expect(await fault({ ...host(attach), Data: volume('b') })).toMatch(
    /is not in the same availability zone.*InvalidVolume\.ZoneMismatch/,
  );
  await driver.delete('wrong');
  const second = { Second: { ...(host(attach).Host as { Type: string }), DependsOn: ['Host'] } };
  expect(await fault({ ...host(attach), ...second, Data: volume() })).toMatch(/is already attached to an instance.*VolumeInUse/);
});

test.each([
  ['UserData', { UserData: base64('one') }, { UserData: base64('two') }, [2, 1]],
  ['InstanceType', {}, { InstanceType: 't3.medium' }, [2, 1]],
  ['EbsOptimized', {}, { EbsOptimized: true }, [2, 1]],
  ['Tags', {}, { Tags: [{ Key: 'a', Value: 'b' }] }, [1, 0]],
  ['MetadataOptions', {}, { MetadataOptions: { HttpTokens: 'required' } }, [1, 0]],
])('a change of %s is made in place', async (_name, one, two, counts) => {
  await driver.deploy('host', host(one));
  const id = driver.inventory.hosts[0]?.instanceId;
  expect((await driver.deploy('host', host(two))).status).toBe('UPDATE_COMPLETE');
  expect(driver.inventory.hosts.map((h) => [h.instanceId, h.starts, h.stops])).toEqual([[id, ...counts]]);
});

test('a change of the image makes a new instance, then the old one goes', async () => {
  await driver.deploy('host', host());
  const id = driver.inventory.hosts[0]?.instanceId;
  const stack = await driver.deploy('host', host({ ImageId: 'ami-0123456789abcdef1' }));
  expect(driver.lines(stack).slice(-5)).toEqual([
    'Host UPDATE_IN_PROGRESS',
    'Host UPDATE_IN_PROGRESS',
    'Host UPDATE_COMPLETE',
    'Host DELETE_IN_PROGRESS',
    'Host DELETE_COMPLETE',
  ]);
  expect(driver.inventory.hosts).toHaveLength(1);
  expect(driver.inventory.hosts[0]?.instanceId).not.toBe(id);
});

test('only the new volume is attached when one is added to a running host', async () => {
  const data = (n: number): Resources => Object.fromEntries(Array.from({ length: n }, (_, i) => [`Data${i}`, volume()]));
  const attach = (n: number) =>
    host({ Volumes: Array.from({ length: n }, (_, i) => ({ Device: `/dev/sd${'fgh'[i]}`, VolumeId: { Ref: `Data${i}` } })) });
  await driver.deploy('host', { ...attach(1), ...data(1) });
  await driver.deploy('host', { ...attach(2), ...data(2) });
  expect(driver.inventory.hosts[0]).toMatchObject({
    starts: 1,
    stops: 0,
    volumes: [{ device: '/dev/sdf' }, { device: '/dev/sdg' }],
  });
});

test('what a volume was made with is refused to change, its size may grow but not shrink', async () => {
  await driver.deploy('data', { Data: volume() });
  const sized = (size: number) => ({
    Data: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', Size: size } },
  });
  expect((await driver.deploy('data', sized(20))).status).toBe('UPDATE_COMPLETE');
  expect((await driver.deploy('data', sized(15))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const stack = await driver.deploy('data', { Data: volume('b') });
  expect(driver.failures(stack).at(-1)).toBe('Update to resource type AWS::EC2::Volume is not supported.');
});

test.each([
  [
    'more throughput than its operations give',
    { VolumeType: 'gp3', Size: 100, Throughput: 1000 },
    /1000 MiB\/s need 4000 operations/,
  ],
  ['more operations than its size gives', { VolumeType: 'gp3', Size: 10, Iops: 6000 }, /500 operations a GiB/],
  ['no operations where they have to be written', { VolumeType: 'io1', Size: 10 }, /io1 needs provisioned operations/],
  ['a size that its type has not', { VolumeType: 'st1', Size: 124 }, /st1 is 125 to 16384 GiB/],
  ['no type, which is gp2, and throughput', { Size: 100, Throughput: 125 }, /gp2 takes no throughput/],
])('a volume with %s is refused', async (_what, properties, text) => {
  expect(
    await fault({ Data: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', ...properties } } }),
  ).toMatch(text);
});
