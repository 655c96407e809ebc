import type { Tags } from '../../aws/world/network';

/** A Cloud Enterprise Network: it stands in no region. */
export interface Cen {
  id: string;
  name: string;
  tags: Tags;
}

/** An Enterprise Edition transit router: one a region and CEN. */
export interface TransitRouter {
  id: string;
  cen: string;
  name: string;
  systemTable: string;
}

/** What an attachment leads to, as CEN names it. */
export type RouterAttachmentKind = 'VPC' | 'VBR' | 'TR' | 'VPN';

/** An attachment of a transit router; the one of a peering stands in both regions, with one id. */
export interface RouterAttachment {
  id: string;
  router: string;
  kind: RouterAttachmentKind;
  /** Id of the VPC, VBR, VPN attachment, the other transit router. */
  resource: string;
  name: string;
  /** VPC only: a vSwitch a zone, with the interface that stands in it. */
  zones: { zone: string; vSwitch: string; interface: string }[];
  autoPublish: boolean;
  /** Peering only. */
  peer?: { region: string; requester: boolean; bandwidth?: number };
}

/** A route table of a transit router. */
export interface RouterTable {
  id: string;
  router: string;
  system: boolean;
  name: string;
  routes: RouterRoute[];
  associations: string[];
  propagations: string[];
}

/** A static route of a transit router: to an attachment, or to nowhere. */
export interface RouterRoute {
  id: string;
  destination: string;
  attachment?: string;
  name: string;
}

/** A VPC's or VBR's route that is published to its CEN. */
export interface PublishedRoute {
  cen: string;
  instance: string;
  table: string;
  destination: string;
}

/** A virtual border router: the cloud's end of a leased line. */
export interface BorderRouter {
  id: string;
  name: string;
  connection: string;
  vlan: number;
  local: string;
  peer: string;
  mask: string;
  routeTable: string;
  /** As it was set; undefined: the router's own. */
  bfd?: { minTxInterval: number; minRxInterval: number; detectMultiplier: number };
}

/** BGP neighbours of one kind on a border router. */
export interface BgpGroup {
  id: string;
  name: string;
  router: string;
  peerAsn: number;
  localAsn: number;
}

/** A BGP neighbour. */
export interface BgpPeer {
  id: string;
  group: string;
  address?: string;
  bfd: boolean;
}

/** What is asked over a leased line so that a broken one is noticed. */
export interface VbrHealthCheck {
  cen: string;
  vbr: string;
  source?: string;
  target: string;
  /** Seconds. */
  interval: number;
  threshold: number;
}

/** The other end of a VPN as the cloud knows it. */
export interface AliyunCustomerGateway {
  id: string;
  address: string;
  asn?: number;
  name: string;
}

/** An IPsec connection that is attached to a transit router. */
export interface IpsecAttachment {
  id: string;
  name: string;
  /** One a tunnel. */
  customerGateways: string[];
  /** Its public address. */
  address: string;
  local: string[];
  remote: string[];
  bgp: boolean;
}

/** A VPN gateway of a VPC. */
export interface AliyunVpnGateway {
  id: string;
  vpc: string;
  address: string;
  routes: { destination: string; hop: string; weight: number; publish: boolean }[];
}

/** An IPsec connection on a VPN gateway. */
export interface AliyunVpnConnection {
  id: string;
  gateway: string;
  customerGateways: string[];
}
