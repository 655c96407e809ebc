/** Tags as a table. */
export type Tags = Record<string, string>;

/** A VPC. */
export interface Vpc {
  id: string;
  cidr: string;
  /** Its default security group. */
  defaultGroup: string;
  /** Its main route table. */
  mainRouteTable: string;
  dnsHostnames: boolean;
  dnsSupport: boolean;
  tenancy: string;
  tags: Tags;
}

/** A subnet. */
export interface Subnet {
  id: string;
  vpc: string;
  cidr: string;
  zone: string;
  mapPublicIp: boolean;
  tags: Tags;
}

/** Where a route sends packets: one target. */
export interface RouteTarget {
  kind: 'local' | 'gateway' | 'nat' | 'interface' | 'peering' | 'transit' | 'endpoint' | 'instance';
  id: string;
}

/** A route of a table. */
export interface Route {
  destination: string;
  target: RouteTarget;
}

/** A route table with the subnets that use it. */
export interface RouteTable {
  id: string;
  vpc: string;
  main: boolean;
  routes: Route[];
  /** Association id -> the subnet, and which stack's resource it is. */
  associations: Record<string, { subnet: string; owner: string }>;
  tags: Tags;
}

/** An internet gateway. */
export interface InternetGateway {
  id: string;
  vpc?: string;
  tags: Tags;
}

/** An elastic address. */
export interface ElasticAddress {
  allocation: string;
  address: string;
  /** What uses it: a NAT gateway or an interface. */
  usedBy?: string;
  tags: Tags;
}

/** A NAT gateway. */
export interface NatGateway {
  id: string;
  subnet: string;
  vpc: string;
  allocation?: string;
  interface: string;
  tags: Tags;
}

/** A VPC endpoint; a gateway endpoint has route tables, an interface endpoint has interfaces. */
export interface Endpoint {
  id: string;
  vpc: string;
  service: string;
  kind: string;
  routeTables: string[];
  subnets: string[];
  groups: string[];
  interfaces: string[];
  tags: Tags;
}

/** One rule of a security group. */
export interface SecurityRule {
  id: string;
  direction: 'ingress' | 'egress';
  protocol: string;
  from?: number;
  to?: number;
  cidr?: string;
  cidr6?: string;
  group?: string;
  prefixList?: string;
  description?: string;
  /** A resource of its own stands for it; without, it is of the group's template, or was made by hand. */
  own?: true;
}

/** A security group. */
export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  vpc: string;
  rules: SecurityRule[];
  tags: Tags;
}

/** A network interface. */
export interface NetworkInterface {
  id: string;
  subnet: string;
  vpc: string;
  zone: string;
  address: string;
  /** Further private addresses. */
  secondary: string[];
  prefixes: string[];
  groups: string[];
  sourceDestCheck: boolean;
  description: string;
  /** What holds it: an instance, a NAT gateway, an endpoint. */
  attachment?: { id: string; owner: string; index: number; deleteOnTermination: boolean };
  publicAddress?: string;
  tags: Tags;
}

/** A peering connection. The one of two regions stands in both, each from its own side. */
export interface Peering {
  id: string;
  vpc: string;
  peerVpc: string;
  peerRegion: string;
  peerAccount: string;
  /** Whether this side asked for it. */
  requester: boolean;
  status: 'active' | 'pending-acceptance';
  tags: Tags;
}

/** A part of a subnet that addresses or prefixes are kept from, or for. */
export interface CidrReservation {
  id: string;
  subnet: string;
  cidr: string;
  /** `prefix`: only /28s are taken from it; `explicit`: nothing is taken unasked. */
  kind: 'prefix' | 'explicit';
  tags: Tags;
}

/** A flow log. */
export interface FlowLog {
  id: string;
  resource: string;
  tags: Tags;
}
