import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import type { Peering } from '../world/network';
import type { FoundRoute } from '../world/routes';
import type { CustomerGateway, TransitAttachment, TransitGateway, TransitTable, Vpn } from '../world/transit';
import { partitionOf } from '../world/zones';
import { tagSet } from './ec2-words';

const option = (on: boolean): string => (on ? 'enable' : 'disable');

const statusWords: Record<Peering['status'], string> = {
  active: 'Active',
  'pending-acceptance': 'Pending Acceptance',
};

export const peering = (r: Region, peer: Region, p: Peering): XmlValue => {
  const here = { vpcId: p.vpc, ownerId: r.account, region: r.name, cidrBlock: r.vpcs[p.vpc]?.cidr };
  const there = { vpcId: p.peerVpc, ownerId: peer.account, region: peer.name, cidrBlock: peer.vpcs[p.peerVpc]?.cidr };
  return {
    vpcPeeringConnectionId: p.id,
    requesterVpcInfo: p.requester ? here : there,
    accepterVpcInfo: p.requester ? there : here,
    status: { code: p.status, message: statusWords[p.status] },
    tagSet: tagSet(p.tags),
  };
};

export const transitGateway = (r: Region, g: TransitGateway): XmlValue => ({
  transitGatewayId: g.id,
  transitGatewayArn: `arn:${partitionOf(r.name)}:ec2:${r.name}:${r.account}:transit-gateway/${g.id}`,
  state: 'available',
  ownerId: r.account,
  description: g.description,
  creationTime: g.created,
  options: {
    amazonSideAsn: g.asn,
    transitGatewayCidrBlocks: g.cidrBlocks,
    autoAcceptSharedAttachments: option(g.autoAccept),
    defaultRouteTableAssociation: option(g.associationTable !== undefined),
    associationDefaultRouteTableId: g.associationTable,
    defaultRouteTablePropagation: option(g.propagationTable !== undefined),
    propagationDefaultRouteTableId: g.propagationTable,
    vpnEcmpSupport: option(g.vpnEcmp),
    dnsSupport: option(g.dns),
    multicastSupport: 'disable',
  },
  tagSet: tagSet(g.tags),
});

export const transitTable = (r: Region, t: TransitTable): XmlValue => ({
  transitGatewayRouteTableId: t.id,
  transitGatewayId: t.gateway,
  state: 'available',
  defaultAssociationRouteTable: r.transitGateways[t.gateway]?.associationTable === t.id,
  defaultPropagationRouteTable: r.transitGateways[t.gateway]?.propagationTable === t.id,
  creationTime: t.created,
  tagSet: tagSet(t.tags),
});

export const attachment = (r: Region, a: TransitAttachment): XmlValue => {
  const table = Object.values(r.transitTables).find((t) => t.associations.includes(a.id));
  return {
    transitGatewayAttachmentId: a.id,
    transitGatewayId: a.gateway,
    transitGatewayOwnerId: r.account,
    resourceOwnerId: a.resourceAccount,
    resourceType: a.kind,
    resourceId: a.resource,
    state: a.state,
    association: table && { transitGatewayRouteTableId: table.id, state: 'associated' },
    creationTime: a.created,
    tagSet: tagSet(a.tags),
  };
};

export const vpcAttachment = (r: Region, a: TransitAttachment): XmlValue => ({
  transitGatewayAttachmentId: a.id,
  transitGatewayId: a.gateway,
  vpcId: a.resource,
  vpcOwnerId: r.account,
  state: a.state,
  subnetIds: a.subnets,
  creationTime: a.created,
  options: {
    dnsSupport: a.options.DnsSupport ?? 'enable',
    ipv6Support: a.options.Ipv6Support ?? 'disable',
    applianceModeSupport: a.options.ApplianceModeSupport ?? 'disable',
  },
  tagSet: tagSet(a.tags),
});

export const peeringAttachment = (r: Region, a: TransitAttachment): XmlValue => {
  const here = { transitGatewayId: a.gateway, ownerId: r.account, region: r.name };
  const there = { transitGatewayId: a.resource, ownerId: a.resourceAccount, region: a.peer?.region };
  return {
    transitGatewayAttachmentId: a.id,
    requesterTgwInfo: a.peer?.requester ? here : there,
    accepterTgwInfo: a.peer?.requester ? there : here,
    status: { code: a.state },
    state: a.state,
    creationTime: a.created,
    tagSet: tagSet(a.tags),
  };
};

/** A route's attachment, with what it leads to. */
const towards = (r: Region, id: string): XmlValue => ({
  transitGatewayAttachmentId: id,
  resourceId: r.transitAttachments[id]?.resource,
  resourceType: r.transitAttachments[id]?.kind,
});

export const transitRoute = (r: Region, x: FoundRoute): XmlValue => ({
  destinationCidrBlock: x.destination,
  transitGatewayAttachments: x.attachment === undefined ? [] : [towards(r, x.attachment)],
  type: x.kind,
  state: x.state,
});

export const inTable = (r: Region, id: string, state: 'associated' | 'enabled'): XmlValue => ({
  ...(towards(r, id) as object),
  state,
});

export const customerGateway = (g: CustomerGateway): XmlValue => ({
  customerGatewayId: g.id,
  ipAddress: g.address,
  bgpAsn: g.asn,
  deviceName: g.device,
  state: 'available',
  type: 'ipsec.1',
  tagSet: tagSet(g.tags),
});

export const vpn = (v: Vpn): XmlValue => ({
  vpnConnectionId: v.id,
  customerGatewayId: v.customerGateway,
  transitGatewayId: v.gateway,
  state: 'available',
  type: 'ipsec.1',
  category: 'VPN',
  gatewayAssociationState: 'associated',
  options: {
    staticRoutesOnly: v.staticRoutesOnly,
    tunnelInsideIpVersion: 'ipv4',
    tunnelOptionSet: v.tunnels.map((t) => ({
      outsideIpAddress: t.outside,
      tunnelInsideCidr: t.inside,
      startupAction: t.startup,
    })),
  },
  // Nobody answers at the other end of a rehearsal.
  vgwTelemetry: v.tunnels.map((t) => ({ outsideIpAddress: t.outside, status: 'DOWN', statusMessage: 'IPSEC IS DOWN' })),
  tagSet: tagSet(v.tags),
});
