/**
 * The EstatePlan: everything that can be known before a cloud is touched. Plain data, the same bytes for the same
 * estate. User-data is not stored here: it is a pure function of a fleet's context (lib/cloud-config), rendered when asked for.
 */
import type {
  Architecture,
  AwsAccount,
  ContainerMode,
  EtcdConfig,
  FleetAlarms,
  IdcBond,
  LeasedLineLink,
  Partition,
  Provider,
  VpnLink,
} from '../estate/model';

export interface EstatePlan {
  readonly estate: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly regions: readonly RegionPlan[];
  /** Sorted by name; all of them, whichever regions were asked for. */
  readonly idcs: readonly IdcPlan[];
  /** Sorted by id. With selected regions only the links that end at one of them or go through it. */
  readonly links: readonly LinkPlan[];
}

export interface RegionPlan {
  readonly name: string;
  readonly provider: Provider;
  readonly aws: AwsAccount;
  readonly generation: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Bucket of the region's host artifacts; its name is planned so that user-data can hold it. */
  readonly artifactBucket: string;
  readonly network: NetworkPlan;
  /**
   * One a fleet, and where containers have addresses of their own one that all of the region's hosts are in too: `Containers`. Its own
   * rules are of this region; each link adds those for its other end, in its own stack. Sorted by id. They stand in the network stack,
   * because rules between fleets refer to each other.
   */
  readonly securityGroups: readonly SecurityGroupPlan[];
  /** Sorted by cluster and name. */
  readonly fleets: readonly FleetPlan[];
  /** In the order that they deploy. */
  readonly stacks: readonly StackPlan[];
  /** @default - no link needs a transit gateway here */
  readonly transit?: RegionTransitPlan;
}

/** The transit gateway of a region: stack `<region>/transit`. One route table, to which every attachment is associated; nothing is propagated by default. */
export interface RegionTransitPlan {
  readonly asn: number;
  /** Ids of the attachment subnets, one a zone. */
  readonly subnets: readonly string[];
  /** Static routes to the region's own VPC attachment: its host block and, in host-gw, its container block. */
  readonly own: readonly TransitRoutePlan[];
  /** Estate pools: what no more specific route takes is dropped here instead of wandering. */
  readonly blackholes: readonly TransitRoutePlan[];
}

export interface TransitRoutePlan {
  /** Stable id, part of the logical id: `Hosts`, `Containers`, `UsEast1Hosts`. */
  readonly id: string;
  readonly destination: string;
  readonly why: string;
}

export interface NetworkPlan {
  readonly cidr: string;
  /** Sorted by name. */
  readonly zones: readonly ZonePlan[];
  readonly subnets: readonly SubnetPlan[];
  readonly routeTables: readonly RouteTablePlan[];
  readonly nat: 'per-zone' | 'single' | 'none';
  readonly flowLogDays: number;
}

export interface ZonePlan {
  readonly name: string;
  /** The zone's letter; part of logical ids and output names. */
  readonly letter: string;
}

/**
 * `public`: NAT gateways and load balancers; `elastic`: addresses the cloud gives; `members`: fixed addresses; `attachment`: the
 * transit gateway's interfaces, only where the region has one. Their route table `Attachment` decides where packets from other places go.
 */
export type SubnetRole = 'public' | 'elastic' | 'members' | 'attachment';

export interface SubnetPlan {
  /** Stable id, for example `MembersA`. */
  readonly id: string;
  readonly role: SubnetRole;
  readonly zone: string;
  readonly cidr: string;
  /** Id of its route table. */
  readonly routeTable: string;
}

export interface RouteTablePlan {
  /** Stable id, for example `PrivateA`, `Public`. */
  readonly id: string;
  readonly zone?: string;
  readonly routes: readonly RoutePlan[];
}

export interface RoutePlan {
  /** Stable id within the table. */
  readonly id: string;
  readonly destination: string;
  readonly target: RouteTarget;
  readonly why: string;
}

export type RouteTarget =
  | { readonly kind: 'internet-gateway' }
  /** NAT gateway of a zone. */
  | { readonly kind: 'nat'; readonly zone: string }
  /** host-gw: the interface of a member; emitted in the member's own shard. */
  | { readonly kind: 'member'; readonly cluster: string; readonly fleet: string; readonly number: number };

export interface SecurityGroupPlan {
  /** `<Cluster><Fleet>` in Pascal case, or `Containers`: part of logical ids and output names. */
  readonly id: string;
  /** @default - the region's group `Containers` */
  readonly cluster?: string;
  readonly fleet?: string;
  readonly description: string;
  /** Sorted by id. Everything not named is refused; outbound is open. */
  readonly ingress: readonly SecurityRulePlan[];
}

export interface SecurityRulePlan {
  /** Stable id within the group, from port name and source. */
  readonly id: string;
  /** `all`: every protocol and port (container ranges, by CIDR). */
  readonly protocol: 'tcp' | 'udp' | 'all';
  /** 0 to 65535 for `all`. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly from: { readonly kind: 'group'; readonly id: string } | { readonly kind: 'cidr'; readonly cidr: string };
  readonly why: string;
}

export type FleetPlan = ElasticFleetPlan | MembersFleetPlan;

interface FleetPlanBase {
  readonly cluster: string;
  readonly name: string;
  /** `<Cluster><Fleet>` in Pascal case. */
  readonly id: string;
  readonly instanceType: string;
  readonly rootGb: number;
  readonly keyName?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
  readonly compress: 'auto' | 'never';
  readonly zones: readonly string[];
  readonly alarms: FleetAlarms;
  readonly needs: RoleNeeds;
  readonly securityGroup: string;
  /** Id of the group that lets packets for containers in. @default - containers use the host's address */
  readonly containerGroup?: string;
  /** Container mode prefix: /28 prefixes of each host's interface. @default - none */
  readonly prefixesPerHost?: number;
  /** What cloud-config is rendered from. */
  readonly context: FleetContext;
}

/** What a fleet's role may do, nothing else. */
export interface RoleNeeds {
  /** SHA-256 digests that may be read from the artifact bucket. */
  readonly artifactDigests: readonly string[];
  /** Stack names whose gates or groups may be signalled. */
  readonly signalStacks: readonly string[];
  /** Name of the *formed* marker, and whether it may be written. */
  readonly formedMarker?: { readonly name: string; readonly write: boolean };
}

export interface ElasticFleetPlan extends FleetPlanBase {
  readonly kind: 'elastic';
  readonly min: number;
  readonly max: number;
  readonly maxBatch: number;
  readonly signalTimeout: number;
  readonly image: string;
  readonly stack: string;
}

export interface MembersFleetPlan extends FleetPlanBase {
  readonly kind: 'members';
  readonly quorum?: 'etcd' | 'kraft';
  readonly membersPerStack: number;
  readonly maxUnavailable: number;
  readonly gateTimeout: number;
  /** host-gw: traffic for foreign addresses passes the interface. */
  readonly sourceDestCheck: boolean;
  readonly volumes: readonly VolumePlan[];
  /** Ordered by number; retired numbers are missing. */
  readonly members: readonly MemberPlan[];
}

export interface VolumePlan {
  readonly name: string;
  /** For example `/dev/sdf`. */
  readonly device: string;
  readonly gb: number;
  readonly type: 'gp3' | 'io2' | 'st1';
  readonly iops?: number;
  readonly throughput?: number;
  readonly mount: string;
  readonly filesystem: 'ext4' | 'xfs';
}

export interface MemberPlan {
  readonly number: number;
  /** `<region>-<cluster>-<fleet>-<number>`. */
  readonly name: string;
  readonly zone: string;
  /** Id of the subnet. */
  readonly subnet: string;
  readonly address: string;
  /** The host's own container range (host-gw). */
  readonly containerRange?: string;
  /** From the members lock. */
  readonly image: string;
  readonly rootGb: number;
  readonly key?: string;
  readonly generation: number;
  /** The instance is left out, interface and volumes stay. */
  readonly absent: boolean;
  /** Construct id of the member's stack, for example `core-storage-1`. */
  readonly stack: string;
  /** Number of the member that must be up before this one is touched, in the same stack. */
  readonly after?: number;
}

export interface StackPlan {
  /** Construct id below the region, for example `core-voters`; `<region>/<id>` selects it. */
  readonly id: string;
  /** CloudFormation's name: `<region>-<id>`. */
  readonly name: string;
  readonly kind: 'base' | 'network' | 'transit' | 'elastic' | 'members';
  readonly cluster?: string;
  readonly fleet?: string;
  /** Shard number, from 1, of a members fleet that is not a quorum fleet. */
  readonly shard?: number;
  /** Holds data: termination protection and a stack policy. */
  readonly holdsData: boolean;
  /** Quorum fleets deploy with rollback off. */
  readonly disableRollback: boolean;
  /** Ids of stacks of the same region that deploy before. */
  readonly dependsOn: readonly string[];
}

/**
 * What a fleet's cloud-config is rendered from. One text a fleet: nothing in here may differ between the hosts of a
 * fleet or change when it grows, or every host of the fleet would stop and start.
 */
export interface FleetContext {
  readonly estate: { readonly name: string };
  readonly region: {
    readonly name: string;
    /** `idc`: a rack of a data centre; the other fields are those of the region that its artifacts come from. */
    readonly provider: Provider | 'idc';
    readonly partition: Partition;
    readonly account: string;
    /** `amazonaws.com`, in China `amazonaws.com.cn`. */
    readonly dnsSuffix: string;
    readonly cidr: string;
  };
  readonly architecture: Architecture;
  readonly cluster: {
    readonly name: string;
    readonly generation: number;
    readonly etcd?: EtcdContext;
  };
  readonly fleet: {
    readonly name: string;
    readonly kind: 'elastic' | 'members';
    readonly quorum?: 'etcd' | 'kraft';
    readonly metadata: Readonly<Record<string, string>>;
    /** Name prefix of its hosts: `<region>-<cluster>-<fleet>`. */
    readonly hostPrefix: string;
  };
  /** Members only: how a host computes its number from its address. */
  readonly numbering?: Numbering;
  readonly containers: {
    readonly mode: ContainerMode;
    /** The region's container block (host-gw). */
    readonly block?: string;
    readonly hostBits?: number;
    /**
     * The estate's address pools (hosts, containers), never single places: a tenth region must not restart the hosts of nine.
     * Containers reach these with their own address; everything else is masqueraded.
     */
    readonly pools: readonly string[];
    /** MTU of the container network: the least of the links that carry containers of this region, at most the cloud's own. */
    readonly mtu: number;
    /** What the host itself answers to, from the estate's addresses; the host's nft table drops the rest. Sorted. */
    readonly hostPorts: readonly HostPort[];
  };
  readonly artifacts: {
    /** `https://<bucket>.s3.<region>.<dnsSuffix>`; the path is the digest. */
    readonly url: string;
    /** By name. */
    readonly items: Readonly<Record<string, ArtifactContext>>;
  };
  readonly volumes: readonly VolumePlan[];
  /** Parameters by profile, defaults filled in. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface HostPort {
  readonly protocol: 'tcp' | 'udp';
  readonly fromPort: number;
  readonly toPort: number;
  /** Host block of the place, for ports that are not open to the whole estate: containers and other places get no answer. Empty: the pools. */
  readonly from: string;
}

export interface ArtifactContext {
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

export interface EtcdContext {
  readonly bootstrap: EtcdConfig['bootstrap'];
  /** `<estate>-<region>-<cluster>-g<generation>`: static bootstrap's cluster token. */
  readonly token: string;
  /** Whether the hosts of this fleet vote; the others run a gateway. */
  readonly voter: boolean;
  readonly size: number;
  /** Discovery bootstrap: the whole URL from the tokens lock. */
  readonly discoveryUrl?: string;
  /** Voters by number. */
  readonly voters: readonly { readonly number: number; readonly name: string; readonly address: string }[];
  /** Name of the generation's *formed* marker: `/meissa/<estate>/<region>/<cluster>/g<generation>/formed`. */
  readonly formedMarker: string;
}

/**
 * Member n stands in zone (n - 1) mod Z at offset first + floor((n - 1) / Z) of that zone's members subnet. So a host
 * in zone z at index i is member i * Z + z + 1, and owns container range firstRange + n - 1.
 */
export interface Numbering {
  /** In the order of the arithmetic. `base` is the address of the zone's first member. */
  readonly zones: readonly { readonly name: string; readonly base: string }[];
  /** Addresses a zone. */
  readonly perZone: number;
  readonly firstRange: number;
}

/** What two places give each other, planned for both ends. */
export type LinkPlan = PeeringLinkPlan | TransitLinkPlan | LeasedLineLinkPlan | VpnLinkPlan;

interface LinkPlanBase {
  /** As in the estate. */
  readonly id: string;
  /** Construct id below `links`: `<a>--<b>`. Stack paths are `links/<path>/<stack id>`. */
  readonly path: string;
  readonly a: LinkEndPlan;
  readonly b: LinkEndPlan;
  /** In the order that they deploy; empty where no cloud object belongs to the link alone. */
  readonly stacks: readonly LinkStackPlan[];
  /** Bytes that fit without fragmentation. */
  readonly mtu: number;
}

export interface LinkEndPlan {
  readonly place: string;
  readonly kind: 'region' | 'idc';
  /** Only for regions. */
  readonly aws?: AwsAccount;
  /** Generation of the region's network; stands in the names of outputs that are read. 0 for an IDC. */
  readonly generation: number;
  /** Ranges of this place that the other one reaches, summaries only. */
  readonly gives: readonly GivenRange[];
  /** Ids of the VPC route tables of this end that get routes towards the other one (never `Attachment`). Empty for an IDC. */
  readonly routeTables: readonly string[];
  /** Rules that this end's group `Containers` gets for the other end; emitted with the routes. Empty where containers use the host's address. */
  readonly admits: readonly SecurityRulePlan[];
  /** ARN of this account's role by which stacks of the other end's account read outputs here. @default - the accounts are the same */
  readonly role?: string;
}

export interface GivenRange {
  /** Stable id, part of logical ids: `<Place>Hosts`, `<Place>Containers`, or `<Place>` and the range in hex. */
  readonly id: string;
  readonly cidr: string;
  readonly kind: 'hosts' | 'containers';
}

export interface LinkStackPlan {
  /** `request`, `accept`, `routes-a`, `routes-b`; at a data centre `line-<group>`, `vpn-<group>`, `routes` (one a pair). */
  readonly id: string;
  /** CloudFormation's name: `links-<a>--<b>-<id>`. */
  readonly name: string;
  /** Region that the stack stands in. */
  readonly region: string;
  /** Stacks that deploy before, as construct paths: `us-east-1/network`, `links/a--b/request`. */
  readonly dependsOn: readonly string[];
}

export interface PeeringLinkPlan extends LinkPlanBase {
  readonly kind: 'peering';
  /** Role of the accepter's account that CloudFormation takes on; only across accounts. */
  readonly peerRole?: string;
}

/** What leased lines and VPNs share. */
interface IdcLinkPlanBase extends LinkPlanBase {
  readonly group: string;
  /**
   * Ranges of the data centre that the region's host tables send to the transit gateway: what any link of the pair gives. They stand
   * in stack `routes` of the pair's first link (leased lines before VPNs).
   *
   * @default - another link of the pair has them
   */
  readonly routes?: readonly GivenRange[];
}

/**
 * Between regions without `through`: a peering attachment of their gateways, stacks request (a), accept (b), routes-a, routes-b.
 * With `through`: only static routes on both ends' own gateways and tables; for an IDC only at the region's end.
 */
export interface TransitLinkPlan extends LinkPlanBase {
  readonly kind: 'transit';
  readonly through?: string;
  /**
   * With `through`: by end, the link between that region and `through` whose peering attachment the static routes lead to.
   *
   * @default - no `through`, or the end is a data centre
   */
  readonly legs?: { readonly a?: string; readonly b?: string };
}

export interface LeasedLineLinkPlan extends IdcLinkPlanBase {
  readonly kind: 'leased-line';
  readonly line: LeasedLineLink['line'];
  /** What the cloud tells the IDC: exactly what its transit table holds of this line's ranges. Sorted. */
  readonly allowedPrefixes: readonly string[];
  /**
   * What takes over when the line fails: the pair's next best line or VPN. BFD sees the failure after `detectMs`; then BGP withdraws
   * the line's routes and the fallback's, which are known already, are used.
   *
   * @default - nothing: the data centre is cut off from this region
   */
  readonly fallback?: { readonly link: string; readonly detectMs: number };
}

export interface VpnLinkPlan extends IdcLinkPlanBase {
  readonly kind: 'vpn';
  readonly vpn: VpnLink['vpn'];
  /** AS number of the region's transit gateway. */
  readonly cloudAsn: number;
  /** Public address of the IDC's router: the customer gateway. */
  readonly routerPublic: string;
  /** AS number of the IDC. */
  readonly idcAsn: number;
}

/** A data centre as its routers and hosts are configured. */
export interface IdcPlan {
  readonly name: string;
  readonly asn?: number;
  readonly cidr: string;
  readonly containers?: string;
  readonly mtu: number;
  /** Sorted by name. */
  readonly routers: readonly RouterPlan[];
  /** Sorted by rack and number. */
  readonly hosts: readonly IdcHostPlan[];
}

export interface RouterPlan {
  readonly name: string;
  readonly routerId: string;
  /** Interfaces in the order of the sheet: `lo`, core, racks, lines, tunnels. */
  readonly interfaces: readonly RouterInterfacePlan[];
  /**
   * Static routes to the hosts' container ranges, and null routes for the aggregates it announces. `via` is an address, the name of an
   * own interface, or `blackhole`. What BGP tells is what stands here and on the interfaces, filtered by `tells`.
   */
  readonly statics: readonly { readonly destination: string; readonly via: string; readonly why: string }[];
  readonly neighbors: readonly NeighborPlan[];
  /** What the IDC tells the cloud, aggregates only; the same on all of its routers. Sorted. */
  readonly announces: readonly string[];
}

export interface RouterInterfacePlan {
  /** Kernel name, at most 15 bytes: `lo`, `vlan101`, `line-<n>`, `vpn-<n>`. */
  readonly name: string;
  readonly kind: 'loopback' | 'core' | 'rack' | 'line' | 'tunnel';
  /** With prefix length. */
  readonly address: string;
  readonly mtu: number;
  /** VLAN interfaces: what they stand on. */
  readonly vlan?: { readonly id: number; readonly parent: string };
  readonly why: string;
}

export interface NeighborPlan {
  readonly address: string;
  readonly asn: number;
  /** `cloud`: a leased line or VPN; `router`: another router of the IDC. */
  readonly kind: 'line' | 'vpn' | 'router';
  /** Name of our own interface that reaches it: `line-1`, `vpn-2`, `vlan2`. */
  readonly interface: string;
  /** Id of the link; absent between routers. */
  readonly link?: string;
  /** Prefixes taken from it: exactly these (aggregates of the cloud), nothing longer, nothing else. */
  readonly accepts: readonly string[];
  /** Prefixes told to it. */
  readonly tells: readonly string[];
  /** Local preference of what it tells; between routers it is carried and not set. */
  readonly preference: number;
  /** How often our own AS number is prepended in what we tell it. */
  readonly prepends: number;
  /** Session goes down over it. */
  readonly maxPrefixes: number;
  /** 300 ms x 3 on leased lines. @default - no BFD */
  readonly bfd?: { readonly intervalMs: number; readonly multiplier: number };
  readonly why: string;
}

export interface IdcHostPlan {
  /** `<idc>-<rack>-<number>`. */
  readonly name: string;
  readonly rack: string;
  readonly number: number;
  readonly unit?: string;
  /** With prefix length of the rack's subnet. */
  readonly address: string;
  readonly gateway: string;
  readonly router: string;
  readonly vlan: number;
  readonly bond: IdcBond;
  readonly mtu: number;
  readonly containerRange?: string;
  readonly profiles: readonly string[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
