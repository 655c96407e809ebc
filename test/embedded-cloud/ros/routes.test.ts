import { RosCloud, template } from './ros-cloud';

let ros: RosCloud;
beforeEach(async () => {
  ros = await RosCloud.start({ aliyun: {} });
});
afterEach(() => ros.close());

const network = {
  Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Switch: {
    Type: 'ALIYUN::ECS::VSwitch',
    Properties: { VpcId: { Ref: 'Vpc' }, ZoneId: 'cn-beijing-f', CidrBlock: '10.0.0.0/24' },
  },
  Group: { Type: 'ALIYUN::ECS::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupName: 'members' } },
};

const member = (n: number, address = `10.0.0.${10 + n}`) => ({
  [`M${n}`]: {
    Type: 'ALIYUN::ECS::Instance',
    Properties: {
      ImageId: 'debian_12_x64_20G_alibase_20250101.vhd',
      InstanceType: 'ecs.g7.large',
      VpcId: { Ref: 'Vpc' },
      VSwitchId: { Ref: 'Switch' },
      SecurityGroupId: { Ref: 'Group' },
      PrivateIpAddress: address,
      AllocatePublicIP: false,
      SystemDiskCategory: 'cloud_essd',
      SystemDiskSize: 40,
    },
  },
});

const route = (n: number, more: object = {}) => ({
  [`Route${n}`]: {
    Type: 'ALIYUN::ECS::Route',
    Properties: {
      RouteTableId: { 'Fn::GetAtt': ['Vpc', 'RouteTableId'] },
      DestinationCidrBlock: `172.20.${n}.0/24`,
      NextHopType: 'Instance',
      NextHopId: { Ref: `M${n}` },
    },
    ...more,
  },
});

test('two routes of one VPC that are made at once conflict', async () => {
  const stack = await ros.create('hosts', { ...network, ...member(1), ...member(2), ...route(1), ...route(2) });
  expect(stack.Status).toBe('CREATE_ROLLBACK_COMPLETE');
  expect(JSON.stringify(await ros.call('ListStackEvents', { StackId: stack.StackId, PageSize: 50 }))).toContain('TaskConflict');
});

test('routes that are chained are made, and so they are with Parallelism 1', async () => {
  const chained = { ...network, ...member(1), ...member(2), ...route(1), ...route(2, { DependsOn: 'Route1' }) };
  const first = await ros.create('chained', chained);
  expect(first).toMatchObject({ Status: 'CREATE_COMPLETE' });
  const before = await ros.ids(first.StackId);
  // A member is never replaced by an update that nobody agreed to.
  const moved = { ...chained, ...member(1, '10.0.0.99') };
  expect((await ros.update(first.StackId, moved)).Status).toBe('ROLLBACK_COMPLETE');
  expect(await ros.ids(first.StackId)).toEqual(before);
  await ros.call('DeleteStack', { StackId: first.StackId });
  expect(await ros.settled(first.StackId)).toMatchObject({ Status: 'DELETE_COMPLETE' });
  const free = { ...network, ...member(1), ...member(2), ...route(1), ...route(2) };
  const { StackId } = await ros.call('CreateStack', { StackName: 'one', TemplateBody: template(free), Parallelism: 1 });
  expect((await ros.settled(StackId)).Status).toBe('CREATE_COMPLETE');
});
