import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { base64, credentialsOf, Driver, IMAGE, network } from './driver';

let driver: Driver;
let config: {
  region: string;
  endpoint: string;
  forcePathStyle: boolean;
  credentials: { accessKeyId: string; secretAccessKey: string };
};
beforeEach(async () => {
  driver = await Driver.start();
  config = {
    region: 'sa-east-1',
    endpoint: driver.cloud.url,
    forcePathStyle: true,
    credentials: credentialsOf(driver.cloud.key()),
  };
});
afterEach(() => driver.close());

const hosts = {
  ...network(['a']),
  Data: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'sa-east-1a', Size: 10 } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'x & (y)',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }],
    },
  },
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: IMAGE,
      InstanceType: 't3.small',
      SubnetId: { Ref: 'Subnet0' },
      SecurityGroupIds: [{ Ref: 'Group' }],
      UserData: base64('hello'),
      Volumes: [{ Device: '/dev/sdf', VolumeId: { Ref: 'Data' } }],
      Tags: [{ Key: 'Name', Value: 'h' }],
    },
  },
};

test("EC2's own client reads what stands", async () => {
  const stack = await driver.deploy('hosts', hosts);
  const ec2 = new EC2Client(config);
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['h'] }] }));
  expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
    InstanceId: stack.resources.Host?.physicalId,
    State: { Name: 'running' },
    PrivateIpAddress: '10.0.0.4',
    Placement: { AvailabilityZone: 'sa-east-1a' },
  });
  expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toMatchObject([{ CidrBlock: '10.0.0.0/16' }]);
  expect((await ec2.send(new DescribeSubnetsCommand({}))).Subnets).toMatchObject([
    { CidrBlock: '10.0.0.0/24', AvailabilityZone: 'sa-east-1a' },
  ]);
  expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toHaveLength(2);
  expect((await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces).toMatchObject([
    { Attachment: { InstanceId: stack.resources.Host?.physicalId } },
  ]);
  expect((await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.[0]?.Routes).toMatchObject([
    { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
  ]);
  const groups = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-id', Values: [stack.resources.Group?.physicalId ?? ''] }] }),
  );
  expect(groups.SecurityGroups).toMatchObject([
    { Description: 'x & (y)', IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }] },
  ]);
  await expect(ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-0'] }))).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
});

test("an instance terminated through EC2's client is gone, and CloudFormation does not notice", async () => {
  const stack = await driver.deploy('hosts', hosts);
  const id = stack.resources.Host?.physicalId ?? '';
  const ec2 = new EC2Client(config);
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] }));
  expect(driver.inventory.hosts[0]?.tags.a).toBe('b');
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  expect(driver.inventory.hosts).toEqual([]);
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect((await driver.delete('hosts')).status).toBe('DELETE_COMPLETE');
});

test("S3's own client puts, reads, lists and deletes objects", async () => {
  await driver.deploy('bucket', { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'artifacts' } } });
  const s3 = new S3Client(config);
  const Body = Buffer.alloc(300_000, 'x');
  await s3.send(
    new PutObjectCommand({
      Bucket: 'artifacts',
      Key: 'a/b c+d',
      Body,
      ContentType: 'text/plain',
      Metadata: { digest: '1' },
      ChecksumAlgorithm: 'SHA256',
    }),
  );
  const read = await s3.send(new GetObjectCommand({ Bucket: 'artifacts', Key: 'a/b c+d' }));
  expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
  expect(await s3.send(new HeadObjectCommand({ Bucket: 'artifacts', Key: 'a/b c+d' }))).toMatchObject({
    ContentLength: 300_000,
    ContentType: 'text/plain',
    Metadata: { digest: '1' },
  });
  await s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key: 'z', Body: '1' }));
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'artifacts', Prefix: 'a/' }))).Contents).toMatchObject([
    { Key: 'a/b c+d', Size: 300_000 },
  ]);
  await expect(s3.send(new GetObjectCommand({ Bucket: 'artifacts', Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect((await driver.delete('bucket')).status).toBe('DELETE_FAILED');
  await s3.send(new DeleteObjectsCommand({ Bucket: 'artifacts', Delete: { Objects: [{ Key: 'a/b c+d' }, { Key: 'z' }] } }));
  expect((await driver.delete('bucket')).status).toBe('DELETE_COMPLETE');
});
