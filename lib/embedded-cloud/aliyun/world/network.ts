import type { Tags } from '../../aws/world/network';

/** A VPC with its one vRouter. */
export interface AliyunVpc {
  id: string;
  cidr: string;
  /** Further ranges. */
  secondary: string[];
  /** Ranges that the customer uses as if they were private. */
  userCidrs: string[];
  router: string;
  /** Its system route table. */
  systemTable: string;
  name: string;
  tags: Tags;
}

/** A vSwitch: a subnet of one zone. */
export interface VSwitch {
  id: string;
  vpc: string;
  cidr: string;
  zone: string;
  name: string;
  tags: Tags;
}

/** What a custom route leads to, as `NextHopType` names it. */
export type NextHopType =
  | 'Instance'
  | 'HaVip'
  | 'RouterInterface'
  | 'NetworkInterface'
  | 'VpnGateway'
  | 'NatGateway'
  | 'Attachment'
  | 'VpcPeer';

/** A custom route. */
export interface AliyunRoute {
  id: string;
  destination: string;
  hop: { type: NextHopType; id: string };
}

/** A route table: the VPC's system table, or a custom one with the vSwitches that use it. */
export interface AliyunRouteTable {
  id: string;
  vpc: string;
  system: boolean;
  name: string;
  routes: AliyunRoute[];
  /** VSwitches bound to a custom table; the others use the system table. */
  vSwitches: string[];
  tags: Tags;
}

/** A rule of a security group. */
export interface AliyunRule {
  id: string;
  direction: 'ingress' | 'egress';
  protocol: string;
  /** `22/22`, `-1/-1`. */
  ports: string;
  /** A range, or a group. */
  cidr?: string;
  group?: string;
  /** 1 (first) to 100. */
  priority: number;
  policy: 'accept' | 'drop';
  description: string;
}

/** A security group. */
export interface AliyunGroup {
  id: string;
  vpc?: string;
  name: string;
  kind: 'normal' | 'enterprise';
  /** Whether hosts of a basic group reach each other whatever the rules say. Absent: they do, as such a group is made. */
  innerAccess?: 'Accept' | 'Drop';
  rules: AliyunRule[];
  tags: Tags;
}

/** An elastic network interface. */
export interface AliyunInterface {
  id: string;
  vSwitch: string;
  vpc: string;
  zone: string;
  address: string;
  /** Further private addresses. */
  secondary: string[];
  groups: string[];
  mac: string;
  primary: boolean;
  name: string;
  /** "Source and destination check": on unless it was switched off. */
  sourceDestCheck: boolean;
  /** What holds it: an instance, a NAT gateway, a transit router's attachment. */
  owner?: string;
  tags: Tags;
}

/** An elastic IP address. */
export interface AliyunEip {
  id: string;
  address: string;
  bandwidth: string;
  /** What uses it. */
  boundTo?: string;
  tags: Tags;
}

/** An enhanced NAT gateway. */
export interface AliyunNatGateway {
  id: string;
  vpc: string;
  vSwitch: string;
  snatTable: string;
  forwardTable: string;
  interface: string;
  snat: { id: string; addresses: string[]; cidr?: string; vSwitch?: string }[];
  tags: Tags;
}

/** A VPC peering connection; it stands in both regions, from each one's own side. */
export interface AliyunPeering {
  id: string;
  vpc: string;
  peerVpc: string;
  peerRegion: string;
  peerAccount: string;
  requester: boolean;
  status: 'Activated' | 'Accepting';
}
