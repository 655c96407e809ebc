import { createHash } from 'node:crypto';
import { emit, inland, ofType, resourcesOf, withBeijing, withFleet } from './fixtures';

const estate = inland();
const assembly = emit(estate);
const network = resourcesOf(assembly, 'cn-beijing/network');

test('vSwitches are made one after the other, each where the plan has it', () => {
  const switches = ofType(network, 'ECS::VSwitch');
  expect(switches).toHaveLength(12);
  expect(switches.filter(([, s]) => s.DependsOn === undefined)).toHaveLength(1);
  expect(new Set(switches.flatMap(([, s]) => s.DependsOn ?? [])).size).toBe(11);
  expect(network.SubnetMembersKG1!.Properties).toMatchObject({ CidrBlock: '10.32.72.0/21', ZoneId: 'cn-beijing-k' });
});

test('one NAT gateway in the zone written first, without a route of its own', () => {
  expect(ofType(network, 'VPC::NatGateway')).toHaveLength(1);
  expect(network.NatG1!.Properties).toMatchObject({ VSwitchId: { Ref: 'SubnetPublicHG1' } });
  expect(network.NatSourceG1!.Properties).toMatchObject({ SourceCIDR: '10.32.0.0/16' });
  expect(ofType(network, 'ECS::Route')).toEqual([]);
  const none = withBeijing(estate, (region) => ({ ...region, network: { ...region.network, nat: 'none' } }));
  expect(ofType(resourcesOf(emit(none), 'cn-beijing/network'), 'VPC::NatGateway')).toEqual([]);
});

test('every rule is of the internal network, and lets in what the plan says', () => {
  const rules = ofType(network, 'ECS::SecurityGroupIngress');
  expect(rules.length).toBeGreaterThan(4);
  for (const [, rule] of rules) expect(rule.Properties).toMatchObject({ NicType: 'intranet', Policy: 'accept', Priority: 1 });
  expect(network.IngressCoreVotersEtcdClientFromBjIdcA01G1!.Properties).toMatchObject({
    SourceCidrIp: '10.200.1.0/24',
    PortRange: '2379/2379',
    IpProtocol: 'tcp',
  });
  expect(network.IngressCoreVotersEtcdPeerFromCoreVotersG1!.Properties).toMatchObject({
    SourceGroupId: { Ref: 'SecurityGroupCoreVotersG1' },
  });
  expect(network.IngressContainersAllFromCnBeijingContainersG1!.Properties).toMatchObject({
    PortRange: '-1/-1',
    IpProtocol: 'all',
  });
});

test("a host's role may read its artifacts and its fleet's configuration, signal, and nothing else", () => {
  const base = resourcesOf(assembly, 'cn-beijing/base');
  const [{ PolicyDocument }] = base.RoleCoreWorker!.Properties!.Policies as [{ PolicyDocument: { Statement: unknown[] } }];
  expect(PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['oss:GetObject'],
      Resource: [
        expect.stringMatching(/^acs:oss:\*:1111111111111111:meissa-inland-1111111111111111-cn-beijing\/[0-9a-f]{64}$/),
        'acs:oss:*:1111111111111111:meissa-inland-1111111111111111-cn-beijing/config/CoreWorker/*',
      ],
    },
    { Effect: 'Allow', Action: ['ecs:ListTagResources'], Resource: ['acs:ecs:cn-beijing:1111111111111111:instance/*'] },
  ]);
  const voters = JSON.stringify(base.RoleCoreVoters!.Properties);
  expect(voters).toContain('/marker/meissa/inland/cn-beijing/core/g1/formed');
  expect(voters).toContain('ros:SignalResource');
});

test('the bucket is private, encrypted, versioned and kept, and takes TLS only', () => {
  const bucket = resourcesOf(assembly, 'cn-hangzhou/base').ArtifactBucket!;
  expect(bucket.DeletionPolicy).toBe('Retain');
  const { BucketName, Policy } = bucket.Properties as { BucketName: string; Policy: { Statement: unknown[] } };
  expect(Policy.Statement).toEqual([
    {
      Effect: 'Deny',
      Principal: ['*'],
      Action: ['oss:*'],
      Resource: [`acs:oss:*:*:${BucketName}`, `acs:oss:*:*:${BucketName}/*`],
      Condition: { Bool: { 'acs:SecureTransport': ['false'] } },
    },
  ]);
  expect(bucket.Properties).toMatchObject({
    AccessControl: 'private',
    BlockPublicAccess: true,
    ServerSideEncryptionConfiguration: { SSEAlgorithm: 'AES256' },
    VersioningConfiguration: { Status: 'Enabled' },
  });
});

test("the estate's network stands once, in the region that is named", () => {
  expect(ofType(resourcesOf(assembly, 'cn-beijing/base'), 'CEN::CenInstance')).toHaveLength(1);
  expect(ofType(resourcesOf(assembly, 'cn-hangzhou/base'), 'CEN::CenInstance')).toEqual([]);
});

test('an elastic fleet’s hosts fetch the configuration that their user-data names, and have no desired capacity', () => {
  const path = 'cn-hangzhou/core-adserver';
  const elastic = resourcesOf(assembly, path);
  const text = (assembly.templates.get(path)!.Mappings!.UserData!.Fleet as { Text: string }).Text;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
  const [configuration] = assembly.manifest.stacks.find((stack) => stack.path === path)!.configurations;
  const { bucket, objectKey, digest, file } = configuration!;
  expect(text).toContain(`'${bucket}','config/CoreAdserver/','${digest}'`);
  expect(objectKey).toBe(`config/CoreAdserver/${digest}`);
  expect(createHash('sha256').update(assembly.configurations.get(file)!).digest('hex')).toBe(digest);
  expect(configuration).not.toHaveProperty('manifestKey');
  const role = JSON.stringify(resourcesOf(assembly, 'cn-hangzhou/base').RoleCoreAdserver);
  expect(role).toContain(`${bucket}/config/CoreAdserver/*`);
  expect(elastic.Group!.Properties).toMatchObject({ MinSize: 2, MaxSize: 40, MultiAZPolicy: 'BALANCE' });
  expect(elastic.Group!.Properties).not.toHaveProperty('DesiredCapacity');
  expect((elastic.Group!.Properties!.VSwitchIds as unknown[]).length).toBe(3);
  expect(elastic.Configuration!.Properties).toMatchObject({ SystemDiskEncrypted: true, InternetMaxBandwidthOut: 0 });
});

test('whoever is to be told of failing hosts is told for all hosts of the fleet, those to come too', () => {
  expect(ofType(resourcesOf(assembly, 'cn-beijing/core-worker-1'), 'CMS::DynamicTagGroup')).toEqual([]);
  const told = withFleet(estate, 'worker', (fleet) => ({ ...fleet, alarms: { ...fleet.alarms, contactGroup: 'ops' } }));
  const [, alarm] = ofType(resourcesOf(emit(told), 'cn-beijing/core-worker-1'), 'CMS::DynamicTagGroup')[0]!;
  expect(alarm.Properties).toMatchObject({
    ContactGroupList: ['ops'],
    TagKey: 'meissa_fleet',
    MatchExpress: [{ TagValue: 'core/worker', TagValueMatchFunction: 'equals' }],
  });
});
