/**
 * Aliyun's part of a World, read from ROS templates by itself: nothing of how lib/reach reads them, so that a mistake there shows as a
 * difference between the kernel and reach. It puts ids for references first, as a deploy would, and then looks at plain values.
 */
import { cidr, parseIpv4 } from '../../lib/estate/addresses/cidr';
import type {
  CloudLine,
  CloudVpn,
  NetworkInterface,
  Peering,
  Range,
  Route,
  RouteTarget,
  SecurityGroup,
  SecurityRule,
  TransitAttachment,
  TransitGateway,
  TransitPeering,
  Vpc,
  World,
} from '../../lib/reach/world';
import type { Files } from '../estate/arbitrary';
import { deployed, type Made } from './ros-deployed';
import { isIn, text } from './text';

export type AliyunWorld = Pick<World, 'vpcs' | 'peerings' | 'transits' | 'transitPeerings' | 'lines' | 'vpns'>;

export function rosWorld(files: Files): AliyunWorld {
  const made = deployed(files);
  const transits = made.of('CEN::TransitRouter').map((router) => transitRouter(made, router));
  return {
    vpcs: made.of('ECS::VPC').map((vpc) => vpcOf(made, vpc)),
    peerings: made.of('VPC::VpcPeerConnection').map(peering),
    transits,
    transitPeerings: made.of('CEN::TransitRouterPeerAttachment').map(
      ({ id, from, value }): TransitPeering => ({
        id,
        requester: value.TransitRouterId,
        accepter: value.PeerTransitRouterId,
        accepted: true,
        from,
      }),
    ),
    lines: made.of('CEN::TransitRouterVbrAttachment').flatMap((at) => lineOf(made, at, transits)),
    vpns: made.of('CEN::TransitRouterVpnAttachment').flatMap((at) => vpnOf(made, at, transits)),
  };
}

const peering = ({ id, from, value }: Made): Peering => ({
  id,
  requester: value.VpcId,
  accepter: value.AcceptingVpcId,
  accepted: value.AcceptingAliUid === undefined,
  from,
});

function vpcOf(made: ReturnType<typeof deployed>, vpc: Made): Vpc {
  const table = `${vpc.id}.RouteTableId`;
  const subnets = made
    .of('ECS::VSwitch')
    .filter(({ value }) => value.VpcId === vpc.id)
    .map(({ id, name, from, value }) => ({
      id,
      name: name.replace(/^Subnet|G\d+$/g, ''),
      zone: value.ZoneId,
      range: cidr(value.CidrBlock),
      table,
      from,
    }));
  const routes = made
    .of('ECS::Route')
    .filter(({ value }) => value.RouteTableId === table)
    .map(({ from, value }): Route => ({ destination: cidr(value.DestinationCidrBlock), target: nextHop(made, value), from }));
  const members = made
    .of('ECS::Instance')
    .filter(({ value }) => subnets.some((subnet) => subnet.id === value.VSwitchId))
    .map((instance) => member(instance, routes));
  const elastic = made.of('ESS::ScalingConfiguration').flatMap((each) => elasticHosts(made, each, subnets, members));
  const nat = made.of('VPC::NatGateway').find(({ value }) => value.VpcId === vpc.id);
  const internet: Route[] =
    nat === undefined ? [] : [{ destination: cidr('0.0.0.0/0'), target: { kind: 'nat', id: nat.id }, from: nat.from }];
  return {
    provider: 'aliyun',
    id: vpc.id,
    region: vpc.region,
    cloudRegion: vpc.region,
    account: 'aliyun',
    cidrs: [cidr(vpc.value.CidrBlock)],
    subnets,
    tables: [{ id: table, name: 'System', routes: [...routes, ...internet], from: vpc.from }],
    groups: made.of('ECS::SecurityGroup').flatMap((group) => (group.value.VpcId === vpc.id ? [groupOf(made, group)] : [])),
    interfaces: [...members, ...elastic],
    from: vpc.from,
  };
}

function nextHop(made: ReturnType<typeof deployed>, { NextHopType, NextHopId }: Made['value']): RouteTarget {
  if (NextHopType === 'Instance') return { kind: 'interface', id: NextHopId };
  if (NextHopType === 'VpcPeer') return { kind: 'peering', id: NextHopId };
  const attachment = made.of('CEN::TransitRouterVpcAttachment').find(({ id }) => id === NextHopId);
  return attachment === undefined
    ? { kind: 'nothing', words: 'it leads nowhere' }
    : { kind: 'transit', id: attachment.value.TransitRouterId };
}

/** Its containers are the ranges whose routes lead to it. */
function member({ id, from, value, unchecked }: Made, routes: readonly Route[]): NetworkInterface {
  const containers = routes.filter(({ target }) => target.kind === 'interface' && target.id === id).map((r) => r.destination);
  return {
    id,
    host: value.InstanceName,
    subnet: value.VSwitchId,
    kind: 'member',
    address: parseIpv4(value.PrivateIpAddress)!,
    prefixes: [],
    sourceDestCheck: !unchecked,
    groups: value.SecurityGroupIds,
    containers: containers.sort((a, b) => a.base - b.base),
    up: true,
    from,
  };
}

/** One host a vSwitch, with the first address that no member has; Aliyun keeps the first three addresses or so for itself. */
function elasticHosts(
  made: ReturnType<typeof deployed>,
  { value }: Made,
  subnets: Vpc['subnets'],
  members: readonly NetworkInterface[],
): NetworkInterface[] {
  const group = made.of('ESS::ScalingGroup').find(({ id }) => id === value.ScalingGroupId);
  if (group === undefined) return [];
  return subnets
    .filter((subnet) => group.value.VSwitchIds.includes(subnet.id))
    .map((subnet) => {
      let address = subnet.range.base + 4;
      while (members.some((m) => m.address === address)) address++;
      return {
        id: `${group.id}@${subnet.name}`,
        host: `${value.InstanceName}@${subnet.name}`,
        subnet: subnet.id,
        kind: 'elastic',
        address,
        prefixes: [],
        sourceDestCheck: true,
        groups: value.SecurityGroupIds,
        containers: [],
        up: group.value.MaxSize > 0,
        from: group.from,
      };
    });
}

/**
 * Hosts of a basic group reach each other whatever its rules say, unless that is switched off, and send what they like (ECS, "Network
 * isolation within a basic security group").
 */
function groupOf(made: ReturnType<typeof deployed>, { id, name, from, isolated }: Made): SecurityGroup {
  const all = { protocol: '-1', fromPort: 0, toPort: 65535, from } as const;
  const rules = made.of('ECS::SecurityGroupIngress').filter(({ value }) => value.SecurityGroupId === id);
  return {
    id,
    name: name.replace(/^SecurityGroup|G\d+$/g, ''),
    ingress: [...(isolated ? [] : [{ ...all, peer: { kind: 'group', id } } as const]), ...rules.map(ruleOf)],
    egress: [{ ...all, peer: { kind: 'range', range: cidr('0.0.0.0/0') } }],
    from,
  };
}

function ruleOf({ value, from }: Made): SecurityRule {
  const [first, last] = value.PortRange.split('/').map(Number);
  return {
    protocol: value.IpProtocol === 'all' ? '-1' : value.IpProtocol,
    fromPort: Math.max(first, 0),
    toPort: last < 0 ? 65535 : last,
    peer:
      value.SourceGroupId === undefined
        ? { kind: 'range', range: cidr(value.SourceCidrIp) }
        : { kind: 'group', id: value.SourceGroupId },
    from,
  };
}

function transitRouter(made: ReturnType<typeof deployed>, router: Made): TransitGateway {
  const of = (type: string) => made.of(`CEN::TransitRouter${type}`);
  const tables = of('RouteTable')
    .filter(({ value }) => value.TransitRouterId === router.id)
    .map(({ id, from }) => ({
      id,
      routes: of('RouteEntry')
        .filter(({ value }) => value.TransitRouterRouteTableId === id)
        .map(({ from: at, value }) => ({
          destination: cidr(value.TransitRouterRouteEntryDestinationCidrBlock),
          ...(value.TransitRouterRouteEntryNextHopType === 'Attachment'
            ? { attachment: value.TransitRouterRouteEntryNextHopId }
            : {}),
          from: at,
        })),
      propagated: of('RouteTablePropagation')
        .filter(({ value }) => value.TransitRouterRouteTableId === id)
        .map(({ value }) => value.TransitRouterAttachmentId),
      from,
    }));
  // The connection of two routers has one id, and a table at each of them.
  const associated = of('RouteTableAssociation').map(
    ({ value }) => `${value.TransitRouterAttachmentId} ${value.TransitRouterRouteTableId}`,
  );
  const own = (id: string) => tables.find((table) => associated.includes(`${id} ${table.id}`))?.id;
  const attachments = ATTACHMENTS.flatMap(([type, to]) =>
    of(type)
      .filter(({ value }) => [value.TransitRouterId, value.PeerTransitRouterId].includes(router.id))
      .map((each): TransitAttachment => {
        const table = own(each.id);
        return { id: each.id, ...(table === undefined ? {} : { table }), to: to(each), from: each.from };
      }),
  );
  return { provider: 'aliyun', id: router.id, region: router.region, asn: ALIYUN_AS, tables, attachments, from: router.from };
}

const ATTACHMENTS: readonly (readonly [string, (made: Made) => TransitAttachment['to']])[] = [
  [
    'VpcAttachment',
    ({ value }) => ({
      kind: 'vpc',
      vpc: value.VpcId,
      subnets: value.ZoneMappings.map((zone: { VSwitchId: string }) => zone.VSwitchId),
    }),
  ],
  ['PeerAttachment', ({ id }) => ({ kind: 'peering', peering: id })],
  ['VbrAttachment', ({ value }) => ({ kind: 'line', line: value.VbrId })],
  ['VpnAttachment', ({ value }) => ({ kind: 'vpn', vpn: value.VpnId })],
];

/** A BGP group without a number of its own has Aliyun's. */
const ALIYUN_AS = 45104;

/** What a router tells a line or VPN: static routes of its table, which none of them are themselves in. */
function told(transits: readonly TransitGateway[], at: Made): Range[] {
  const router = transits.find(({ id }) => id === at.value.TransitRouterId);
  const associated = router?.attachments.find(({ id }) => id === at.id)?.table;
  const routes = router?.tables.find(({ id }) => id === associated)?.routes ?? [];
  return at.value.AutoPublishRouteEnabled === true
    ? routes.filter((r) => r.attachment !== undefined).map((r) => r.destination)
    : [];
}

function lineOf(made: ReturnType<typeof deployed>, at: Made, transits: readonly TransitGateway[]): CloudLine[] {
  const router = made.of('VPC::VirtualBorderRouter').find(({ id }) => id === at.value.VbrId);
  const group = made.of('VPC::BgpGroup').find(({ value }) => value.RouterId === router?.id);
  const peer = made.of('VPC::BgpPeer').find(({ value }) => value.BgpGroupId === group?.id);
  if (router === undefined || group === undefined || peer === undefined) return [];
  return [
    {
      id: router.id,
      transit: at.value.TransitRouterId,
      asn: group.value.LocalAsn ?? ALIYUN_AS,
      vlan: router.value.VlanId,
      cloudAddress: parseIpv4(router.value.LocalGatewayIp)!,
      idcAddress: parseIpv4(peer.value.PeerIpAddress)!,
      idcAsn: group.value.PeerAsn,
      mtu: 1500,
      allowedPrefixes: told(transits, at),
      from: router.from,
    },
  ];
}

function vpnOf(made: ReturnType<typeof deployed>, at: Made, transits: readonly TransitGateway[]): CloudVpn[] {
  const connection = made.of('VPC::VpnAttachment').find(({ id }) => id === at.value.VpnId);
  const options = (connection?.value.TunnelOptionsSpecification ?? []) as Made['value'][];
  const customer = made.of('VPC::CustomerGateway').find(({ id }) => id === options[0]?.CustomerGatewayId);
  if (connection === undefined || customer === undefined) return [];
  return [
    {
      id: connection.id,
      transit: at.value.TransitRouterId,
      asn: options[0]!.TunnelBgpConfig.LocalAsn,
      idcAsn: customer.value.Asn,
      router: parseIpv4(customer.value.IpAddress)!,
      tunnels: options.map(({ TunnelBgpConfig: { LocalBgpIp, TunnelCidr } }) => {
        const network = cidr(TunnelCidr);
        const [cloudAddress] = [parseIpv4(LocalBgpIp)!];
        const idcAddress = [network.base + 1, network.base + 2].find((address) => address !== cloudAddress)!;
        if (!isIn(network, cloudAddress)) throw new Error(`${LocalBgpIp} is not in ${text(network)}`);
        return { cloudAddress, idcAddress };
      }),
      allowedPrefixes: told(transits, at),
      from: connection.from,
    },
  ];
}
