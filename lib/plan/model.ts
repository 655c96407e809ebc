/**
 * The EstatePlan: everything that can be known before a cloud is touched. Plain data, the same bytes for the same
 * estate. User-data is not stored here: it is a pure function of a fleet's context (lib/cloud-config), rendered when asked for.
 */
import type { Architecture, AwsAccount, ContainerMode, EtcdConfig, FleetAlarms, Partition, Provider } from '../estate/model';

export interface EstatePlan {
  readonly estate: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly regions: readonly RegionPlan[];
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
  /** One a fleet, sorted by id. They stand in the network stack, because rules between fleets refer to each other. */
  readonly securityGroups: readonly SecurityGroupPlan[];
  /** Sorted by cluster and name. */
  readonly fleets: readonly FleetPlan[];
  /** In the order that they deploy. */
  readonly stacks: readonly StackPlan[];
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

/** `public`: NAT gateways and load balancers; `elastic`: addresses the cloud gives; `members`: fixed addresses. */
export type SubnetRole = 'public' | 'elastic' | 'members';

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
  /** `<Cluster><Fleet>` in Pascal case: part of logical ids and output names. */
  readonly id: string;
  readonly cluster: string;
  readonly fleet: string;
  readonly description: string;
  /** Sorted by id. Everything not named is refused; outbound is open. */
  readonly ingress: readonly SecurityRulePlan[];
}

export interface SecurityRulePlan {
  /** Stable id within the group, from port name and source. */
  readonly id: string;
  readonly protocol: 'tcp' | 'udp';
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
  readonly kind: 'base' | 'network' | 'elastic' | 'members';
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
    readonly provider: Provider;
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
