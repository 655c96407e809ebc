import { Bench, IMAGE, type Standing } from './bench';

describe('instances and disks of Aliyun', () => {
  const bench = new Bench();
  let vSwitch: Standing;
  let group: Standing;
  beforeAll(async () => {
    const made = await bench.network(['a', 'b']);
    vSwitch = made.vSwitches[0] as Standing;
    group = made.group;
  });
  afterAll(() => bench.close());

  const host = (more: object = {}) => ({
    InstanceType: 'ecs.g7.large',
    ImageId: IMAGE,
    VSwitchId: vSwitch.id,
    SecurityGroupId: group.id,
    ...more,
  });
  const data = (more: object = {}) => ({ ZoneId: 'cn-beijing-a', DiskCategory: 'cloud_essd', Size: 100, ...more });

  test('an instance has a fixed address, and its primary interface checks source and destination', async () => {
    const made = await bench.make('ECS::Instance', host({ PrivateIpAddress: '10.1.0.10' }));
    expect(made.attributes).toMatchObject({ InstanceId: made.id, PrivateIp: '10.1.0.10', ZoneId: 'cn-beijing-a' });
    const own = bench.aliyun.interfaces[String(made.attributes.PrimaryNetworkInterfaceId)];
    expect(own).toMatchObject({ primary: true, owner: made.id, address: '10.1.0.10', sourceDestCheck: true });
  });

  test('an address is free, inside the vSwitch, and none of those that Aliyun keeps', async () => {
    const refusal = (PrivateIpAddress: string) => bench.refusal('ECS::Instance', host({ PrivateIpAddress }));
    expect(await refusal('10.1.0.10')).toBe('InvalidPrivateIpAddress.Duplicated');
    expect(await refusal('10.1.1.10')).toBe('InvalidPrivateIpAddress');
    for (const kept of ['10.1.0.0', '10.1.0.253', '10.1.0.254', '10.1.0.255'])
      expect(await refusal(kept)).toBe('InvalidPrivateIpAddress');
    expect(await refusal('10.1.0.252')).toBe('none');
  });

  test('the primary interface dies with its instance: a new one takes the address', async () => {
    const first = await bench.make('ECS::Instance', host({ PrivateIpAddress: '10.1.0.20' }));
    await bench.drop(first);
    expect(bench.aliyun.interfaces[String(first.attributes.PrimaryNetworkInterfaceId)]).toBeUndefined();
    expect(await bench.refusal('ECS::Instance', host({ PrivateIpAddress: '10.1.0.20' }))).toBe('none');
  });

  test('an image, a type, a role and a group have to be such', async () => {
    const refusal = (more: object) => bench.refusal('ECS::Instance', host(more));
    expect(await refusal({ ImageId: 'ami-0123456789abcdef0' })).toBe('InvalidImageId.NotFound');
    expect(await refusal({ InstanceType: 'm5.large' })).toBe('InvalidInstanceType.ValueNotSupported');
    expect(await refusal({ RamRoleName: 'nobody' })).toBe('InvalidRamRole.NotFound');
    expect(await refusal({ SecurityGroupId: undefined })).toBe('MissingParameter.SecurityGroupId');
    expect(await refusal({ ZoneId: 'cn-beijing-b' })).toBe('InvalidVSwitchId.ZoneMismatch');
    const foreign = await bench.make('ECS::SecurityGroup', { VpcId: (await bench.network(['a'], '10.7')).vpc.id });
    expect(await refusal({ SecurityGroupId: foreign.id })).toBe('InvalidSecurityGroupId.VPCMismatch');
  });

  test('a role that ECS may not assume is none for an instance', async () => {
    const trust = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ros.aliyuncs.com'] } }],
    };
    await bench.make('RAM::Role', { RoleName: 'deployer', AssumeRolePolicyDocument: trust });
    expect(await bench.refusal('ECS::Instance', host({ RamRoleName: 'deployer' }))).toBe('InvalidRamRole.NotEcsRole');
  });

  test('user data has at most 16 KB raw, and comes plain or in base64', async () => {
    const text = `#cloud-config\n${'#'.repeat(16_384 - 14)}`;
    const userData = async (UserData: string) =>
      bench.aliyun.instances[(await bench.make('ECS::Instance', host({ UserData }))).id]?.userData;
    expect(await userData(text)).toBe(text);
    expect(await userData(Buffer.from(text).toString('base64'))).toBe(text);
    expect(await bench.refusal('ECS::Instance', host({ UserData: `${text}#` }))).toBe('InvalidUserData.SizeExceeded');
  });

  test('a refused instance leaves neither an address nor an interface behind', async () => {
    const before = Object.keys(bench.aliyun.interfaces).length;
    expect(
      await bench.refusal(
        'ECS::Instance',
        host({ PrivateIpAddress: '10.1.0.99', SystemDiskSize: 1, SystemDiskCategory: 'cloud_ssd' }),
      ),
    ).toBe('InvalidDiskSize.NotSupported');
    expect(Object.keys(bench.aliyun.interfaces)).toHaveLength(before);
    expect(await bench.refusal('ECS::Instance', host({ PrivateIpAddress: '10.1.0.99' }))).toBe('none');
  });

  test('user data changes in place, a type stops and starts the host', async () => {
    const made = await bench.make('ECS::Instance', host({ UserData: '#cloud-config\n' }));
    const now = () => bench.aliyun.instances[made.id];
    await bench.change(made, host({ UserData: '#cloud-config\nx: 1\n' }));
    expect(now()).toMatchObject({ userData: '#cloud-config\nx: 1\n', starts: 1, state: 'Running' });
    await bench.change(made, host({ InstanceType: 'ecs.g7.xlarge' }));
    expect(now()).toMatchObject({ type: 'ecs.g7.xlarge', starts: 2, state: 'Running' });
  });

  test('a disk is attached to one instance of its zone, and stays when that is released', async () => {
    const [one, two] = [await bench.make('ECS::Instance', host()), await bench.make('ECS::Instance', host())];
    const disk = await bench.make('ECS::Disk', data());
    const far = await bench.make('ECS::Disk', data({ ZoneId: 'cn-beijing-b' }));
    const attach = (DiskId: string, InstanceId: string) => ({ DiskId, InstanceId, DeleteWithInstance: false });
    expect(await bench.refusal('ECS::DiskAttachment', attach(far.id, one.id))).toBe('InvalidOperation.Conflict');
    const attached = await bench.make('ECS::DiskAttachment', attach(disk.id, one.id));
    expect(attached.attributes).toMatchObject({ DiskId: disk.id, Device: '/dev/xvdb' });
    expect(await bench.refusal('ECS::DiskAttachment', attach(disk.id, two.id))).toBe('IncorrectDiskStatus');
    expect(await bench.code(bench.drop(disk))).toBe('IncorrectDiskStatus');
    await bench.drop(one);
    expect(bench.aliyun.disks[disk.id]).toMatchObject({ size: 100 });
    expect(bench.read(attached)).toBeUndefined();
    await bench.make('ECS::DiskAttachment', attach(disk.id, two.id));
  });

  test('a disk that says so goes with its instance', async () => {
    const one = await bench.make('ECS::Instance', host());
    const disk = await bench.make('ECS::Disk', data());
    await bench.make('ECS::DiskAttachment', { DiskId: disk.id, InstanceId: one.id, DeleteWithInstance: true });
    await bench.drop(one);
    expect(bench.aliyun.disks[disk.id]).toBeUndefined();
  });

  test('a disk grows and never shrinks', async () => {
    const disk = await bench.make('ECS::Disk', data());
    await bench.change(disk, data({ Size: 200 }));
    expect(bench.aliyun.disks[disk.id]?.size).toBe(200);
    expect(await bench.code(bench.change(disk, data({ Size: 50 })))).toBe('InvalidDiskSize.TooSmall');
    expect(await bench.refusal('ECS::Disk', data({ DiskCategory: 'gp3' }))).toBe('InvalidDiskCategory.NotSupported');
  });

  test('a disk has the size of its performance level, a system disk that of its image and 2,048 GiB at most', async () => {
    const disk = (PerformanceLevel: string | undefined, Size: number) =>
      bench.refusal('ECS::Disk', data({ PerformanceLevel, Size }));
    const wrong = 'InvalidDiskSize.NotSupported';
    expect([await disk(undefined, 19), await disk('PL1', 20), await disk('PL0', 1)]).toEqual([wrong, 'none', 'none']);
    expect([await disk('PL2', 460), await disk('PL2', 461)]).toEqual([wrong, 'none']);
    expect([await disk('PL3', 1260), await disk('PL3', 1261)]).toEqual([wrong, 'none']);
    expect(await disk('PL4', 2000)).toBe('InvalidDiskCategory.NotSupported');
    const root = (more: object) => bench.refusal('ECS::Instance', host(more));
    expect([await root({ SystemDiskSize: 19 }), await root({ SystemDiskSize: 2049 })]).toEqual([wrong, wrong]);
    const ImageId = 'win2022_21H2_x64_dtc_en-us_40G_alibase_20240819.vhd';
    expect([await root({ ImageId, SystemDiskSize: 39 }), await root({ ImageId, SystemDiskSize: 40 })]).toEqual([wrong, 'none']);
    expect(await root({ SystemDiskPerformanceLevel: 'PL2', SystemDiskSize: 40 })).toBe(wrong);
    expect(await root({ DiskMappings: [{ Category: 'cloud_essd', PerformanceLevel: 'PL2', Size: 100 }] })).toBe(wrong);
  });

  test('a protected instance is not released', async () => {
    const made = await bench.make('ECS::Instance', host({ DeletionProtection: true }));
    expect(await bench.code(bench.drop(made))).toBe('InvalidOperation.DeletionProtection');
  });

  test('an instance that was released by hand is read as gone, and a tag changed by hand as it is', async () => {
    const tags = { Tags: [{ Key: 'meissa:number', Value: '1' }] };
    const made = await bench.make('ECS::Instance', host(tags));
    expect(bench.read(made)).toEqual(made.properties);
    const now = bench.aliyun.instances[made.id];
    if (now) now.tags['meissa:number'] = '2';
    expect(bench.read(made)).toMatchObject({ Tags: [{ Key: 'meissa:number', Value: '2' }] });
    delete bench.aliyun.instances[made.id];
    expect(bench.read(made)).toBeUndefined();
  });

  test('a secondary interface is attached in its zone, and is not deleted while it is', async () => {
    const one = await bench.make('ECS::Instance', host());
    const eni = await bench.make('ECS::NetworkInterface', {
      VSwitchId: vSwitch.id,
      SecurityGroupId: group.id,
      PrimaryIpAddress: '10.1.0.77',
    });
    const attached = await bench.make('ECS::NetworkInterfaceAttachment', { InstanceId: one.id, NetworkInterfaceId: eni.id });
    expect(await bench.code(bench.drop(eni))).toBe('InvalidOperation.InvalidEniState');
    await bench.drop(one);
    expect(bench.read(attached)).toBeUndefined();
    await bench.drop(eni);
  });

  test('an enabled scaling group launches over its vSwitches from its configuration, and follows its size', async () => {
    const { vpc, vSwitches, group: own } = await bench.network(['a', 'b'], '10.8');
    const sizes = (MinSize: number, MaxSize: number) => ({
      MinSize,
      MaxSize,
      VSwitchIds: vSwitches.map((s) => s.id),
      ScalingGroupName: 'collectors',
    });
    const asg = await bench.make('ESS::ScalingGroup', sizes(2, 6));
    expect(await bench.refusal('ESS::ScalingGroup', sizes(2, 6))).toBe('InvalidScalingGroupName.Duplicate');
    const launches = {
      ScalingGroupId: asg.id,
      ImageId: IMAGE,
      InstanceType: 'ecs.g7.large',
      SecurityGroupId: own.id,
      UserData: '#cloud-config\n',
    };
    expect(await bench.refusal('ESS::ScalingConfiguration', { ...launches, SecurityGroupId: group.id })).toBe(
      'InvalidParameter.Conflict',
    );
    const configuration = await bench.make('ESS::ScalingConfiguration', launches);
    expect(Object.values(bench.aliyun.instances).filter((i) => i.vpc === vpc.id)).toHaveLength(0);
    await bench.make('ESS::ScalingGroupEnable', { ScalingGroupId: asg.id, ScalingConfigurationId: configuration.id });
    const zones = () =>
      Object.values(bench.aliyun.instances)
        .filter((i) => i.group === asg.id)
        .map((i) => i.zone)
        .sort();
    expect(zones()).toEqual(['cn-beijing-a', 'cn-beijing-b']);
    await bench.change(asg, sizes(4, 6));
    expect(zones()).toHaveLength(4);
    expect(await bench.code(bench.drop(configuration))).toBe('IncorrectScalingConfigurationLifecycleState');
    await bench.drop(asg);
    expect(zones()).toEqual([]);
  });

  test('hooks and rules of a group are checked', async () => {
    const asg = await bench.make('ESS::ScalingGroup', { MinSize: 0, MaxSize: 1, VSwitchIds: [vSwitch.id] });
    const hook = { ScalingGroupId: asg.id, LifecycleTransition: 'SCALE_OUT', HeartbeatTimeout: 5 };
    expect(await bench.refusal('ESS::LifecycleHook', hook)).toBe('InvalidParameter');
    expect(await bench.refusal('ESS::LifecycleHook', { ...hook, HeartbeatTimeout: 600 })).toBe('none');
    const rule = { ScalingGroupId: asg.id, ScalingRuleType: 'TargetTrackingScalingRule', MetricName: 'CpuUtilization' };
    expect(await bench.refusal('ESS::ScalingRule', rule)).toBe('MissingParameter');
    expect((await bench.make('ESS::ScalingRule', { ...rule, TargetValue: 60 })).attributes.ScalingRuleAri).toMatch(
      /^ari:acs:ess:/,
    );
  });
});
