import { Bench, IMAGE, type Standing } from './bench';

describe('routes of Aliyun', () => {
  const bench = new Bench();
  afterAll(() => bench.close());

  async function host(): Promise<{ table: string; instance: Standing; vpc: Standing }> {
    const { vpc, vSwitches, group, table } = await bench.network(['a']);
    const instance = await bench.make('ECS::Instance', {
      InstanceType: 'ecs.g7.large',
      ImageId: IMAGE,
      VSwitchId: vSwitches[0]?.id,
      SecurityGroupId: group.id,
    });
    return { table, instance, vpc };
  }
  const to = (table: string, DestinationCidrBlock: string, NextHopId: string, NextHopType = 'Instance') => ({
    RouteTableId: table,
    DestinationCidrBlock,
    NextHopId,
    NextHopType,
  });

  test('two routes of one VPC that are made at once: the second fails with TaskConflict', async () => {
    const { table, instance } = await host();
    const both = await Promise.all([
      bench.refusal('ECS::Route', to(table, '10.200.0.0/24', instance.id)),
      bench.refusal('ECS::Route', to(table, '10.200.1.0/24', instance.id)),
    ]);
    expect(both).toEqual(['none', 'TaskConflict']);
    expect(bench.aliyun.routeTables[table]?.routes.map((r) => r.destination)).toEqual(['10.200.0.0/24']);
  });

  test('a route that is made while another is deleted conflicts as well; of different VPCs they do not', async () => {
    const [one, two] = [await host(), await host()];
    const standing = await bench.make('ECS::Route', to(one.table, '10.200.0.0/24', one.instance.id));
    const [deleted, made, elsewhere] = await Promise.all([
      bench.code(bench.drop(standing)),
      bench.refusal('ECS::Route', to(one.table, '10.200.1.0/24', one.instance.id)),
      bench.refusal('ECS::Route', to(two.table, '10.200.1.0/24', two.instance.id)),
    ]);
    expect([deleted, made, elsewhere]).toEqual(['none', 'TaskConflict', 'none']);
  });

  test('one after the other they are all made', async () => {
    const { table, instance } = await host();
    for (const n of [0, 1, 2]) await bench.make('ECS::Route', to(table, `10.200.${n}.0/24`, instance.id));
    expect(bench.aliyun.routeTables[table]?.routes.map((r) => r.destination)).toEqual([
      '10.200.0.0/24',
      '10.200.1.0/24',
      '10.200.2.0/24',
    ]);
  });

  test('a destination is not in 100.64/10, not in a vSwitch, and there only once; it may hold a vSwitch', async () => {
    const { table, instance } = await host();
    const refusal = (destination: string) => bench.refusal('ECS::Route', to(table, destination, instance.id));
    expect(await refusal('100.64.3.0/24')).toBe('InvalidCIDRBlock.ValueNotSupported');
    expect(await refusal('10.1.0.0/24')).toBe('InvalidCIDRBlock.ValueNotSupported');
    expect(await refusal('10.1.0.128/25')).toBe('InvalidCIDRBlock.ValueNotSupported');
    expect(await refusal('10.1.0.0/16')).toBe('none');
    expect(await refusal('10.1.0.0/16')).toBe('InvalidCIDRBlock.Duplicate');
    expect(await refusal('10.1.0.1/16')).toBe('InvalidCIDRBlock.Malformed');
  });

  test('a next hop stands in the same VPC', async () => {
    const [one, two] = [await host(), await host()];
    const refusal = (id: string, type?: string) => bench.refusal('ECS::Route', to(one.table, '10.200.0.0/24', id, type));
    expect(await refusal(two.instance.id)).toBe('InvalidNextHopId.NotFound');
    expect(await refusal('i-nothere')).toBe('InvalidNextHopId.NotFound');
    expect(await refusal(one.instance.id, 'InternetGateway')).toBe('InvalidNextHopType');
    expect(await refusal(String(one.instance.attributes.PrimaryNetworkInterfaceId), 'NetworkInterface')).toBe('none');
  });

  test('a table takes 200 custom routes', async () => {
    const { table, instance } = await host();
    const full = bench.aliyun.routeTables[table];
    for (let n = 0; n < 200; n++)
      full?.routes.push({
        id: `rte-${n}`,
        destination: `10.200.${n}.0/24`,
        hop: { type: 'Instance', id: instance.id },
      });
    expect(await bench.refusal('ECS::Route', to(table, '10.201.0.0/24', instance.id))).toBe('QuotaExceeded.RouteEntry');
  });

  test('an instance that a route leads to is not released', async () => {
    const { table, instance } = await host();
    const route = await bench.make('ECS::Route', to(table, '10.200.0.0/24', instance.id));
    expect(await bench.code(bench.drop(instance))).toBe('DependencyViolation.RouteEntry');
    await bench.drop(route);
    await bench.drop(instance);
  });

  test('a next hop that was changed by hand is read as it is', async () => {
    const { table, instance } = await host();
    const route = await bench.make('ECS::Route', to(table, '10.200.0.0/24', instance.id));
    const entry = bench.aliyun.routeTables[table]?.routes[0];
    if (entry) entry.hop.id = 'i-other';
    expect(bench.read(route)).toMatchObject({ NextHopId: 'i-other' });
  });
});
