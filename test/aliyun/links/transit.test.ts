/** Transit routers, and links between Aliyun regions. */
import { joined, mesh } from '../../plan/linked-fixture';
import { emit, HOSTS, inland, inlandEstate, inlandPlace, inOrder, ofType, properties, readsOf } from './fixture';

const stacks = emit(inland());
const stack = (name: string) => {
  const found = stacks.get(name);
  if (found === undefined) throw new Error(`no ${name} among ${[...stacks.keys()].join(', ')}`);
  return found;
};
const ROUTE = 'ALIYUN::CEN::TransitRouterRouteEntry';

/** Destination and next hop of the static routes of a stack. */
function routes(name: string): [string, unknown][] {
  return ofType(stack(name), ROUTE).map(([, { Properties: p }]) => [
    String(p!.TransitRouterRouteEntryDestinationCidrBlock),
    p!.TransitRouterRouteEntryNextHopId ?? p!.TransitRouterRouteEntryNextHopType,
  ]);
}

describe('a transit router', () => {
  const transit = stack('cn-beijing-transit');

  test('belongs to the CEN of its own region’s base stack, and the other region’s to the same one', () => {
    for (const name of ['cn-beijing-transit', 'cn-hangzhou-transit']) {
      expect(readsOf(stack(name), properties(stack(name), 'TransitRouterG1').CenId)).toBe('cn-beijing-base CenIdG1');
    }
  });

  test('stands in every zone of the VPC and does nothing by itself', () => {
    const attachment = properties(transit, 'VpcAttachmentG1');
    expect(attachment).toMatchObject({
      AutoCreateVpcRoute: false,
      AutoPublishRouteEnabled: false,
      RouteTableAssociationEnabled: false,
      RouteTablePropagationEnabled: false,
    });
    const zones = attachment.ZoneMappings as { VSwitchId: unknown; ZoneId: string }[];
    expect(zones.map(({ VSwitchId, ZoneId }) => [ZoneId, readsOf(transit, VSwitchId)])).toEqual([
      ['cn-beijing-h', 'cn-beijing-network SubnetAttachmentHG1'],
      ['cn-beijing-k', 'cn-beijing-network SubnetAttachmentKG1'],
      ['cn-beijing-l', 'cn-beijing-network SubnetAttachmentLG1'],
    ]);
  });

  test('has one static route a range of its VPC, and drops the rest of the estate’s pools', () => {
    const vpc = { 'Fn::GetAtt': ['VpcAttachmentG1', 'TransitRouterAttachmentId'] };
    expect(routes('cn-beijing-transit')).toEqual([
      ['10.32.0.0/16', vpc],
      ['172.24.0.0/16', vpc],
      ['10.0.0.0/8', 'BlackHole'],
      ['172.16.0.0/12', 'BlackHole'],
    ]);
    expect(routes('cn-hangzhou-transit').map(([range]) => range)).toEqual(['10.33.0.0/16', '10.0.0.0/8', '172.16.0.0/12']);
  });

  test('is never asked for two things at once', () => {
    const ids = inOrder(transit);
    expect(ids).toHaveLength(8);
    for (const [i, id] of ids.entries()) {
      expect([id, transit.template.Resources![id]!.DependsOn]).toEqual([id, i === 0 ? undefined : [ids[i - 1]]]);
    }
  });

  test('gives its id, its table and the VPC’s attachment', () => {
    expect(Object.keys(transit.template.Outputs ?? {})).toEqual([
      'TransitGatewayIdG1',
      'TransitRouteTableIdG1',
      'VpcAttachmentIdG1',
    ]);
  });
});

describe('transit between two regions', () => {
  test('is one connection, asked for in region a, accepted by itself, paid by the byte', () => {
    const request = stack('links-cn-beijing--cn-hangzhou-request');
    expect([request.region, Object.keys(request.template.Resources ?? {})]).toEqual(['cn-beijing', ['PeeringAttachmentG1x1']]);
    const attachment = properties(request, 'PeeringAttachmentG1x1');
    expect(attachment).toMatchObject({
      AutoPublishRouteEnabled: false,
      BandwidthType: 'DataTransfer',
      PeerTransitRouterRegionId: 'cn-hangzhou',
      RouteTableAssociationEnabled: false,
      RouteTablePropagationEnabled: false,
    });
    expect(attachment).not.toHaveProperty('CenBandwidthPackageId');
    expect(readsOf(request, attachment.TransitRouterId)).toBe('cn-beijing-transit TransitGatewayIdG1');
    expect(readsOf(request, attachment.PeerTransitRouterId)).toBe('cn-hangzhou-transit TransitGatewayIdG1');
    expect([...stacks.keys()]).not.toContain('links-cn-beijing--cn-hangzhou-accept');
  });

  test.each([
    ['a', 'cn-beijing', ['10.33.0.0/16']],
    ['b', 'cn-hangzhou', ['10.32.0.0/16', '172.24.0.0/16']],
  ])('has at end %s static routes to what the other end gives, in both tables', (end, region, ranges) => {
    const name = `links-cn-beijing--cn-hangzhou-routes-${end}`;
    const found = stack(name);
    expect(found.region).toBe(region);
    const attachment = routes(name).map(([range, hop]) => [range, readsOf(found, hop)]);
    expect(attachment).toEqual(ranges.map((range) => [range, 'links-cn-beijing--cn-hangzhou-request PeeringAttachmentIdG1x1']));
    const inVpc = ofType(found, 'ALIYUN::ECS::Route').map(([, { Properties: p }]) => [
      p!.DestinationCidrBlock,
      p!.NextHopType,
      readsOf(found, p!.NextHopId),
      readsOf(found, p!.RouteTableId),
    ]);
    expect(inVpc).toEqual(
      ranges.map((range) => [range, 'Attachment', `${region}-transit VpcAttachmentIdG1`, `${region}-network RouteTableSystemG1`]),
    );
    expect(readsOf(found, properties(found, 'TransitAssociationG1').TransitRouterRouteTableId)).toBe(
      `${region}-transit TransitRouteTableIdG1`,
    );
  });

  test('lets the other end in to containers that have addresses of their own', () => {
    const rules = ofType(stack('links-cn-beijing--cn-hangzhou-routes-a'), 'ALIYUN::ECS::SecurityGroupIngress');
    expect(rules.map(([, { Properties: p }]) => [p!.SourceCidrIp, p!.IpProtocol, p!.NicType])).toEqual([
      ['10.33.0.0/16', 'all', 'intranet'],
    ]);
  });

  test('through a third region uses the connection of each end with it', () => {
    const [a, b, c] = [inlandPlace(1), inlandPlace(2), inlandPlace(3)];
    const through = emit(
      inlandEstate([a, b, c], [joined(a, b, 'transit'), joined(b, c, 'transit'), joined(a, c, 'transit', { through: b.name })]),
    );
    for (const [end, leg, ranges] of [
      ['a', 'links-cn-01--cn-02-request', ['10.3.0.0/16', '172.19.0.0/16']],
      ['b', 'links-cn-02--cn-03-request', ['10.1.0.0/16', '172.17.0.0/16']],
    ] as const) {
      const found = through.get(`links-cn-01--cn-03-routes-${end}`)!;
      expect(found.template.Resources).not.toHaveProperty('TransitAssociationG1');
      const [first] = ofType(found, ROUTE);
      expect(readsOf(found, first![1].Properties!.TransitRouterRouteEntryNextHopId)).toMatch(new RegExp(`^${leg} `));
      expect(ofType(found, ROUTE).map(([, { Properties: p }]) => p!.TransitRouterRouteEntryDestinationCidrBlock)).toEqual(ranges);
    }
    expect(through.has('links-cn-01--cn-03-request')).toBe(false);
  });
});

describe('a peering', () => {
  const [a, b] = [inlandPlace(1), inlandPlace(2)];
  const peered = emit(inlandEstate([a, b], [joined(a, b, 'peering', { gives: HOSTS })]));

  test('is asked for in region a, with both VPCs by their ids', () => {
    const request = peered.get('links-cn-01--cn-02-request')!;
    const connection = properties(request, 'PeeringG1x1');
    expect(connection.AcceptingRegionId).toBe('cn-02');
    expect([readsOf(request, connection.VpcId), readsOf(request, connection.AcceptingVpcId)]).toEqual([
      'cn-01-network VpcIdG1',
      'cn-02-network VpcIdG1',
    ]);
  });

  test('has a route in the system table of each end', () => {
    for (const [end, range] of [
      ['a', '10.2.0.0/16'],
      ['b', '10.1.0.0/16'],
    ] as const) {
      const found = peered.get(`links-cn-01--cn-02-routes-${end}`)!;
      const p = properties(found, ofType(found, 'ALIYUN::ECS::Route')[0]![0]);
      expect([p.DestinationCidrBlock, p.NextHopType, readsOf(found, p.NextHopId)]).toEqual([
        range,
        'VpcPeer',
        'links-cn-01--cn-02-request PeeringIdG1x1',
      ]);
    }
    expect([...peered.keys()].filter((name) => name.endsWith('transit'))).toEqual([]);
  });
});

test('a fourth region changes its own stacks and those of its links, and no byte of any other', () => {
  const regions = [1, 2, 3].map((n) => inlandPlace(n));
  const more = [...regions, inlandPlace(4)];
  const text = (of: typeof regions) =>
    new Map([...emit(inlandEstate(of, mesh(of, 'transit')))].map(([name, found]) => [name, JSON.stringify(found)]));
  const [before, after] = [text(regions), text(more)];
  for (const [name, json] of before) expect([name, after.get(name)]).toEqual([name, json]);
  const added = [...after.keys()].filter((name) => !before.has(name));
  expect(added.every((name) => name.includes('cn-04'))).toBe(true);
  expect(added).toHaveLength(1 + 3 * 3);
});
