import { Bench, type Standing } from './bench';

const FAR = 'cn-hangzhou';

describe('transit routers of Aliyun', () => {
  const bench = new Bench();
  let cen: Standing;
  let router: Standing;
  let table: Standing;
  beforeAll(async () => {
    cen = await bench.make('CEN::CenInstance', { Name: 'estate' });
    router = await bench.make('CEN::TransitRouter', { CenId: cen.id });
    table = await bench.make('CEN::TransitRouterRouteTable', { TransitRouterId: router.id });
  });
  afterAll(() => bench.close());

  async function attached(cidr: string) {
    const made = await bench.network(['a', 'b'], cidr);
    const ZoneMappings = made.vSwitches.map((s, n) => ({ VSwitchId: s.id, ZoneId: `cn-beijing-${'ab'[n]}` }));
    const properties = { CenId: cen.id, TransitRouterId: router.id, VpcId: made.vpc.id, ZoneMappings };
    return { ...made, properties, attachment: await bench.make('CEN::TransitRouterVpcAttachment', properties) };
  }
  const entry = (DestinationCidrBlock: string, NextHopType: string, NextHopId?: string, of = table.id) => ({
    TransitRouterRouteTableId: of,
    TransitRouterRouteEntryDestinationCidrBlock: DestinationCidrBlock,
    TransitRouterRouteEntryNextHopType: NextHopType,
    ...(NextHopId === undefined ? {} : { TransitRouterRouteEntryNextHopId: NextHopId }),
  });
  const vbr = (more: object = {}) => ({
    PhysicalConnectionId: 'pc-2ze1234567',
    VlanId: 100,
    LocalGatewayIp: '169.254.10.1',
    PeerGatewayIp: '169.254.10.2',
    PeeringSubnetMask: '255.255.255.252',
    ...more,
  });

  test('a CEN has one transit router a region, and goes only after its routers', async () => {
    expect(await bench.refusal('CEN::TransitRouter', { CenId: cen.id })).toBe('InvalidOperation.TransitRouterExist');
    expect(router.attributes).toMatchObject({
      Type: 'Enterprise',
      SystemTransitRouterRouteTableId: expect.stringMatching(/^vtb-/),
    });
    expect(await bench.code(bench.drop(cen))).toBe('InvalidOperation.CenInstanceStatus');
  });

  test('a VPC is attached once, by vSwitches of its own in their zones, with an interface in each', async () => {
    const { attachment, properties } = await attached('10.11');
    const owned = Object.values(bench.aliyun.interfaces).filter((i) => i.owner === router.id);
    expect(owned).toHaveLength(2);
    const refusal = (more: object) => bench.refusal('CEN::TransitRouterVpcAttachment', { ...properties, ...more });
    expect(await refusal({})).toBe('InvalidOperation.AttachmentExist');
    const other = await bench.network(['a'], '10.12');
    const own = { VSwitchId: other.vSwitches[0]?.id, ZoneId: 'cn-beijing-a' };
    expect(await refusal({ VpcId: other.vpc.id, ZoneMappings: [] })).toBe('MissingParameter.ZoneMappings');
    expect(await refusal({ VpcId: other.vpc.id, ZoneMappings: [{ ...own, ZoneId: 'cn-beijing-b' }] })).toBe(
      'InvalidZoneId.VSwitchMismatch',
    );
    expect(await refusal({ VpcId: other.vpc.id })).toBe('InvalidVSwitchId.NotFound');
    await bench.drop(attachment);
    expect(Object.values(bench.aliyun.interfaces).filter((i) => i.owner === router.id)).toHaveLength(0);
  });

  test('an attachment is associated with one table, and is not deleted while anything refers to it', async () => {
    const { attachment } = await attached('10.13');
    const tie = { TransitRouterAttachmentId: attachment.id, TransitRouterRouteTableId: table.id };
    const association = await bench.make('CEN::TransitRouterRouteTableAssociation', tie);
    expect(
      await bench.refusal('CEN::TransitRouterRouteTableAssociation', {
        ...tie,
        TransitRouterRouteTableId: String(router.attributes.SystemTransitRouterRouteTableId),
      }),
    ).toBe('AssociationExist.TransitRouterTable');
    expect(await bench.code(bench.drop(attachment))).toBe('InvalidOperation.AttachmentInUse');
    await bench.drop(association);
    const route = await bench.make('CEN::TransitRouterRouteEntry', entry('10.13.0.0/16', 'Attachment', attachment.id));
    expect(await bench.code(bench.drop(attachment))).toBe('InvalidOperation.AttachmentInUse');
    await bench.drop(route);
    await bench.drop(attachment);
  });

  test('a route of a table is there once, not in 100.64/10, and leads to an attachment of its router or nowhere', async () => {
    const { attachment } = await attached('10.14');
    const refusal = (...asked: Parameters<typeof entry>) => bench.refusal('CEN::TransitRouterRouteEntry', entry(...asked));
    expect(await refusal('10.14.0.0/16', 'Attachment', attachment.id)).toBe('none');
    expect(await refusal('10.14.0.0/16', 'BlackHole')).toBe('InvalidDestinationCidrBlock.Duplicate');
    expect(await refusal('100.64.0.0/16', 'BlackHole')).toBe('InvalidDestinationCidrBlock');
    expect(await refusal('10.0.0.0/8', 'BlackHole', attachment.id)).toBe('InvalidNextHopId');
    expect(await refusal('10.0.0.0/8', 'Attachment', 'tr-attach-none')).toBe('InvalidTransitRouterAttachmentId.NotFound');
    expect(await refusal('10.0.0.0/8', 'Vpc')).toBe('InvalidNextHopType');
    expect(await refusal('10.0.0.0/8', 'BlackHole')).toBe('none');
  });

  test('a transit router works on one thing at a time', async () => {
    const { attachment } = await attached('10.18');
    const both = await Promise.all([
      bench.refusal('CEN::TransitRouterRouteEntry', entry('10.18.0.0/16', 'Attachment', attachment.id)),
      bench.refusal('CEN::TransitRouterRouteEntry', entry('10.19.0.0/16', 'Attachment', attachment.id)),
    ]);
    expect(both).toEqual(['none', 'Operation.Blocking']);
  });

  test("a VPC's route leads to its own attachment", async () => {
    const [one, two] = [await attached('10.15'), await attached('10.16')];
    const to = (NextHopId: string) => ({
      RouteTableId: one.table,
      DestinationCidrBlock: '10.16.0.0/16',
      NextHopType: 'Attachment',
      NextHopId,
    });
    expect(await bench.refusal('ECS::Route', to(two.attachment.id))).toBe('InvalidNextHopId.NotFound');
    expect(await bench.refusal('ECS::Route', to(one.attachment.id))).toBe('none');
  });

  test('routers of two regions are peered: both have the attachment, and both may route over it', async () => {
    const other = await bench.make('CEN::TransitRouter', { CenId: cen.id }, { region: FAR });
    const asked = {
      TransitRouterId: router.id,
      PeerTransitRouterId: other.id,
      PeerTransitRouterRegionId: FAR,
      BandwidthType: 'DataTransfer',
      Bandwidth: 100,
    };
    expect(await bench.refusal('CEN::TransitRouterPeerAttachment', { ...asked, BandwidthType: undefined })).toBe(
      'MissingParameter.CenBandwidthPackageId',
    );
    const peering = await bench.make('CEN::TransitRouterPeerAttachment', asked);
    expect(bench.region(FAR).aliyun.attachments[peering.id]).toMatchObject({ router: other.id, resource: router.id });
    const far = await bench.make('CEN::TransitRouterRouteTable', { TransitRouterId: other.id }, { region: FAR });
    const route = await bench.make('CEN::TransitRouterRouteEntry', entry('10.1.0.0/16', 'Attachment', peering.id, far.id), {
      region: FAR,
    });
    expect(await bench.code(bench.drop(peering))).toBe('InvalidOperation.AttachmentInUse');
    await bench.drop(route, FAR);
    await bench.drop(peering);
    expect(bench.region(FAR).aliyun.attachments).toEqual({});
  });

  test('a border router has a VLAN of its own on its line, and two hosts of one small net', async () => {
    const refusal = (more: object) => bench.refusal('VPC::VirtualBorderRouter', vbr(more));
    expect(await refusal({ PhysicalConnectionId: 'dxcon-1' })).toBe('InvalidPhysicalConnectionId.NotFound');
    expect(await refusal({ VlanId: 4000 })).toBe('InvalidVlanId.Malformed');
    expect(await refusal({ PeeringSubnetMask: '255.255.255.0' })).toBe('InvalidPeeringSubnetMask.Malformed');
    expect(await refusal({ PeerGatewayIp: '169.254.10.6' })).toBe('InvalidIpAddress.NotInSameSubnet');
    expect(await refusal({ PeerGatewayIp: '169.254.10.3' })).toBe('InvalidIpAddress.NotInSameSubnet');
    const made = await bench.make('VPC::VirtualBorderRouter', vbr());
    expect(await refusal({})).toBe('VlanConflict');
    await bench.drop(made);
  });

  test('a leased line: BGP with BFD, attached to the router, watched, and taken down in order', async () => {
    const line = await bench.make('VPC::VirtualBorderRouter', vbr({ VlanId: 200 }));
    const group = await bench.make('VPC::BgpGroup', { RouterId: line.id, PeerAsn: 65001 });
    const peerOf = (PeerIpAddress: string) => ({ BgpGroupId: group.id, PeerIpAddress, EnableBfd: true });
    expect(await bench.refusal('VPC::BgpPeer', peerOf('169.254.10.1'))).toBe('InvalidPeerIpAddress.NotMatch');
    const peer = await bench.make('VPC::BgpPeer', peerOf('169.254.10.2'));
    const check = {
      CenId: cen.id,
      VbrInstanceId: line.id,
      VbrInstanceRegionId: 'cn-beijing',
      HealthCheckTargetIp: '169.254.10.2',
    };
    expect(await bench.refusal('CEN::CenVbrHealthCheck', check)).toBe('InvalidOperation.VbrNotAttached');
    const attachment = await bench.make('CEN::TransitRouterVbrAttachment', {
      CenId: cen.id,
      TransitRouterId: router.id,
      VbrId: line.id,
    });
    expect(await bench.refusal('CEN::CenVbrHealthCheck', { ...check, HealthCheckInterval: 9 })).toBe(
      'InvalidHealthCheckInterval',
    );
    await bench.make('CEN::CenVbrHealthCheck', { ...check, HealthCheckInterval: 2, HealthyThreshold: 8 });
    const network = { RouterId: line.id, DstCidrBlock: '10.1.0.0/16' };
    await bench.make('VPC::BgpNetwork', network);
    expect(await bench.refusal('VPC::BgpNetwork', network)).toBe('BgpNetwork.AlreadyExists');
    expect(await bench.code(bench.drop(line))).toBe('DependencyViolation.CenAttachment');
    await bench.drop(attachment);
    expect(await bench.code(bench.drop(line))).toBe('DependencyViolation.BgpGroup');
    expect(await bench.code(bench.drop(group))).toBe('DependencyViolation.BgpPeer');
    await bench.drop(peer);
    await bench.drop(group);
    await bench.drop(line);
  });

  test('a VPN ends at the router: its BGP runs in a /30 of 169.254/16 with a customer gateway that has an ASN', async () => {
    const plain = await bench.make('VPC::CustomerGateway', { IpAddress: '198.18.0.1' });
    expect(await bench.refusal('VPC::CustomerGateway', { IpAddress: '198.18.0.1' })).toBe('InvalidIpAddress.AlreadyExist');
    const bgp = await bench.make('VPC::CustomerGateway', { IpAddress: '198.18.0.2', Asn: 65001 });
    const vpn = (CustomerGatewayId: string, TunnelCidr = '169.254.20.0/30') => ({
      CustomerGatewayId,
      LocalSubnet: '0.0.0.0/0',
      RemoteSubnet: '0.0.0.0/0',
      BgpConfig: { EnableBgp: true, LocalAsn: 45104, TunnelCidr, LocalBgpIp: '169.254.20.1' },
    });
    expect(await bench.refusal('VPC::VpnAttachment', vpn(plain.id))).toBe('CustomerGateway.AsnMissing');
    expect(await bench.refusal('VPC::VpnAttachment', vpn(bgp.id, '10.0.0.0/30'))).toBe('InvalidTunnelCidr.Malformed');
    const connection = await bench.make('VPC::VpnAttachment', vpn(bgp.id));
    expect(connection.attributes).toMatchObject({ VpnAttachmentId: connection.id, InternetIp: expect.stringMatching(/^\d+\./) });
    const asked = { CenId: cen.id, TransitRouterId: router.id, VpnId: connection.id, ZoneId: 'cn-beijing-a' };
    expect(await bench.refusal('CEN::TransitRouterVpnAttachment', { ...asked, ZoneId: 'cn-shanghai-a' })).toBe(
      'InvalidZoneId.NotFound',
    );
    const attachment = await bench.make('CEN::TransitRouterVpnAttachment', asked);
    expect(await bench.code(bench.drop(connection))).toBe('VpnConnection.CenRelated');
    expect(await bench.code(bench.drop(bgp))).toBe('CustomerGateway.ConnRelated');
    await bench.drop(attachment);
    await bench.drop(connection);
  });

  test('only routes of the system table are published, and none that leads to the router', async () => {
    const { vpc, table: system, attachment } = await attached('10.17');
    const custom = await bench.make('VPC::RouteTable', { VpcId: vpc.id });
    const route = (RouteTableId: string) => ({
      RouteTableId,
      DestinationCidrBlock: '10.99.0.0/16',
      NextHopType: 'Attachment',
      NextHopId: attachment.id,
    });
    await bench.make('ECS::Route', route(system));
    const publish = (ChildInstanceRouteTableId: string) =>
      bench.refusal('CEN::RouteEntry', {
        CenId: cen.id,
        ChildInstanceId: vpc.id,
        ChildInstanceType: 'VPC',
        ChildInstanceRegionId: 'cn-beijing',
        ChildInstanceRouteTableId,
        DestinationCidrBlock: '10.99.0.0/16',
      });
    expect(await publish(custom.id)).toBe('InvalidOperation.CustomRouteTable');
    expect(await publish(system)).toBe('InvalidOperation.NextHopType');
  });
});

describe('a VPN gateway of a VPC', () => {
  const bench = new Bench();
  afterAll(() => bench.close());

  test('its routes lead to its own connections, and it goes after them', async () => {
    const { vpc } = await bench.network(['a']);
    expect(await bench.refusal('VPC::VpnGateway', { VpcId: vpc.id, Bandwidth: 7 })).toBe('InvalidBandwidth.Malformed');
    const gateway = await bench.make('VPC::VpnGateway', { VpcId: vpc.id, Bandwidth: 10 });
    const customer = await bench.make('VPC::CustomerGateway', { IpAddress: '198.18.0.1' });
    const sides = { LocalSubnet: '10.1.0.0/16', RemoteSubnet: '10.9.0.0/16' };
    const connection = await bench.make('VPC::VpnConnection', {
      VpnGatewayId: gateway.id,
      CustomerGatewayId: customer.id,
      ...sides,
    });
    const route = { VpnGatewayId: gateway.id, RouteDest: '10.9.0.0/16', NextHop: connection.id, Weight: 100, PublishVpc: true };
    expect(await bench.refusal('VPC::VpnRouteEntry', { ...route, NextHop: 'vco-none' })).toBe('InvalidNextHop.NotFound');
    const entry = await bench.make('VPC::VpnRouteEntry', route);
    expect(await bench.refusal('VPC::VpnRouteEntry', route)).toBe('VpnRouteEntry.AlreadyExists');
    expect(await bench.code(bench.drop(connection))).toBe('VpnConnection.RouteRelated');
    expect(await bench.code(bench.drop(gateway))).toBe('VpnGateway.ConnRelated');
    for (const s of [entry, connection, gateway, customer]) await bench.drop(s);
  });
});
