/** What is asked of the embedded cloud by clients that list: in pages, by filters, by delimiters, AWS's own parameters. */
import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import {
  DescribeInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import {
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { credentialsOf, Driver, IMAGE, network } from './driver';
import { call, send, signedRequest } from './signed';

let driver: Driver;
let config: ConstructorParameters<typeof S3Client>[0] & object;
beforeEach(async () => {
  driver = await Driver.start({ images: { 'sa-east-1': IMAGE } });
  config = {
    region: 'sa-east-1',
    endpoint: driver.cloud.url,
    forcePathStyle: true,
    credentials: credentialsOf(driver.cloud.key()),
  };
});
afterEach(() => driver.close());

/** One call of a service that speaks JSON. */
async function askJson(target: string, input: object) {
  const wanted = { service: 'ssm', body: JSON.stringify(input), headers: { 'X-Amz-Target': target } };
  const { status, text } = await send(driver.cloud, signedRequest(driver.cloud, wanted));
  return { status, body: JSON.parse(text) };
}

test('EC2 lists in pages of the size that is asked for, each thing once', async () => {
  await driver.deploy('net', network(['a', 'b', 'c']));
  const ec2 = new EC2Client(config as object);
  const pages: string[][] = [];
  for await (const { Subnets } of paginateDescribeSubnets({ client: ec2, pageSize: 2 }, {}))
    pages.push((Subnets ?? []).map((s) => s.CidrBlock ?? ''));
  expect(pages).toEqual([['10.0.0.0/24', '10.0.1.0/24'], ['10.0.2.0/24']]);
  await expect(ec2.send(new DescribeSubnetsCommand({ MaxResults: 2, NextToken: 'x' }))).rejects.toThrow('token');
  await expect(ec2.send(new DescribeSubnetsCommand({ MaxResults: 5000 }))).rejects.toThrow('maxResults');
});

test('what a look-up of a VPC asks is answered: gateways by their attachment, VPN gateways of which there are none', async () => {
  const stack = await driver.deploy('net', {
    ...network(['a']),
    Igw: { Type: 'AWS::EC2::InternetGateway' },
    Attached: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Igw' } },
    },
  });
  const ec2 = new EC2Client(config as object);
  const Filters = [{ Name: 'attachment.vpc-id', Values: [stack.resources.Vpc!.physicalId] }];
  const gateways = await ec2.send(new DescribeInternetGatewaysCommand({ Filters }));
  expect(gateways.InternetGateways?.map((g) => g.InternetGatewayId)).toEqual([stack.resources.Igw!.physicalId]);
  expect((await ec2.send(new DescribeVpnGatewaysCommand({ Filters }))).VpnGateways).toEqual([]);
  const strange = new DescribeInternetGatewaysCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] });
  await expect(ec2.send(strange)).rejects.toThrow("The filter 'colour' is invalid");
});

test('CloudFormation lists a hundred stacks a page', async () => {
  for (let n = 0; n < 103; n++) await driver.deploy(`s${n}`, { T: { Type: 'AWS::SNS::Topic' } });
  const sizes: number[] = [];
  for await (const { StackSummaries } of paginateListStacks({ client: new CloudFormationClient(config as object) }, {}))
    sizes.push(StackSummaries?.length ?? 0);
  expect(sizes).toEqual([100, 3]);
});

describe('S3', () => {
  const KEYS = ['a/1.json', 'a/2 3.json', 'a/b/4.json', 'c.json', 'd&<é>.json'];
  let s3: S3Client;
  beforeEach(async () => {
    await driver.deploy(
      'buckets',
      Object.fromEntries(['one', 'two'].map((n) => [n, { Type: 'AWS::S3::Bucket', Properties: { BucketName: `b-${n}` } }])),
    );
    s3 = new S3Client(config);
    for (const Key of KEYS) await s3.send(new PutObjectCommand({ Bucket: 'b-one', Key, Body: Key }));
  });

  test('every bucket of the account is listed', async () => {
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map((b) => b.Name)).toEqual(['b-one', 'b-two']);
    expect(Buckets?.every((b) => b.CreationDate instanceof Date)).toBe(true);
  });

  test.each([undefined, 'url'] as const)(
    'with a delimiter folders are one line each, as `aws s3 ls` asks (encoding %s)',
    async (EncodingType) => {
      const all = await s3.send(new ListObjectsV2Command({ Bucket: 'b-one', Delimiter: '/', EncodingType }));
      const decoded = (text?: string) => (EncodingType === 'url' ? decodeURIComponent(text ?? '') : text);
      expect(all.CommonPrefixes?.map((p) => decoded(p.Prefix))).toEqual(['a/']);
      expect(all.Contents?.map((o) => decoded(o.Key))).toEqual(['c.json', 'd&<é>.json']);
      const below = await s3.send(new ListObjectsV2Command({ Bucket: 'b-one', Delimiter: '/', Prefix: 'a/', EncodingType }));
      expect(below.CommonPrefixes?.map((p) => decoded(p.Prefix))).toEqual(['a/b/']);
      expect(below.Contents?.map((o) => decoded(o.Key))).toEqual(['a/1.json', 'a/2 3.json']);
    },
  );

  test('pages hold every key once, in both versions of the call', async () => {
    const keys: (string | undefined)[] = [];
    for await (const { Contents } of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket: 'b-one' }))
      keys.push(...(Contents ?? []).map((o) => o.Key));
    expect(keys).toEqual(KEYS);
    const first = await s3.send(new ListObjectsCommand({ Bucket: 'b-one', MaxKeys: 3 }));
    expect(first.IsTruncated).toBe(true);
    const rest = await s3.send(new ListObjectsCommand({ Bucket: 'b-one', Marker: first.Contents?.at(-1)?.Key }));
    expect([...(first.Contents ?? []), ...(rest.Contents ?? [])].map((o) => o.Key)).toEqual(KEYS);
  });

  test('an object keeps the tags that are put on it, until they are deleted', async () => {
    const at = { Bucket: 'b-one', Key: 'c.json' };
    const tags = async () => (await s3.send(new GetObjectTaggingCommand(at))).TagSet;
    expect(await tags()).toEqual([]);
    await s3.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [{ Key: 'aws-cdk:isolated', Value: '1' }] } }));
    expect(await tags()).toEqual([{ Key: 'aws-cdk:isolated', Value: '1' }]);
    await s3.send(new DeleteObjectTaggingCommand(at));
    expect(await tags()).toEqual([]);
    await expect(s3.send(new GetObjectTaggingCommand({ ...at, Key: 'none' }))).rejects.toThrow('does not exist');
  });
});

describe("AWS's own parameters", () => {
  const NAME = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

  test("name the region's image, by the API and in templates", async () => {
    expect((await askJson('AmazonSSM.GetParameter', { Name: NAME })).body.Parameter.Value).toBe(IMAGE);
    const several = (await askJson('AmazonSSM.GetParameters', { Names: [NAME, '/none'] })).body;
    expect(several).toMatchObject({ Parameters: [{ Name: NAME, Value: IMAGE }], InvalidParameters: ['/none'] });
    const Image = { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: NAME };
    const stack = await driver.deploy(
      'host',
      {
        Host: {
          Type: 'AWS::EC2::Instance',
          Properties: { ImageId: { Ref: 'Image' }, InstanceType: 't3.small', SubnetId: { Ref: 'Subnet0' } },
        },
        ...network(['a']),
      },
      { sections: { Parameters: { Image } } },
    );
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(driver.region.instances[stack.resources.Host!.physicalId]?.image).toBe(IMAGE);
  });

  test('are not there in a region without an image', async () => {
    const elsewhere = {
      service: 'ssm',
      region: 'us-east-1',
      body: JSON.stringify({ Name: NAME }),
      headers: { 'X-Amz-Target': 'AmazonSSM.GetParameter' },
    };
    const { status, text } = await send(driver.cloud, signedRequest(driver.cloud, elsewhere));
    expect(status).toBe(400);
    expect(text).toContain('ParameterNotFound');
  });

  test("below a path the account's own are listed, in pages, with those of folders only where that is asked", async () => {
    const names = Array.from({ length: 12 }, (_, n) => `/app/p${String(n).padStart(2, '0')}`);
    for (const Name of [...names, '/app/deep/x']) await askJson('AmazonSSM.PutParameter', { Name, Value: 'v', Type: 'String' });
    const first = (await askJson('AmazonSSM.GetParametersByPath', { Path: '/app' })).body;
    const rest = (await askJson('AmazonSSM.GetParametersByPath', { Path: '/app', NextToken: first.NextToken })).body;
    expect([...first.Parameters, ...rest.Parameters].map(({ Name }) => Name)).toEqual(names);
    expect(rest.NextToken).toBeUndefined();
    const deep = (await askJson('AmazonSSM.GetParametersByPath', { Path: '/app', Recursive: true })).body;
    expect(deep.Parameters[0].Name).toBe('/app/deep/x');
  });
});

test('a repository has no images, and one that is not there is refused', async () => {
  await driver.deploy('registry', { R: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app' } } });
  const ask = (action: string, input: object) => askJson(`AmazonEC2ContainerRegistry_V20150921.${action}`, input);
  expect((await ask('ListImages', { repositoryName: 'app' })).body).toEqual({ imageIds: [] });
  expect((await ask('BatchGetImage', { repositoryName: 'app', imageIds: [{ imageTag: 'x' }] })).body.failures).toHaveLength(1);
  expect((await ask('ListImages', { repositoryName: 'none' })).status).toBe(400);
});

test('a load balancer is found by its name, with its tags and listeners', async () => {
  const Subnets = [{ Ref: 'Subnet0' }];
  const stack = await driver.deploy('entry', {
    ...network(['a']),
    Entry: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Name: 'entry', Type: 'network', Scheme: 'internal', Subnets, Tags: [{ Key: 'for', Value: 'lines' }] },
    },
  });
  expect(stack.status).toBe('CREATE_COMPLETE');
  const ask = async (fields: Record<string, string>) =>
    (await send(driver.cloud, signedRequest(driver.cloud, call('elasticloadbalancing', fields)))).text;
  const found = await ask({ Action: 'DescribeLoadBalancers', 'Names.member.1': 'entry' });
  const arn = /<LoadBalancerArn>(.+?)<\/LoadBalancerArn>/.exec(found)?.[1] ?? '';
  expect(arn).toContain('entry');
  expect(await ask({ Action: 'DescribeTags', 'ResourceArns.member.1': arn })).toContain('<Key>for</Key><Value>lines</Value>');
  expect(await ask({ Action: 'DescribeListeners', LoadBalancerArn: arn })).toContain('<Listeners></Listeners>');
  expect(await ask({ Action: 'DescribeLoadBalancers', 'Names.member.1': 'none' })).toContain('LoadBalancerNotFound');
});
