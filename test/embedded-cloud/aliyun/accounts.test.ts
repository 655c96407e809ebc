import { rosSchema } from '../../../lib/embedded-cloud/aliyun/dialect/schema';
import { aliyunHandlers } from '../../../lib/embedded-cloud/aliyun/resources';
import { Bench } from './bench';

test('every type that is emitted is in the embedded cloud', () => {
  const missing = Object.keys(rosSchema().resourceTypes).filter((type) => !aliyunHandlers[type]);
  expect(missing).toEqual([]);
});

test('what a handler answers as attributes is what the schema calls so', async () => {
  const bench = new Bench();
  const made = [...Object.values(await bench.network(['a']))].flat().filter((s) => typeof s === 'object');
  for (const s of made)
    expect(
      Object.keys(s.attributes).filter((a) => !rosSchema().resourceTypes[`ALIYUN::${s.type}`]?.attributes.includes(a)),
    ).toEqual([]);
  bench.close();
});

describe('roles, buckets and records of Aliyun', () => {
  const bench = new Bench();
  afterAll(() => bench.close());
  const document = { Version: '1', Statement: [{ Effect: 'Allow', Action: ['oss:GetObject'], Resource: ['*'] }] };

  test('a role is there once, and goes after the policies that were attached to it', async () => {
    const role = await bench.role('voters');
    expect(role.attributes).toMatchObject({ RoleName: 'voters', Arn: 'acs:ram::1234567890123456:role/voters' });
    expect(await bench.code(bench.role('voters'))).toBe('EntityAlreadyExists.Role');
    const policy = await bench.make('RAM::ManagedPolicy', { PolicyName: 'read', PolicyDocument: document });
    const bound = { PolicyName: 'read', PolicyType: 'Custom', RoleName: 'voters' };
    const attached = await bench.make('RAM::AttachPolicyToRole', bound);
    expect(await bench.refusal('RAM::AttachPolicyToRole', bound)).toBe('EntityAlreadyExists.Role.Policy');
    expect(await bench.refusal('RAM::AttachPolicyToRole', { ...bound, PolicyName: 'none' })).toBe('EntityNotExist.Policy');
    expect(await bench.code(bench.drop(role))).toBe('DeleteConflict.Role.Policy');
    expect(await bench.code(bench.drop(policy))).toBe('DeleteConflict.Policy.Role');
    for (const s of [attached, policy, role]) await bench.drop(s);
  });

  test('a policy document has a version and statements with an effect', async () => {
    const refusal = (PolicyDocument: object) => bench.refusal('RAM::ManagedPolicy', { PolicyName: 'p', PolicyDocument });
    expect(await refusal({ ...document, Version: '2012-10-17' })).toBe('MalformedPolicyDocument');
    expect(await refusal({ Version: '1', Statement: [{ Action: '*' }] })).toBe('MalformedPolicyDocument');
  });

  test('the name of a bucket is taken over all regions, and one with objects stays', async () => {
    const bucket = await bench.make('OSS::Bucket', { BucketName: 'estate-artifacts' });
    expect(await bench.refusal('OSS::Bucket', { BucketName: 'estate-artifacts' }, { region: 'cn-hangzhou' })).toBe(
      'BucketAlreadyExists',
    );
    expect(await bench.refusal('OSS::Bucket', { BucketName: 'Upper' })).toBe('InvalidBucketName');
    bench.publish('estate-artifacts', 'config/x/', 'one');
    expect(await bench.code(bench.drop(bucket))).toBe('BucketNotEmpty');
    await bench.change(bucket, { BucketName: 'estate-artifacts', DeletionForce: true });
    await bench.drop(bucket);
    expect(bench.world.ossBuckets['estate-artifacts']).toBeUndefined();
  });

  test('records name what exists', async () => {
    const { vpc, vSwitches } = await bench.network(['a', 'b']);
    const zone = await bench.make('PVTZ::Zone', { ZoneName: 'beijing.internal' });
    await bench.make('PVTZ::ZoneVpcBinder', { ZoneId: zone.id, Vpcs: [{ VpcId: vpc.id, RegionId: 'cn-beijing' }] });
    expect(await bench.refusal('PVTZ::ZoneVpcBinder', { ZoneId: zone.id, Vpcs: [{ VpcId: 'vpc-none' }] })).toBe(
      'InvalidVpcID.NotFound',
    );
    expect(
      await bench.refusal('PVTZ::ZoneRecord', { ZoneId: 'none', Rr: 'a', Type: 'A', Value: '10.0.0.1', Status: 'ENABLE' }),
    ).toBe('ResourceNotFound');
    const targets = { RuleName: 'vpn', ContactParameters: [{ ContactGroupName: 'ops', Id: '1' }] };
    expect(await bench.refusal('CMS::EventRuleTargets', targets)).toBe('ResourceNotFound');
    await bench.make('CMS::EventRule', { RuleName: 'vpn', EventPattern: [{ Product: 'vpngw' }] });
    await bench.make('CMS::EventRuleTargets', targets);
    expect(
      (await bench.make('CMS::ResourceMetricRule', { ContactGroups: ['ops'], MetricName: 'cpu' })).attributes.RuleId,
    ).toBeTruthy();
    const mappings = vSwitches.map((s, n) => ({ VSwitchId: s.id, ZoneId: `cn-beijing-${'ab'[n]}` }));
    const balancer = { AddressType: 'Intranet', VpcId: vpc.id, ZoneMappings: mappings };
    const nlb = await bench.make('NLB::LoadBalancer', balancer);
    expect(nlb.attributes.DNSName).toMatch(/\.cn-beijing\.nlb\.aliyuncs\.com$/);
    expect(await bench.refusal('NLB::LoadBalancer', { ...balancer, ZoneMappings: mappings.slice(0, 1) })).toBe(
      'IllegalParam.ZoneMappings',
    );
    const redis = await bench.make('REDIS::Instance', { VpcId: vpc.id, VSwitchId: vSwitches[0]?.id, Password: 'abcdEFGH1' });
    expect(redis.attributes.ConnectionDomain).toMatch(/\.redis\.rds\.aliyuncs\.com$/);
    expect(await bench.code(bench.drop(vSwitches[0] as never))).toBe('DependencyViolation');
    for (const s of [redis, nlb, ...vSwitches]) await bench.drop(s);
  });
});

describe('waits of ROS', () => {
  const bench = new Bench();
  afterAll(() => bench.close());

  test('a sleep takes its time, scaled', async () => {
    const began = Date.now();
    await bench.make('ROS::Sleep', { CreateDuration: 30 });
    expect(Date.now() - began).toBeGreaterThanOrEqual(45);
    expect(await bench.refusal('ROS::Sleep', { CreateDuration: 100_000 })).toBe('InvalidProperty');
  });

  test('a condition waits between 1 and 43200 seconds, for a handle', async () => {
    expect(await bench.refusal('ROS::WaitCondition', { Handle: 'x', Timeout: 0 })).toBe('InvalidProperty');
    expect(await bench.refusal('ROS::WaitCondition', { Handle: 'x', Timeout: 60 })).toBe('InvalidHandle');
  });
});
