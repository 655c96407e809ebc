/** The AWS tables beside what AWS publishes: `@aws-cdk/aws-service-spec`, and how `@aws-cdk/cloudformation-diff` reads it. */
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { diffResource } from '@aws-cdk/cloudformation-diff/lib/diff';
import { handlers } from '../../lib/embedded-cloud/aws/resources';
import { awsEffect, awsUpdates, GATED_PROPERTIES, publishedUpdates } from '../../lib/facts/aws/updates';

type Answer = 'replaces' | 'maybe' | 'stays';

const specification = loadAwsServiceSpecSync();

function propertiesOf(type: string): readonly [name: string, answer: Answer][] {
  const [found] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  const ANSWERS = { yes: 'replaces', maybe: 'maybe', no: 'stays' } as const;
  return Object.entries(found?.properties ?? {}).map(([name, { causesReplacement }]) => [
    name,
    ANSWERS[causesReplacement ?? 'no'],
  ]);
}

const PUBLISHED = [...new Set([...Object.keys(handlers), ...Object.keys(awsUpdates)])].filter(
  (type) => !type.startsWith('Custom::') && type !== 'AWS::CDK::Metadata',
);
const PROPERTIES = PUBLISHED.flatMap((type) => propertiesOf(type).map(([name, answer]) => ({ type, name, answer })));

/** A text for another text: what every property of the tables is asked with. */
const told = (type: string, name: string) => awsEffect(type, name, 'before', 'after');

/** Where we say otherwise than AWS, which property, and why. */
const DIFFERENCES: Readonly<Record<string, readonly [published: Answer, ours: string, why: string]>> = {
  'AWS::CloudFormation::CustomResource ServiceToken': ['replaces', 'refused', '"Modifying service token is not allowed"'],
  'AWS::CloudFormation::WaitCondition Count': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::CloudFormation::WaitCondition Handle': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::CloudFormation::WaitCondition Timeout': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::EIP PublicIpv4Pool': ['stays', 'replace', 'an address of another pool is another address'],
  'AWS::EC2::TransitGatewayRouteTable Tags': ['replaces', 'none', 'its page says "No interruption"; the specification is older'],
  'AWS::EC2::Volume AvailabilityZone': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::Volume Encrypted': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::Volume KmsKeyId': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::Volume OutpostArn': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::Volume SnapshotId': ['stays', 'refused', 'its page: "Updates are not supported"'],
  'AWS::EC2::Volume SourceVolumeId': ['stays', 'refused', "ModifyVolume doesn't make a volume the copy of another"],
  'AWS::KMS::Key KeySpec': ['stays', 'refused', 'its page: a key that stands keeps it, and the update fails'],
  'AWS::KMS::Key KeyUsage': ['stays', 'refused', 'its page: a key that stands keeps it, and the update fails'],
};

const LISTED = Object.entries(DIFFERENCES).map(([key, [published, ours]]) => [key, published, ours]);

const differs = (published: Answer, ours: string) =>
  published === 'replaces' ? ours !== 'replace' : published === 'stays' && ours !== 'none' && ours !== 'interrupt';

test('every difference to the published specification is listed with its reason, and every listed one is there', () => {
  const found = PROPERTIES.flatMap(({ type, name, answer }) => {
    const ours = told(type, name);
    return differs(answer, ours) ? [[`${type} ${name}`, answer, ours]] : [];
  });
  expect(found.sort()).toEqual([...LISTED].sort());
});

test("CDK's own diff differs from us in the same, and in nothing else", () => {
  const IMPACTS: Partial<Record<ResourceImpact, Answer>> = {
    [ResourceImpact.WILL_REPLACE]: 'replaces',
    [ResourceImpact.MAY_REPLACE]: 'maybe',
    [ResourceImpact.WILL_UPDATE]: 'stays',
  };
  const found = PROPERTIES.flatMap(({ type, name }) => {
    const of = (value: string) => ({ Type: type, Properties: { [name]: value } });
    const [ours, theirs] = [told(type, name), IMPACTS[diffResource(of('before'), of('after')).changeImpact]];
    return differs(theirs!, ours) ? [[`${type} ${name}`, theirs, ours]] : [];
  });
  expect(found.sort()).toEqual([...LISTED].sort());
});

test('of every property of which the specification says only "maybe" a table says what it does', () => {
  const maybe = PROPERTIES.filter(({ answer }) => answer === 'maybe');
  expect(maybe.map(({ type, name }) => `${type} ${name}`)).toContain('AWS::EC2::Instance UserData');
  expect(maybe.filter(({ type, name }) => told(type, name) === 'unknown')).toEqual([]);
});

test('the tables name only properties that exist, and each once', () => {
  for (const [type, { when = {}, ...byEffect }] of Object.entries(awsUpdates)) {
    const named = [...Object.values(byEffect).flatMap((names) => names.split(/\s+/)), ...Object.keys(when)];
    expect([type, named]).toEqual([type, [...new Set(named)]]);
    if (!PUBLISHED.includes(type)) continue;
    const known = propertiesOf(type).map(([name]) => name);
    expect([type, named.filter((name) => !known.includes(name))]).toEqual([type, []]);
  }
});

test('the committed cut is the installed specification: `npm run aws-updates` writes it anew', () => {
  expect(Object.keys(publishedUpdates).sort()).toEqual([...PUBLISHED].sort());
  for (const type of PUBLISHED) {
    const names = (answer: Answer) =>
      propertiesOf(type)
        .filter(([, one]) => one === answer)
        .map(([name]) => name);
    const cut = (text: string | undefined) => text?.split(' ') ?? [];
    const { replace, unknown, none } = publishedUpdates[type]!;
    expect([type, cut(replace), cut(unknown), cut(none)]).toEqual([type, names('replaces'), names('maybe'), names('stays')]);
  }
});

test('what nobody knows is never called in place', () => {
  expect(awsEffect('AWS::New::Thing', 'Name', 'a', 'b')).toBe('unknown');
  expect(awsEffect('AWS::EC2::Instance', 'NeverHeardOf', 'a', 'b')).toBe('unknown');
  expect(awsEffect('Custom::Thing', 'Name', 'a', 'b')).toBe('unknown');
  expect(awsEffect('Custom::Thing', 'ServiceToken', 'a', 'b')).toBe('refused');
  expect(awsEffect('AWS::EC2::Instance', 'constructor', 'a', 'b')).toBe('unknown');
});

test('what depends on the values: block devices, sizes, tenancy, addresses, IPv6', () => {
  const disk = (DeleteOnTermination: boolean, VolumeSize = 8) => [
    { DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination, VolumeSize } },
  ];
  const turned = [{ Ebs: { VolumeSize: 8, DeleteOnTermination: true }, DeviceName: '/dev/xvda' }];
  expect(awsEffect('AWS::EC2::Instance', 'BlockDeviceMappings', disk(false), turned)).toBe('none');
  expect(awsEffect('AWS::EC2::Instance', 'BlockDeviceMappings', disk(false), disk(false, 9))).toBe('replace');
  expect(awsEffect('AWS::EC2::Instance', 'BlockDeviceMappings', undefined, disk(false))).toBe('replace');
  expect(awsEffect('AWS::EC2::Instance', 'Tenancy', 'dedicated', 'host')).toBe('interrupt');
  expect(awsEffect('AWS::EC2::Instance', 'Tenancy', undefined, 'host')).toBe('replace');
  const primary = (PrivateIpAddress: string) => ({ Primary: true, PrivateIpAddress });
  const more = { Primary: false, PrivateIpAddress: '10.0.0.9' };
  const addresses = (a: object[], b: object[]) =>
    awsEffect('AWS::EC2::NetworkInterface', 'PrivateIpAddresses', a as never, b as never);
  expect(addresses([primary('10.0.0.4')], [more, primary('10.0.0.4')])).toBe('none');
  expect(addresses([primary('10.0.0.4')], [primary('10.0.0.5')])).toBe('replace');
  expect(awsEffect('AWS::EC2::Volume', 'Size', 500, 600)).toBe('none');
  expect(awsEffect('AWS::EC2::Volume', 'Size', 600, 500)).toBe('refused');
  expect(awsEffect('AWS::EC2::VPC', 'InstanceTenancy', 'dedicated', undefined)).toBe('none');
  expect(awsEffect('AWS::EC2::VPC', 'InstanceTenancy', 'default', 'dedicated')).toBe('replace');
  expect(awsEffect('AWS::EC2::Subnet', 'Ipv6CidrBlock', undefined, 'fd00::/64')).toBe('none');
  expect(awsEffect('AWS::EC2::Subnet', 'Ipv6CidrBlock', 'fd00::/64', 'fd01::/64')).toBe('replace');
});

test('a quorum waits for whatever stops a host, and for its volumes: the names are hashed in this order', () => {
  expect(GATED_PROPERTIES).toEqual(
    `AdditionalInfo Affinity EbsOptimized HostId InstanceType KernelId PrivateDnsNameOptions RamdiskId Tenancy UserData Volumes`.split(
      ' ',
    ),
  );
});
