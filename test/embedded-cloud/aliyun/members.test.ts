import RPCClient from '@alicloud/pop-core';
import type { AliyunHostOptions } from '../../../lib/embedded-cloud';
import { sha256 } from '../../../lib/engine/ids';
import { type Answer, type Asked, REGION, RosCloud, template } from '../ros/ros-cloud';
import { bootstrap, IMAGE, until } from './bench';

const FOLDER = 'config/beijing-etcd/';
const BUCKET = 'estate-artifacts';

/** A cloud with a members fleet's network, and ECS asked by pop-core. */
class Members {
  private constructor(readonly ros: RosCloud) {}

  static async start(hosts: AliyunHostOptions = {}): Promise<Members> {
    const ros = await RosCloud.start({ aliyun: {}, aliyunHosts: { bootMilliseconds: 10, ...hosts } });
    const trust = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }],
    };
    const base = {
      Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: BUCKET, DeletionForce: true } },
      Role: { Type: 'ALIYUN::RAM::Role', Properties: { RoleName: 'host', AssumeRolePolicyDocument: trust } },
    };
    if ((await ros.create('base', base)).Status !== 'CREATE_COMPLETE') throw new Error('no base');
    return new Members(ros);
  }

  call(action: string, asked: Asked = {}, apiVersion = '2014-05-26'): Promise<Answer> {
    const key = this.ros.cloud.aliyun.key();
    const client = new RPCClient({ endpoint: this.ros.cloud.url, apiVersion, accessKeyId: key.id, accessKeySecret: key.secret });
    return client.request(action, { RegionId: REGION, ...asked }, { method: 'POST', timeout: 5000 });
  }

  publish(text: string): string {
    const { world } = this.ros.cloud.backend;
    const digest = sha256(text);
    for (const [key, body] of [
      [digest, text],
      ['manifest', `meissa-config 1\n${digest}\n`],
    ] as const) {
      const bytes = Buffer.from(body);
      const stored = { size: bytes.length, etag: '', type: '', modified: new Date().toISOString(), metadata: {}, checksums: {} };
      const bucket = world.ossBuckets[BUCKET];
      if (bucket) bucket.objects[FOLDER + key] = { digest: this.store(bytes), ...stored };
    }
    return digest;
  }

  private store(bytes: Buffer): string {
    return this.ros.cloud.backend.objects.write(bytes);
  }

  /** Why resources failed. */
  async failures(StackId: string): Promise<string[]> {
    const { Events } = await this.ros.call('ListStackEvents', { StackId, PageSize: 50, Status: ['CREATE_FAILED'] });
    return Events.map((e: Answer) => `${e.LogicalResourceId}: ${e.StatusReason}`);
  }

  get inventory() {
    return this.ros.cloud.aliyun.inventory(REGION);
  }

  /** Runs a command on one host and waits for its result. */
  async run(InstanceId: string, content: string): Promise<Answer> {
    const { InvokeId } = await this.call('RunCommand', {
      Type: 'RunShellScript',
      CommandContent: Buffer.from(content).toString('base64'),
      ContentEncoding: 'Base64',
      InstanceId: [InstanceId],
    });
    for (;;) {
      const { Invocation } = await this.call('DescribeInvocationResults', { InvokeId, InstanceId });
      const result = Invocation.InvocationResults.InvocationResult[0];
      if (result.InvocationStatus !== 'Running') return result;
    }
  }
}

const network = {
  Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
  Switch: {
    Type: 'ALIYUN::ECS::VSwitch',
    Properties: { VpcId: { Ref: 'Vpc' }, ZoneId: 'cn-beijing-a', CidrBlock: '10.1.0.0/24' },
  },
  Group: { Type: 'ALIYUN::ECS::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupName: 'members' } },
};

/** A member behind a gate, with a data disk and a route, after the member before it. */
const member = (n: number) => ({
  [`M${n}Handle1`]: { Type: 'ALIYUN::ROS::WaitConditionHandle' },
  [`M${n}InstanceG1`]: {
    Type: 'ALIYUN::ECS::Instance',
    ...(n > 1 ? { DependsOn: [`M${n - 1}Gate1`, `M${n - 1}RouteG1`] } : {}),
    Properties: {
      ImageId: IMAGE,
      InstanceType: 'ecs.g7.large',
      InstanceName: `cn-beijing-etcd-voters-${n}`,
      VpcId: { Ref: 'Vpc' },
      VSwitchId: { Ref: 'Switch' },
      SecurityGroupId: { Ref: 'Group' },
      PrivateIpAddress: `10.1.0.${9 + n}`,
      RamRoleName: 'host',
      UserData: bootstrap(BUCKET, FOLDER),
      Tags: [
        { Key: 'meissa:number', Value: String(n) },
        { Key: 'meissa:gate', Value: { 'Fn::Join': ['/', [{ Ref: 'ALIYUN::StackId' }, `M${n}Handle1`]] } },
      ],
    },
  },
  [`M${n}VolumeData`]: {
    Type: 'ALIYUN::ECS::Disk',
    DeletionPolicy: 'Retain',
    Properties: { ZoneId: 'cn-beijing-a', Size: 100, DiskCategory: 'cloud_essd' },
  },
  [`M${n}AttachDataG1`]: {
    Type: 'ALIYUN::ECS::DiskAttachment',
    Properties: { DiskId: { Ref: `M${n}VolumeData` }, InstanceId: { Ref: `M${n}InstanceG1` }, DeleteWithInstance: false },
  },
  [`M${n}RouteG1`]: {
    Type: 'ALIYUN::ECS::Route',
    Properties: {
      RouteTableId: { 'Fn::GetAtt': ['Vpc', 'RouteTableId'] },
      DestinationCidrBlock: `10.200.${n}.0/24`,
      NextHopType: 'Instance',
      NextHopId: { Ref: `M${n}InstanceG1` },
    },
  },
  [`M${n}Gate1`]: {
    Type: 'ALIYUN::ROS::WaitCondition',
    DependsOn: [`M${n}AttachDataG1`],
    Properties: { Handle: { Ref: `M${n}Handle1` }, Timeout: 1200 },
  },
});

let members: Members;
afterEach(() => members.ros.close());

test('a quorum fleet comes up one member after the other, each with its address, disk and route', async () => {
  members = await Members.start();
  const digest = members.publish('one');
  const stack = await members.ros.create('etcd', { ...network, ...member(1), ...member(2), ...member(3) });
  expect(stack.StatusReason).toContain('success');
  const { hosts, routeTables } = members.inventory;
  expect(hosts.map((h) => [h.privateIp, h.applied, h.healthy, h.sourceDestCheck, h.restarts, h.disks.length])).toEqual(
    ['10.1.0.10', '10.1.0.11', '10.1.0.12'].map((a) => [a, digest, true, true, 0, 1]),
  );
  expect(routeTables[0]?.routes.map((r) => [r.destination, r.hop, r.state])).toEqual(
    hosts.map((h, n) => [`10.200.${n + 1}.0/24`, h.instanceId, 'active']),
  );
  const history = await members.ros.history(stack.StackId);
  expect(history.indexOf('M1Gate1 CREATE_COMPLETE')).toBeLessThan(history.indexOf('M2InstanceG1 CREATE_IN_PROGRESS'));
});

test('a member that never becomes healthy stops the fleet at its gate, and everything goes again but its disks', async () => {
  members = await Members.start({ onStart: (h) => (h.name.endsWith('-2') ? 'silent' : 'healthy') });
  members.publish('one');
  const stack = await members.ros.create('etcd', { ...network, ...member(1), ...member(2), ...member(3) });
  expect(stack.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  const { hosts, vpcs } = members.inventory;
  expect([hosts, vpcs]).toEqual([[], []]);
  expect(await members.ros.history(stack.StackId)).not.toContain('M3InstanceG1 CREATE_COMPLETE');
}, 20_000);

test('routes of members that are not chained conflict', async () => {
  members = await Members.start();
  members.publish('one');
  const free = (n: number) => Object.fromEntries(Object.entries(member(n)).map(([k, v]) => [k, { ...v, DependsOn: [] }]));
  const stack = await members.ros.create('etcd', { ...network, ...free(1), ...free(2) });
  expect(stack.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  expect(await members.failures(stack.StackId)).toContainEqual(expect.stringContaining('TaskConflict'));
});

describe('a changed configuration', () => {
  test('is asked for by Cloud Assistant, applied by a restart, and then answered with 0', async () => {
    members = await Members.start({ bootMilliseconds: 600 });
    const first = members.publish('one');
    await members.ros.create('etcd', { ...network, ...member(1) });
    const id = members.inventory.hosts[0]?.instanceId as string;
    const ask = (digest: string) => members.run(id, `/opt/meissa/bin/meissa-healthy ${digest}`);
    const said = (digest: string) => Buffer.from(`applied=${digest}\n`).toString('base64');
    expect(await ask(first)).toMatchObject({
      ExitCode: 0,
      InvocationStatus: 'Success',
      InvokeRecordStatus: 'Finished',
      Output: said(first),
    });
    const next = members.publish('two');
    expect(await ask(next)).toMatchObject({
      ExitCode: 3,
      InvocationStatus: 'Failed',
      ErrorCode: 'ExitCodeNonzero',
      Output: said(first),
    });
    await members.call('RebootInstance', { InstanceId: id });
    expect(await ask(next)).toMatchObject({ InvocationStatus: 'Failed', ErrorCode: 'ClientNotRunning' });
    await until(() => members.inventory.hosts[0]?.healthy === true);
    expect(await ask(next)).toMatchObject({ ExitCode: 0, Output: said(next) });
    expect(members.inventory.hosts[0]).toMatchObject({ starts: 2, restarts: 1, applied: next });
    expect(await members.run(id, 'uptime')).toMatchObject({ ExitCode: 127 });
  });
});

test('ECS tells instances, interfaces, disks and tags, and switches the source/destination check off', async () => {
  members = await Members.start();
  members.publish('one');
  await members.ros.create('etcd', { ...network, ...member(1), ...member(2) });
  const [first, second] = members.inventory.hosts;
  const one = await members.call('DescribeInstances', { InstanceIds: JSON.stringify([first?.instanceId]) });
  expect(one.Instances.Instance).toMatchObject([
    { InstanceId: first?.instanceId, Status: 'Running', VpcAttributes: { PrivateIpAddress: { IpAddress: ['10.1.0.10'] } } },
  ]);
  const paged = await members.call('DescribeInstances', { PageSize: 1, PageNumber: 2 });
  expect([paged.TotalCount, paged.Instances.Instance[0].InstanceId]).toEqual([2, second?.instanceId]);
  const tagged = await members.call('DescribeInstances', { 'Tag.1.Key': 'meissa:number', 'Tag.1.Value': '2' });
  expect(tagged.Instances.Instance.map((i: Answer) => i.InstanceId)).toEqual([second?.instanceId]);

  const interfaces = async () =>
    (await members.call('DescribeNetworkInterfaces', { InstanceId: first?.instanceId })).NetworkInterfaceSets.NetworkInterfaceSet;
  expect(await interfaces()).toMatchObject([{ Type: 'Primary', PrivateIpAddress: '10.1.0.10', SourceDestCheck: true }]);
  const NetworkInterfaceId = first?.primaryInterface;
  await members.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, SourceDestCheck: false });
  expect(await interfaces()).toMatchObject([{ SourceDestCheck: false }]);
  await expect(
    members.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, SourceDestCheck: 'off' }),
  ).rejects.toMatchObject({
    code: 'InvalidParameter.SourceDestCheck',
  });

  const { Disks } = await members.call('DescribeDisks', { InstanceId: first?.instanceId, DiskType: 'data' });
  expect(Disks.Disk).toMatchObject([{ Size: 100, Status: 'In_use', DeleteWithInstance: false, Device: '/dev/xvdb' }]);

  const { TagResources } = await members.call('ListTagResources', {
    ResourceType: 'instance',
    'ResourceId.1': first?.instanceId,
  });
  expect(TagResources.TagResource).toContainEqual({
    ResourceId: first?.instanceId,
    ResourceType: 'instance',
    TagKey: 'meissa:number',
    TagValue: '1',
  });
});

test('ECS refuses what is not there and what does not fit the state', async () => {
  members = await Members.start();
  const code = (action: string, asked: Asked) =>
    members.call(action, asked).then(
      () => 'none',
      (e: { code: string }) => e.code,
    );
  expect(await code('RebootInstance', { InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound');
  expect(await code('RebootInstance', {})).toBe('MissingParameter.InstanceId');
  expect(await code('DescribeInstances', { InstanceIds: 'i-1' })).toBe('InvalidParameter');
  expect(await code('DescribeInstances', { PageSize: 500 })).toBe('InvalidParameter.PageSize');
  expect(await code('RunCommand', { Type: 'RunBatScript', CommandContent: 'x' })).toBe('InvalidCmdType.NotFound');
  members.publish('one');
  await members.ros.create('etcd', { ...network, ...member(1) });
  const InstanceId = members.inventory.hosts[0]?.instanceId;
  expect(await code('StartInstance', { InstanceId })).toBe('IncorrectInstanceStatus');
  expect(await code('StopInstance', { InstanceId })).toBe('none');
  expect(await code('RebootInstance', { InstanceId })).toBe('IncorrectInstanceStatus');
  expect(await code('RunCommand', { Type: 'RunShellScript', CommandContent: 'x', 'InstanceId.1': InstanceId })).toBe(
    'InvalidInstance.NotMatch',
  );
  expect(members.inventory.routeTables[0]?.routes[0]?.state).toBe('blackhole');
  expect(await code('StartInstance', { InstanceId })).toBe('none');
});

test("STS tells who one is, and gives out a role's keys, with which a host signs", async () => {
  members = await Members.start();
  const sts = (action: string, asked: Asked = {}) => members.call(action, asked, '2015-04-01');
  const account = members.ros.cloud.aliyun.account;
  expect(await sts('GetCallerIdentity')).toMatchObject({ AccountId: account, IdentityType: 'Account' });
  const RoleArn = `acs:ram::${account}:role/host`;
  const { Credentials } = await sts('AssumeRole', { RoleArn, RoleSessionName: 'rehearsal' });
  const own = {
    endpoint: members.ros.cloud.url,
    accessKeyId: Credentials.AccessKeyId,
    accessKeySecret: Credentials.AccessKeySecret,
  };
  const host = new RPCClient({ ...own, apiVersion: '2015-04-01', securityToken: Credentials.SecurityToken } as never);
  expect(await host.request('GetCallerIdentity', {}, { method: 'POST' })).toMatchObject({ IdentityType: 'AssumedRoleUser' });
  await expect(sts('AssumeRole', { RoleArn: `${RoleArn}s`, RoleSessionName: 'rehearsal' })).rejects.toMatchObject({
    code: 'EntityNotExist.Role',
  });
});

test('Auto Scaling tells the instances of a group', async () => {
  members = await Members.start();
  const elastic = {
    ...network,
    Asg: {
      Type: 'ALIYUN::ESS::ScalingGroup',
      Properties: { MinSize: 2, MaxSize: 4, VSwitchIds: [{ Ref: 'Switch' }], ScalingGroupName: 'collectors' },
    },
    Configuration: {
      Type: 'ALIYUN::ESS::ScalingConfiguration',
      Properties: {
        ScalingGroupId: { Ref: 'Asg' },
        ImageId: IMAGE,
        InstanceType: 'ecs.g7.large',
        SecurityGroupId: { Ref: 'Group' },
        UserData: '#cloud-config\n',
        TagList: [{ Key: 'meissa:fleet', Value: 'collectors' }],
      },
    },
    Enable: {
      Type: 'ALIYUN::ESS::ScalingGroupEnable',
      Properties: { ScalingGroupId: { Ref: 'Asg' }, ScalingConfigurationId: { Ref: 'Configuration' } },
    },
  };
  const stack = await members.ros.create('collectors', elastic);
  expect(await members.failures(stack.StackId)).toEqual([]);
  const [group] = members.inventory.scalingGroups;
  const told = await members.call('DescribeScalingInstances', { ScalingGroupId: group?.id }, '2014-08-28');
  expect(told.ScalingInstances.ScalingInstance.map((i: Answer) => i.InstanceId)).toEqual(group?.instances);
  expect(members.inventory.hosts.map((h) => h.tags['meissa:fleet'])).toEqual(['collectors', 'collectors']);
  const StackId = stack.StackId;
  await members.ros.call('DeleteStack', { StackId });
  expect((await members.ros.settled(StackId)).Status).toBe('DELETE_COMPLETE');
  expect(members.inventory.hosts).toEqual([]);
});

test('the inventory is plain data', async () => {
  members = await Members.start();
  members.publish('one');
  const body = template({ ...network, ...member(1) });
  await members.ros.create('etcd', JSON.parse(body).Resources);
  const { inventory } = members;
  expect(JSON.parse(JSON.stringify(inventory))).toEqual(JSON.parse(JSON.stringify({ ...inventory })));
  expect(inventory.buckets).toMatchObject([{ name: BUCKET, keys: expect.arrayContaining([`${FOLDER}manifest`]) }]);
  expect(inventory.stacks.map((s) => s.name).sort()).toEqual(['base', 'etcd']);
});
