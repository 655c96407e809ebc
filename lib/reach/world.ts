/**
 * The World: what was emitted, read back and joined. Only ids that stand in templates and addresses that stand in router
 * configuration; nothing of the plan. Both `meissa reach` and the proof in network namespaces work on it.
 */

import type { HostNetwork, SizedRoute } from './host/model';

export interface World {
  /** Sorted by id. */
  readonly vpcs: readonly Vpc[];
  readonly peerings: readonly Peering[];
  readonly transits: readonly TransitGateway[];
  /** Peering attachments between transit gateways. */
  readonly transitPeerings: readonly TransitPeering[];
  readonly lines: readonly CloudLine[];
  readonly vpns: readonly CloudVpn[];
  readonly routers: readonly Router[];
  readonly idcHosts: readonly IdcEndpoint[];
  /** @default - none */
  readonly balancers?: readonly Balancer[];
  /** Private ways of a VPC to services of its cloud. @default - none */
  readonly endpoints?: readonly ServiceEndpoint[];
  /** What could not be read or joined: a reference to nothing, an association missing. Each is an emitter's or an operator's fault. */
  readonly faults: readonly WorldFault[];
}

export interface WorldFault {
  /** Stack path or router file. */
  readonly where: string;
  /** Logical id or line. */
  readonly what: string;
  readonly message: string;
}

/** Where a thing was read: `sa-east-1/network`, logical id `RoutePrivateAInternetG1`. */
export interface Origin {
  readonly stack: string;
  readonly logicalId: string;
}

export interface Vpc {
  /** Whose rules hold in it: read/ros and localRanges say where they differ. @default - AWS's */
  readonly provider?: 'aliyun';
  /** Global id: `<account>/<region>/<stack name>/<logical id>`, the same for every resource below. */
  readonly id: string;
  /** What the estate calls it. */
  readonly region: string;
  /** What its cloud calls it: the same only in one region. */
  readonly cloudRegion: string;
  readonly account: string;
  /** Addresses as numbers: base and bits. */
  readonly cidrs: readonly Range[];
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
  readonly groups: readonly SecurityGroup[];
  readonly interfaces: readonly NetworkInterface[];
  /** Interfaces of what the cloud runs in it: nodes of load balancers, interface endpoints. @default - none */
  readonly appliances?: readonly NetworkInterface[];
  /** @default - none that is looked into: a route to one leads out of the estate */
  readonly nats?: readonly NatGateway[];
  /** @default - none: the VPC's default one lets everything pass */
  readonly acls?: readonly NetworkAcl[];
  /** False where its resolver is switched off. @default true */
  readonly resolver?: boolean;
  /** What gives it IPv6 addresses, which nothing here reads. @default - it has none */
  readonly ipv6?: Origin;
  readonly from: Origin;
}

export interface NatGateway {
  readonly id: string;
  readonly name: string;
  /** Where it stands; its packets go on by this subnet's table. @default - the cloud keeps it over all zones, with a way of its own */
  readonly subnet?: string;
  /** It has a public address. */
  readonly public: boolean;
  readonly from: Origin;
}

/** Rules of a subnet's edge, without memory: a reply needs a rule of its own. */
export interface NetworkAcl {
  readonly id: string;
  readonly name: string;
  /** In the order that they are asked; the first that matches decides, none: refused. */
  readonly ingress: readonly AclEntry[];
  readonly egress: readonly AclEntry[];
  readonly from: Origin;
}

export interface AclEntry {
  readonly allow: boolean;
  readonly protocol: SecurityRule['protocol'];
  /** Ports that the packet goes to; of ICMP, its type. */
  readonly fromPort: number;
  readonly toPort: number;
  /** The other side's address. */
  readonly range: Range;
  readonly from: Origin;
}

export interface Range {
  readonly base: number;
  readonly bits: number;
}

export interface Subnet {
  readonly id: string;
  /** Planned name, from the logical id: `MembersA`. */
  readonly name: string;
  readonly zone: string;
  readonly range: Range;
  /** Id of its route table; undefined is a fault (the VPC's main table has only the local route). */
  readonly table?: string;
  /** Id of its network ACL. @default - the VPC's default one, which lets everything pass */
  readonly acl?: string;
  /** Hosts launched in it get public addresses. @default false */
  readonly publicAddresses?: boolean;
  readonly from: Origin;
}

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  /** Without the local routes, which every table has for each range of the VPC. */
  readonly routes: readonly Route[];
  readonly from: Origin;
}

export interface Route {
  readonly destination: Range;
  readonly target: RouteTarget;
  readonly from: Origin;
}

export type RouteTarget =
  | { readonly kind: 'interface'; readonly id: string }
  | { readonly kind: 'peering'; readonly id: string }
  | { readonly kind: 'transit'; readonly id: string }
  | { readonly kind: 'internet'; readonly id: string }
  | { readonly kind: 'nat'; readonly id: string }
  /** The template names something that isn't there. */
  | { readonly kind: 'nothing'; readonly words: string };

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly ingress: readonly SecurityRule[];
  readonly egress: readonly SecurityRule[];
  readonly from: Origin;
}

export interface SecurityRule {
  /** `-1` is all. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  readonly fromPort: number;
  readonly toPort: number;
  /** A range, or the addresses that interfaces of a group own. */
  readonly peer: { readonly kind: 'range'; readonly range: Range } | { readonly kind: 'group'; readonly id: string };
  readonly from: Origin;
}

/** A host's interface: a member's own, or one that stands for all hosts of an elastic fleet in a subnet. */
export interface NetworkInterface {
  readonly id: string;
  /** `sa-east-1-core-storage-1`; elastic: name prefix and subnet, `sa-east-1-core-adserver@ElasticA`. */
  readonly host: string;
  readonly subnet: string;
  readonly kind: 'member' | 'elastic' | 'appliance';
  /** Fixed address; elastic: an address of the subnet that stands for all. */
  readonly address: number;
  /** /28 prefixes that the interface owns (mode prefix; elastic and uncounted ones: one that stands for them). */
  readonly prefixes: readonly Range[];
  readonly sourceDestCheck: boolean;
  readonly groups: readonly string[];
  /** Ranges outside the VPC's own that routes of the VPC send to this interface: its containers (host-gw). Sorted, each once. */
  readonly containers: readonly Range[];
  /** False while the member is absent: no instance answers. */
  readonly up: boolean;
  /** What its host does with packets itself. @default - it lets everything through as it comes */
  readonly network?: HostNetwork;
  /** What gives it a public address. @default - it has none */
  readonly publicAddress?: Origin;
  /** How the instance on it is answered about itself. @default - switched on, and over any number of hops */
  readonly metadata?: { readonly on: boolean; readonly hops: number };
  /** No security group is asked, as at a load balancer without one. @default false */
  readonly unguarded?: boolean;
  readonly from: Origin;
}

/** A load balancer: packets to a node of it go on to a host behind a listener. */
export interface Balancer {
  readonly id: string;
  readonly region: string;
  /** What it is asked for by: `nlb of sa-east-1`, names in private zones. */
  readonly names: readonly string[];
  readonly internetFacing: boolean;
  /** Ids of its nodes' interfaces, one a zone. */
  readonly nodes: readonly string[];
  /** A node sends to hosts of all zones, otherwise to those of its own. */
  readonly crossZone: boolean;
  readonly listeners: readonly Listener[];
  readonly from: Origin;
}

export interface Listener {
  readonly port: number;
  readonly protocols: readonly ('tcp' | 'udp')[];
  /** Ids of interfaces of the hosts behind it, and their port. */
  readonly targets: readonly { readonly own: string; readonly port: number }[];
  /** Hosts see the sender's address, otherwise the node's. */
  readonly keepsSource: boolean;
  readonly from: Origin;
}

export interface ServiceEndpoint {
  readonly id: string;
  readonly region: string;
  /** `s3`, `ssm`, `ecr.api`. */
  readonly service: string;
  /** Gateway: ids of route tables that lead to it. Interface: ids of its interfaces. */
  readonly by:
    | { readonly kind: 'gateway'; readonly tables: readonly string[] }
    | { readonly kind: 'interface'; readonly nodes: readonly string[] };
  readonly from: Origin;
}

export interface Peering {
  readonly id: string;
  readonly requester: string;
  readonly accepter: string;
  /** In one account it accepts itself; across accounts only with the role that accepts it (CloudFormation, `AWS::EC2::VPCPeeringConnection`). */
  readonly accepted: boolean;
  readonly from: Origin;
}

export interface TransitGateway {
  /** @default - AWS's */
  readonly provider?: 'aliyun';
  readonly id: string;
  /** What the estate calls it. */
  readonly region: string;
  readonly asn: number;
  readonly tables: readonly TransitTable[];
  readonly attachments: readonly TransitAttachment[];
  readonly from: Origin;
}

export interface TransitTable {
  readonly id: string;
  readonly routes: readonly TransitRoute[];
  /** Ids of attachments whose learned routes stand in this table. */
  readonly propagated: readonly string[];
  readonly from: Origin;
}

export interface TransitRoute {
  readonly destination: Range;
  /** Id of an attachment; undefined: blackhole. */
  readonly attachment?: string;
  /** Why it is a blackhole against its will: the template names an attachment that isn't there. */
  readonly nothing?: string;
  readonly from: Origin;
}

/** A peering attachment stands in both gateways with the same id, as in the cloud. */
export interface TransitAttachment {
  readonly id: string;
  /** Table that its incoming packets are looked up in; undefined: they are dropped. */
  readonly table?: string;
  readonly to:
    | { readonly kind: 'vpc'; readonly vpc: string; readonly subnets: readonly string[] }
    | { readonly kind: 'peering'; readonly peering: string }
    | { readonly kind: 'line'; readonly line: string }
    | { readonly kind: 'vpn'; readonly vpn: string };
  readonly from: Origin;
}

export interface TransitPeering {
  readonly id: string;
  /** Transit gateways. */
  readonly requester: string;
  readonly accepter: string;
  /** Some stack accepts it. */
  readonly accepted: boolean;
  readonly from: Origin;
}

/**
 * The cloud's end of a leased line. Its Direct Connect gateway is attached to the transit gateway by the attachment that names it. A gateway
 * of several lines has an attachment for each here, and a line whose gateway is associated with several transit gateways one end for each.
 */
export interface CloudLine {
  /** Of the transit virtual interface; with several transit gateways `<interface>@<transit gateway>`. */
  readonly id: string;
  readonly transit: string;
  /** AS number of the Direct Connect gateway. */
  readonly asn: number;
  readonly vlan: number;
  readonly cloudAddress: number;
  readonly idcAddress: number;
  readonly idcAsn: number;
  readonly mtu: number;
  /** What the cloud tells the IDC: AWS what a gateway association allows, Aliyun what stands in the transit table without what lines and VPNs told. */
  readonly allowedPrefixes: readonly Range[];
  readonly from: Origin;
}

/** The cloud's end of a VPN. */
export interface CloudVpn {
  readonly id: string;
  readonly transit: string;
  readonly asn: number;
  readonly idcAsn: number;
  /** Public address of the IDC's router. */
  readonly router: number;
  readonly tunnels: readonly { readonly cloudAddress: number; readonly idcAddress: number }[];
  /** What the cloud tells the IDC. @default - what stands in the transit table that its attachment is associated with, learned routes too */
  readonly allowedPrefixes?: readonly Range[];
  readonly from: Origin;
}

/** A router of an IDC, parsed from its rendered FRR configuration. */
export interface Router {
  /** `<idc>/<router>`. */
  readonly id: string;
  readonly idc: string;
  readonly asn: number;
  readonly interfaces: readonly RouterInterface[];
  /** Addresses of gateways that routers share (VRRP): of those that are up, the one with the highest priority has it. @default - none */
  readonly shared?: readonly { readonly interface: string; readonly address: number; readonly priority: number }[];
  /** Without `via`: a null route. */
  readonly statics: readonly {
    readonly destination: Range;
    readonly via?: number;
    /** Administrative distance: the lower one wins. @default 1 */
    readonly distance?: number;
    readonly line: number;
  }[];
  readonly neighbors: readonly RouterNeighbor[];
  /** Prefixes of `network` statements: told while the routing table holds exactly that prefix (`bgp network import-check`). */
  readonly originates: readonly Range[];
  /** Prefixes of `aggregate-address` statements: told while BGP knows a longer prefix inside. */
  readonly aggregates: readonly Range[];
  /** False after `no bgp network import-check`. */
  readonly importCheck: boolean;
  /** False after `no bgp ebgp-requires-policy`. */
  readonly ebgpRequiresPolicy: boolean;
  /** Lists and maps that its file defines for nothing, or asks for in vain. @default - not looked at */
  readonly names?: { readonly unused: readonly NamedPart[]; readonly missing: readonly NamedPart[] };
  /** Its packet filter. @default - it forwards everything */
  readonly network?: HostNetwork;
  /** Path of the file, for the hops. */
  readonly file: string;
}

export interface NamedPart {
  readonly kind: 'prefix list' | 'route-map' | 'access list' | 'AS path list' | 'community list' | 'BFD profile' | 'peer group';
  readonly name: string;
  readonly line: number;
}

export interface RouterInterface {
  readonly name: string;
  readonly address: number;
  readonly bits: number;
  /** VLAN that it stands on, where a `.netdev` file makes it. */
  readonly vlan?: number;
  /** Largest packet, bytes. @default - not written */
  readonly mtu?: number;
}

export interface RouterNeighbor {
  readonly address: number;
  readonly asn: number;
  /** Absent: nothing is let through on eBGP (RFC 8212), everything on iBGP. */
  readonly in?: RoutePolicy;
  readonly out?: RoutePolicy;
  readonly maxPrefixes?: number;
  /** `force`: what the policy refuses counts too. @default false */
  readonly maxPrefixesForce?: boolean;
  readonly bfd: boolean;
  readonly nextHopSelf: boolean;
  readonly line: number;
}

/** A route-map with its prefix lists filled in: the first clause that matches decides; none: deny. */
export interface RoutePolicy {
  readonly clauses: readonly {
    readonly permit: boolean;
    /** Absent: matches all. Entry in order; `ge`/`le` as in FRR. */
    readonly match?: readonly { readonly permit: boolean; readonly range: Range; readonly ge?: number; readonly le?: number }[];
    readonly localPreference?: number;
    readonly prepends: number;
  }[];
}

/** A rack host, from its rendered network files. */
export interface IdcEndpoint {
  readonly host: string;
  readonly idc: string;
  readonly address: number;
  readonly bits: number;
  readonly gateway: number;
  readonly containers?: Range;
  /** Largest packet of its network, bytes. @default - not written */
  readonly mtu?: number;
  /** Besides its default route. @default - none */
  readonly routes?: readonly SizedRoute[];
  /** As of an interface's host. */
  readonly network?: HostNetwork;
  readonly file: string;
}
