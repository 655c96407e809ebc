/**
 * The Estate: everything that is described under `regions/`, parsed, with defaults filled in. What has one of these
 * types was checked by the loader. Nothing here knows a cloud SDK, a clock or the file system.
 */

import type { Provider } from '../../clouds/cloud';
import type { Architecture } from '../../facts/architecture';
import type { AwsRegions, Partition } from '../../facts/aws/regions';
import type { CloudRegion, CloudRegionId, RegionName } from '../../facts/region';
import type { Cidr } from '../addresses/cidr';
import type { Location, Path } from '../findings/finding';
import type { Cluster, Told } from './fleet-model';
import type { Idc } from './idc-model';
import type { Link } from './link-model';
import type { ArtifactsLock, ImagesLock, MembersLock, TokensLock } from './locks';
import type { Profile } from './profile';

export type * from './fleet-model';
export type * from './idc-model';
export type * from './kafka-model';
export type * from './link-model';

export type { Architecture, CloudRegion, CloudRegionId, Partition, Provider, RegionName };

/** How containers get addresses, and which links carry them. */
export type ContainerMode = 'host' | 'host-gw' | 'prefix';

export interface Estate {
  readonly name: string;
  /** Read from an earlier revision, to compare with: secrets in it are not refused, and not shown either. @default false */
  readonly past?: boolean;
  /** The region that collects from all others. */
  readonly central?: string;
  readonly addressing: Addressing;
  readonly images: ImagePolicy;
  readonly discovery: Discovery;
  /** Tags on every resource that takes them. Keys satisfy what the instance metadata service takes. */
  readonly tags: Readonly<Record<string, string>>;
  readonly quotas: Quotas;
  /**
   * Aliyun region in whose `base` stack the estate's Cloud Enterprise Network (CEN) stands: what transit routers belong to.
   *
   * @default - none: no link needs one
   */
  readonly cen?: string;
  /** What is known of AWS's regions: this version's table, and what the estate declares beyond it. */
  readonly awsRegions: AwsRegions;
  /** Sorted by name. */
  readonly regions: readonly Region[];
  /** Sorted by name. */
  readonly idcs: readonly Idc[];
  /** Every pair of places that reach each other, groups (mesh, hub) written out. Sorted by id. */
  readonly links: readonly Link[];
  /** Every profile that some fleet names, by name. */
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly locks: Locks;
  /** Where a value stands, by the estate's own path: `regions/sa-east-1.yaml` + `clusters.core.generation`. */
  /** Warnings that are wanted, wherever that is written. @default - none */
  readonly acceptedWarnings?: readonly AcceptedWarning[];
  readonly locate: Locate;
}

/** Finds the line of a path in a file of the estate; falls back to the nearest enclosing path that stands there. */
export type Locate = (file: string, path: readonly (string | number)[]) => Location;

export interface Addressing {
  /** Pool of host blocks; each region and IDC owns one block of `blockBits`. */
  readonly hosts: AddressPool;
  /** Pool of container blocks for places whose containers have addresses of their own. */
  readonly containers: AddressPool;
}

export interface AddressPool {
  readonly pool: Cidr;
  readonly blockBits: number;
}

export interface ImagePolicy {
  readonly channel: 'stable' | 'beta' | 'alpha' | 'lts';
  readonly architecture: Architecture;
  /** URL or file of the official feed; `{channel}` and `{arch}` are filled in. */
  readonly feed: string;
  /** Releases that are used although they are older than six months, each with the reason. */
  readonly accept: readonly { readonly release: string; readonly reason: string }[];
}

export interface Discovery {
  /** The etcd discovery service, public or private, without a trailing slash. */
  readonly url: string;
}

/** Limits of the accounts, as they stand there today; defaults are the clouds' own. */
export interface Quotas {
  /** @default 500 (quota L-93826ACB, up to 1000) */
  readonly routesPerTable: number;
  /** Custom routes of an Aliyun route table. @default 200 (vpc_quota_route_entrys_num) */
  readonly aliyunRoutesPerTable: number;
  /** @default 200 */
  readonly subnetsPerVpc: number;
  /** @default 200 */
  readonly routeTablesPerVpc: number;
  /** Inbound or outbound rules a security group. @default 60 */
  readonly rulesPerSecurityGroup: number;
  /** Elastic IP addresses a region of AWS. @default 5 (quota L-0263D0A3) */
  readonly elasticIps: number;
  /** The same of an Aliyun account, in all of its regions. @default 20 (eip_quota_instances_num) */
  readonly aliyunElasticIps: number;
  /** Network interfaces a region. @default 5000 (quota L-DF5E4CA3) */
  readonly interfaces: number;
  /** Site-to-site VPN connections a region. @default 50 (quota L-3E6EC3A3) */
  readonly vpnConnections: number;
  /** Active peering connections a VPC. @default 50 (up to 125) */
  readonly peeringsPerVpc: number;
  /** Static routes a transit gateway. @default 10000 */
  readonly routesPerTransitGateway: number;
  /** Peering attachments a transit gateway. @default 50 */
  readonly peeringsPerTransitGateway: number;
  /** Allowed prefixes of an association between a Direct Connect gateway and a transit gateway. @default 200 */
  readonly prefixesToDirectConnect: number;
  /** Prefixes that a leased line takes from a data centre; over it the BGP session goes down. @default 100 */
  readonly prefixesFromIdc: number;
}

/** What belongs to an AWS account; the estate's values, overridden by the region's. */
export interface AwsAccount {
  readonly account: string;
  readonly partition: Partition;
  /** Qualifier of `cdk bootstrap`. @default 'hnb659fds' */
  readonly bootstrapQualifier: string;
  /** Name of the managed policy that bounds every role. @default - no boundary */
  readonly permissionsBoundary?: string;
}

/** What belongs to an Aliyun account; the estate's values, overridden by the region's. */
export interface AliyunAccount {
  /** UID of the account, 16 digits. */
  readonly account: string;
  /** Id of the image that new hosts get; members keep theirs in the members lock. Ids of public images hold their date, so they never change. */
  readonly image: string;
  /**
   * How templates carry user-data. ROS encodes plain text itself ("ALIYUN::ECS::Instance", UserData); where an account's ROS wants
   * base64, this is the one switch.
   *
   * @default 'plain'
   */
  readonly userDataEncoding: 'plain' | 'base64';
}

export type Region = AwsRegion | AliyunRegion;

export interface AwsRegion extends RegionBase {
  readonly provider: 'aws';
  readonly aws: AwsAccount;
}

export interface AliyunRegion extends RegionBase {
  readonly provider: 'aliyun';
  readonly aliyun: AliyunAccount;
}

interface RegionBase {
  /** Name of its file: what the estate calls it, in stacks, hosts, links, locks and selectors. */
  readonly name: RegionName;
  /** The cloud's own id of it. @default - its name */
  readonly cloudRegion: CloudRegionId;
  readonly file: string;
  readonly block: Cidr;
  readonly network: RegionNetworkConfig;
  readonly containers: ContainerNetwork;
  /**
   * Its transit gateway (Aliyun: transit router); a rule asks for it where a link needs one.
   *
   * @default - AWS: none; Aliyun: the cloud's own AS number where a link needs a router
   */
  readonly transit?: { readonly asn: number };
  /** Whom alarms of its ends of lines and VPNs tell, and those of fleets that name nobody. @default - nobody */
  readonly alarms?: Told;
  /** Sorted by name. */
  readonly clusters: readonly Cluster[];
  /** Raised to rebuild the region's network on purpose; stands in output names. @default 1 */
  readonly generation: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Quotas that differ from the estate's. @default - none */
  readonly quotas?: Partial<Quotas>;
  /** Findings that are wanted, by name. @default - none */
  readonly accept?: readonly Acceptance[];
  /** Only what other regions need of it was read: its addresses, not its clusters. @default - false */
  readonly outline?: boolean;
}

/** A finding about what stands that is wanted: it becomes a warning. */
export interface Acceptance {
  readonly code: string;
  /** What the finding names: a region, `<cluster>`, `<cluster>/<fleet>`, `<cluster>/<fleet>/<volume>` or `<cluster>/<topic>`. */
  readonly name: string;
  /** Why, for whoever reviews it. */
  readonly reason: string;
  /** Of its entry in `accept`. */
  readonly index: number;
}

/** A warning that is wanted. */
export interface AcceptedWarning {
  readonly code: string;
  /** File and path that it is told at. */
  readonly file: string;
  readonly path: string;
  /** Why, for whoever reviews it. */
  readonly reason: string;
  /** Where it is accepted. */
  readonly at: { readonly path: Path; readonly where: Location };
}

export interface RegionNetworkConfig {
  /** Zone names, in the order written; addresses follow the zone's letter, not this order. */
  readonly zones: readonly string[];
  /** @default - AWS: 'per-zone'; Aliyun: 'single', because a VPC's one system route table has one default route */
  readonly nat: 'per-zone' | 'single' | 'none';
  /** Days that flow logs are kept; 0 switches them off. @default - AWS: 30; Aliyun: 0 */
  readonly flowLogDays: number;
}

export interface ContainerNetwork {
  readonly mode: ContainerMode;
  /** The region's container block; absent in mode `host`. */
  readonly block?: Cidr;
  /** Prefix length of one host's range (`prefix`: always 28). @default 24 */
  readonly hostBits: number;
  /** `prefix` only: how many /28 a host has. @default 1 */
  readonly prefixesPerHost: number;
  /**
   * Who may open connections to containers that have addresses of their own: containers of linked places always may; with `hosts`
   * the hosts of linked places may too. The security group then lets hosts in on all ports, and each host's own nft table keeps
   * its ports to those that profiles declare.
   *
   * @default ['containers']
   */
  readonly openTo: readonly ('containers' | 'hosts')[];
}

export interface Locks {
  readonly images: ImagesLock;
  readonly tokens: TokensLock;
  readonly artifacts: ArtifactsLock;
  /** By region name. */
  readonly members: ReadonlyMap<string, MembersLock>;
}
