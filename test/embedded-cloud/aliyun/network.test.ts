import { Bench } from './bench';

describe('networks of Aliyun', () => {
  const bench = new Bench();
  afterAll(() => bench.close());

  test('a VPC has a vRouter and a system route table', async () => {
    const { vpc, table } = await bench.network();
    expect(vpc.attributes).toMatchObject({ VpcId: vpc.id, VRouterId: expect.stringMatching(/^vrt-/), RouteTableId: table });
    expect(bench.aliyun.routeTables[table]).toMatchObject({ system: true, vpc: vpc.id });
  });

  test('a VPC has no range that Aliyun keeps', async () => {
    expect(await bench.refusal('ECS::VPC', { CidrBlock: '100.64.0.0/16' })).toBe('IllegalParam.CidrBlock');
    expect(await bench.refusal('ECS::VPC', { CidrBlock: '10.0.0.1/16' })).toBe('InvalidCidrBlock');
  });

  test('a vSwitch stands in a zone of the region, inside its VPC, and overlaps with none', async () => {
    const { vpc } = await bench.network(['a']);
    const make = (ZoneId: string, CidrBlock: string) => bench.refusal('ECS::VSwitch', { VpcId: vpc.id, ZoneId, CidrBlock });
    expect(await make('cn-hangzhou-a', '10.1.9.0/24')).toBe('InvalidZoneId.NotFound');
    expect(await make('cn-beijing-a', '10.2.0.0/24')).toBe('InvalidCidrBlock');
    expect(await make('cn-beijing-a', '10.1.0.0/25')).toBe('InvalidCidrBlock.Overlapped');
    expect(await make('cn-beijing-a', '10.1.9.0/30')).toBe('InvalidCidrBlock');
    expect(await make('cn-beijing-l', '10.1.9.0/24')).toBe('none');
  });

  test('a VPC is not deleted while something stands in it', async () => {
    const { vpc, vSwitches, group } = await bench.network(['a']);
    expect(await bench.code(bench.drop(vpc))).toBe('DependencyViolation.VSwitch');
    for (const s of vSwitches) await bench.drop(s);
    expect(await bench.code(bench.drop(vpc))).toBe('DependencyViolation.SecurityGroup');
    await bench.drop(group);
    await bench.drop(vpc);
    expect(bench.read(vpc)).toBeUndefined();
  });

  test('a vSwitch uses one custom table, which has to be of its VPC', async () => {
    const { vpc, vSwitches } = await bench.network(['a']);
    const other = await bench.network(['a'], '10.5');
    const table = await bench.make('VPC::RouteTable', { VpcId: vpc.id });
    const bound = { RouteTableId: table.id, VSwitchId: vSwitches[0]?.id };
    const association = await bench.make('VPC::RouteTableAssociation', bound);
    expect(await bench.refusal('VPC::RouteTableAssociation', bound)).toBe('OperationDenied.MultiRouteTable');
    expect(await bench.refusal('VPC::RouteTableAssociation', { RouteTableId: table.id, VSwitchId: other.vSwitches[0]?.id })).toBe(
      'InvalidVSwitchId.NotFound',
    );
    expect(await bench.code(bench.drop(table))).toBe('DependencyViolation.VSwitch');
    await bench.drop(association);
    await bench.drop(table);
  });

  test('SNAT uses addresses of its own gateway, which goes only after them', async () => {
    const { vpc, vSwitches } = await bench.network(['a']);
    const nat = await bench.make('VPC::NatGateway', { VpcId: vpc.id, VSwitchId: vSwitches[0]?.id, NatType: 'Enhanced' });
    const eip = await bench.make('VPC::EIP', { Bandwidth: 100 });
    const entry = { SnatTableId: nat.attributes.SNatTableId, SnatIp: eip.attributes.EipAddress, SourceCIDR: '10.1.0.0/16' };
    expect(await bench.refusal('VPC::SnatEntry', entry)).toBe('InvalidIp.NotInNatgw');
    const bound = await bench.make('VPC::EIPAssociation', { AllocationId: eip.id, InstanceId: nat.id });
    const snat = await bench.make('VPC::SnatEntry', entry);
    expect(await bench.code(bench.drop(bound))).toBe('IncorrectEipStatus.NatGateway');
    expect(await bench.code(bench.drop(nat))).toBe('DependencyViolation.SnatEntry');
    await bench.drop(snat);
    await bench.drop(bound);
    await bench.drop(nat);
    expect(Object.values(bench.aliyun.interfaces).some((i) => i.owner === nat.id)).toBe(false);
  });

  test('VPCs that are peered may not overlap, and stand activated on both sides', async () => {
    const own = await bench.network(['a']);
    const far = await bench.make('ECS::VPC', { CidrBlock: '10.2.0.0/16' }, { region: 'cn-hangzhou' });
    const same = await bench.make('ECS::VPC', { CidrBlock: '10.1.0.0/24' }, { region: 'cn-hangzhou' });
    const to = (AcceptingVpcId: string) => ({ VpcId: own.vpc.id, AcceptingVpcId, AcceptingRegionId: 'cn-hangzhou' });
    expect(await bench.refusal('VPC::VpcPeerConnection', to(same.id))).toBe('ResourceConflict.CidrBlock');
    const peering = await bench.make('VPC::VpcPeerConnection', to(far.id));
    expect(peering.attributes).toEqual({ InstanceId: peering.id });
    expect(bench.region('cn-hangzhou').aliyun.peerings[peering.id]).toMatchObject({ status: 'Activated', vpc: far.id });
    const hop = { DestinationCidrBlock: '10.2.0.0/16', NextHopType: 'VpcPeer', NextHopId: peering.id };
    await bench.make('ECS::Route', { RouteTableId: own.table, ...hop });
    expect(await bench.code(bench.drop(peering))).toBe('DependencyViolation.RouteEntry');
  });
});

describe('security groups of Aliyun', () => {
  const bench = new Bench();
  afterAll(() => bench.close());
  const rule = { IpProtocol: 'tcp', PortRange: '22/22', NicType: 'intranet', SourceCidrIp: '10.0.0.0/8', Priority: 1 };

  test('rules have a port range of their protocol, a priority of 1 to 100 and, in a VPC, the type intranet', async () => {
    const { group } = await bench.network(['a']);
    const refusal = (changed: object) =>
      bench.refusal('ECS::SecurityGroupIngress', { SecurityGroupId: group.id, ...rule, ...changed });
    expect(await refusal({ PortRange: '22' })).toBe('InvalidPortRange.Malformed');
    expect(await refusal({ IpProtocol: 'icmp' })).toBe('InvalidPortRange.Malformed');
    expect(await refusal({ IpProtocol: 'icmp', PortRange: '-1/-1' })).toBe('none');
    expect(await refusal({ PortRange: '-1/-1' })).toBe('InvalidPortRange.Malformed');
    expect(await refusal({ Priority: 0 })).toBe('InvalidPriority.Malformed');
    expect(await refusal({ Priority: 101 })).toBe('InvalidPriority.Malformed');
    expect(await refusal({ NicType: undefined })).toBe('InvalidNicType.Mismatch');
    expect(await refusal({ SourceCidrIp: undefined })).toBe('MissingParameter');
    expect(await refusal({ SourceCidrIp: 'ten' })).toBe('InvalidParamter.Conflict');
  });

  test('a group with a wrong rule of its own is not made', async () => {
    const { vpc } = await bench.network(['a']);
    const before = Object.keys(bench.aliyun.groups).length;
    const own = { VpcId: vpc.id, SecurityGroupIngress: [{ ...rule, Priority: 200 }] };
    expect(await bench.refusal('ECS::SecurityGroup', own)).toBe('InvalidPriority.Malformed');
    expect(Object.keys(bench.aliyun.groups)).toHaveLength(before);
  });

  test('rules change with their resource, and a rule taken away by hand shows as drift', async () => {
    const { group } = await bench.network(['a']);
    const many = await bench.make('ECS::SecurityGroupIngresses', { SecurityGroupId: group.id, Permissions: [rule] });
    await bench.change(many, { SecurityGroupId: group.id, Permissions: [{ ...rule, PortRange: '80/80' }] });
    const standing = bench.aliyun.groups[group.id];
    expect(standing?.rules.map((r) => r.ports)).toEqual(['80/80']);
    expect(bench.read(many)).toBe(many.properties);
    if (standing) standing.rules = [];
    expect(bench.read(many)).toBeUndefined();
  });

  test('a group is not deleted while another names it or an interface has it', async () => {
    const { group, vpc, vSwitches } = await bench.network(['a']);
    const other = await bench.make('ECS::SecurityGroup', {
      VpcId: vpc.id,
      SecurityGroupIngress: [{ ...rule, SourceCidrIp: undefined, SourceGroupId: group.id }],
    });
    expect(await bench.code(bench.drop(group))).toBe('DependencyViolation');
    await bench.drop(other);
    const eni = await bench.make('ECS::NetworkInterface', { VSwitchId: vSwitches[0]?.id, SecurityGroupId: group.id });
    expect(await bench.code(bench.drop(group))).toBe('DependencyViolation');
    await bench.drop(eni);
    await bench.drop(group);
  });
});
