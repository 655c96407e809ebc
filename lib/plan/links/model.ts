/** Links as the plan has them. */
import type {
  AliyunAccount,
  AwsAccount,
  CloudRegionId,
  LeasedLineLink,
  Provider,
  RegionName,
  VpnLink,
} from '../../estate/model/model';
import type { SecurityRulePlan } from '../model';

/** What two places give each other, planned for both ends. */
export type LinkPlan = PeeringLinkPlan | TransitLinkPlan | LeasedLineLinkPlan | VpnLinkPlan;

interface LinkPlanBase {
  /** As in the estate. */
  readonly id: string;
  /** Whose engine the link's stacks belong to: both regions of a link are of one cloud. */
  readonly cloud: Provider;
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
  /** What the estate calls it. */
  readonly place: RegionName;
  /** What its cloud calls the region. @default - it is a data centre */
  readonly cloudRegion?: CloudRegionId;
  readonly kind: 'region' | 'idc';
  /** Only for regions of AWS. */
  readonly aws?: AwsAccount;
  /** Only for regions of Aliyun. */
  readonly aliyun?: AliyunAccount;
  /** Generation of the region's network; stands in the names of outputs that are read. 0 for an IDC. */
  readonly generation: number;
  /** Ranges of this place that the other one reaches, summaries only. */
  readonly gives: readonly GivenRangePlan[];
  /** Ids of the VPC route tables of this end that get routes towards the other one (never `Attachment`). Empty for an IDC. */
  readonly routeTables: readonly string[];
  /** Rules that this end's group `Containers` gets for the other end; emitted with the routes. Empty where containers use the host's address. */
  readonly admits: readonly SecurityRulePlan[];
  /** ARN of this account's role by which stacks of the other end's account read outputs here. @default - the accounts are the same */
  readonly role?: string;
}

export interface GivenRangePlan {
  /** Stable id, part of logical ids: `<Place>Hosts`, `<Place>Containers`, or `<Place>` and the range in hex. */
  readonly id: string;
  readonly cidr: string;
  readonly kind: 'hosts' | 'containers';
}

export interface LinkStackPlan {
  /** `request`, `accept` (AWS only), `routes-a`, `routes-b`; at a data centre `line-<group>`, `vpn-<group>`, `routes` (one a pair). */
  readonly id: string;
  /** CloudFormation's name: `links-<a>--<b>-<id>`. */
  readonly name: string;
  /** Region that the stack stands in: the place of one of the link's ends. */
  readonly region: RegionName;
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
  readonly routes?: readonly GivenRangePlan[];
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
  /** AS number of the region's transit gateway; of Aliyun's end of the tunnels. */
  readonly cloudAsn: number;
  /** Public address of the IDC's router: the customer gateway. */
  readonly routerPublic: string;
  /** AS number of the IDC. */
  readonly idcAsn: number;
}

/** A range that takes smaller packets than the network of whoever sends there. */
export interface NarrowRange {
  readonly range: string;
  /** Largest packet on the way, whichever link carries it; bytes of IP. */
  readonly mtu: number;
}
