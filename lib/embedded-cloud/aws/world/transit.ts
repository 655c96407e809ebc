import type { Tags } from './network';

/** A transit gateway. */
export interface TransitGateway {
  id: string;
  asn: number;
  description: string;
  /** Table that new attachments are associated with; absent: none. */
  associationTable?: string;
  /** Table that new attachments propagate to; absent: none. */
  propagationTable?: string;
  autoAccept: boolean;
  vpnEcmp: boolean;
  dns: boolean;
  cidrBlocks: string[];
  created: string;
  tags: Tags;
}

/** A static route of a transit table: to an attachment, or (without one) to nowhere. */
export interface TransitRoute {
  destination: string;
  attachment?: string;
}

/** A route table of a transit gateway. */
export interface TransitTable {
  id: string;
  gateway: string;
  routes: TransitRoute[];
  /** Attachments whose packets are looked up here. */
  associations: string[];
  /** Attachments whose ranges are written here by themselves. */
  propagations: string[];
  created: string;
  tags: Tags;
}

/** What an attachment leads to, as EC2 names it. */
export type AttachmentKind = 'vpc' | 'peering' | 'vpn' | 'direct-connect-gateway';

/** An attachment of a transit gateway. The one of a peering stands in both regions, with one id. */
export interface TransitAttachment {
  id: string;
  gateway: string;
  kind: AttachmentKind;
  /** Id of the VPC, the other transit gateway, the VPN connection, the Direct Connect gateway. */
  resource: string;
  resourceAccount: string;
  state: 'available' | 'pendingAcceptance';
  /** VPC only: subnets, and the interfaces that stand in them. */
  subnets: string[];
  interfaces: string[];
  options: Tags;
  /** Peering only: where the other gateway stands, and which end asked. */
  peer?: { region: string; account: string; requester: boolean };
  created: string;
  tags: Tags;
}

/** The other end of a VPN as the cloud knows it. */
export interface CustomerGateway {
  id: string;
  address: string;
  asn: number;
  device?: string;
  tags: Tags;
}

/** One of the two tunnels of a VPN. */
export interface VpnTunnel {
  outside: string;
  inside: string;
  startup: string;
}

/** A site-to-site VPN on a transit gateway. */
export interface Vpn {
  id: string;
  customerGateway: string;
  gateway: string;
  attachment: string;
  staticRoutesOnly: boolean;
  keyStorage: string;
  tunnels: VpnTunnel[];
  tags: Tags;
}

/** A Direct Connect gateway: it has no region. */
export interface DirectConnectGateway {
  id: string;
  arn: string;
  name: string;
  asn: number;
  tags: Tags;
}

/** The virtual interface of a leased line. */
export interface VirtualInterface {
  id: string;
  region: string;
  gateway: string;
  connection: string;
  vlan: number;
  mtu: number;
  name: string;
  peers: { asn: number; amazon?: string; customer?: string }[];
  tags: Tags;
}

/** What ties a Direct Connect gateway to a transit gateway. */
export interface DirectConnectAssociation {
  id: string;
  gateway: string;
  transitGateway: string;
  region: string;
  attachment: string;
  /** Prefixes that the customer's routers are told. */
  allowed: string[];
}
