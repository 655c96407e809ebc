/**
 * The EstatePlan: everything that can be known before a cloud is touched. Plain data, the same bytes for the same
 * estate. User-data is not stored here: it is a pure function of a fleet's context (lib/host-config), rendered when asked for.
 */
import type {
  AliyunAccount,
  AwsAccount,
  CloudRegionId,
  FleetAlarms,
  Quorum,
  RegionName,
  VolumeConfig,
} from '../estate/model/model';
import type { IdcPlan } from './idc/model';
import type { LinkPlan } from './links/model';
import type { FleetContext } from './region/context-model';
import type { DrainPlan, LoadBalancerPlan } from './region/load-balancer-model';

export type * from './collection/kafka-model';
export type * from './idc/model';
export type * from './links/model';
export type * from './region/context-model';
export type * from './region/load-balancer-model';

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

export type RegionPlan = AwsRegionPlan | AliyunRegionPlan;

export interface AwsRegionPlan extends RegionPlanBase {
  readonly provider: 'aws';
  readonly aws: AwsAccount;
}

/**
 * The same plan in Aliyun's words: subnets are vSwitches, the one route table `System` is the VPC's own, the transit gateway is a
 * transit router of the estate's Cloud Enterprise Network.
 */
export interface AliyunRegionPlan extends RegionPlanBase {
  readonly provider: 'aliyun';
  readonly aliyun: AliyunAccount;
  /** Where the estate's Cloud Enterprise Network stands. @default - no link needs one */
  readonly cen?: CenPlan;
}

export interface CenPlan {
  /** Region in whose `base` stack it stands. */
  readonly name: RegionName;
  readonly cloudRegion: CloudRegionId;
  /** Generation of that region; stands in the output's name. */
  readonly generation: number;
}

interface RegionPlanBase {
  /** What the estate calls it. */
  readonly name: RegionName;
  /** What its cloud calls it. */
  readonly cloudRegion: CloudRegionId;
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
  /** One before each fleet of front ends, sorted by cluster. @default - no cluster has front ends */
  readonly loadBalancers?: readonly LoadBalancerPlan[];
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
  /** Zones that are written down as lost. @default - none */
  readonly lostZones?: readonly string[];
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
  /** Stable id, for example `PrivateA`, `Public`; on Aliyun `System`. */
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
  /** Prefixes of the names of secrets that may be read: the host's certificates. @default - none */
  readonly secrets?: readonly string[];
  /** Below which a host writes its report into the region's bucket. */
  readonly reports: string;
  /** Whether its hosts send heartbeats: somebody is told when they don't. @default false */
  readonly heartbeat?: boolean;
  /** Name of the scaling group whose hosts may say that they have drained. @default - none */
  readonly drains?: string;
}

export interface ElasticFleetPlan extends FleetPlanBase {
  readonly kind: 'elastic';
  readonly min: number;
  readonly max: number;
  readonly maxBatch: number;
  readonly signalTimeout: number;
  readonly image: string;
  readonly stack: string;
  /** How a host leaves. @default - at once */
  readonly drain?: DrainPlan;
}

export interface MembersFleetPlan extends FleetPlanBase {
  readonly kind: 'members';
  readonly quorum?: Quorum;
  /** Members come up and change behind gates. */
  readonly gated: boolean;
  readonly membersPerStack: number;
  readonly maxUnavailable: number;
  readonly gateTimeout: number;
  /** host-gw: traffic for foreign addresses passes the interface. */
  readonly sourceDestCheck: boolean;
  readonly volumes: readonly VolumePlan[];
  /** Ordered by number; retired numbers are missing. */
  readonly members: readonly MemberPlan[];
  /** Members that stood and were retired: they may go. @default - none */
  readonly retired?: readonly RetiredMember[];
}

export interface VolumePlan extends VolumeConfig {
  /** For example `/dev/sdf`. */
  readonly device: string;
}

export type RetiredMember = Pick<MemberPlan, 'number' | 'generation' | 'stack'>;

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
  /** The /28 prefixes of its interface (prefix). */
  readonly prefixes?: readonly string[];
  /** From the members lock. */
  readonly image: string;
  readonly rootGb: number;
  readonly key?: string;
  readonly generation: number;
  /** Generations of volumes that were made anew, by name. @default - none was */
  readonly volumeGenerations?: Readonly<Record<string, number>>;
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
  /** `entry`: the load balancer before a fleet. */
  readonly kind: 'base' | 'network' | 'transit' | 'entry' | 'elastic' | 'members';
  readonly cluster?: string;
  readonly fleet?: string;
  /** Shard number, from 1, of a members fleet that is not a quorum fleet. */
  readonly shard?: number;
  /** Holds data: termination protection and a stack policy. */
  readonly holdsData: boolean;
  /** Members behind gates deploy with rollback off: a rollback would pass every gate. */
  readonly disableRollback: boolean;
  /** Ids of stacks of the same region that deploy before. */
  readonly dependsOn: readonly string[];
  /**
   * Ids of stacks of the same region that it can do without and that change before it does: who reads brokers is no newer than they are.
   * Where neither stands, a deploy makes both side by side.
   */
  readonly changesAfter: readonly string[];
}
