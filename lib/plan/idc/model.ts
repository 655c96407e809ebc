/** Data centres as the plan has them. */
import type { IdcBond } from '../../estate/model/model';
import type { NarrowRange } from '../links/narrow-ranges';

/** A data centre as its routers and hosts are configured. */
export interface IdcPlan {
  readonly name: string;
  readonly asn?: number;
  readonly cidr: string;
  readonly containers?: string;
  readonly mtu: number;
  /** The estate's, of hosts and of containers. */
  readonly pools: readonly string[];
  /** Servers that its hosts take the time from. */
  readonly time: readonly string[];
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
   * Static routes to the hosts' container ranges, and null routes for the aggregates it announces and for the estate's pools. `via` is an
   * address, the name of an own interface, or `blackhole`. What BGP tells is what stands here and on the interfaces, filtered by `tells`.
   */
  readonly statics: readonly {
    readonly destination: string;
    readonly via: string;
    /** Administrative distance: a route to the same range with a lower one wins. @default 1 */
    readonly distance?: number;
    readonly why: string;
  }[];
  /** Ranges that BGP tells while it knows one of the own prefixes `of` inside, and drops what is in none of these. */
  readonly aggregates: readonly { readonly range: string; readonly of: readonly string[] }[];
  /** Lines or VPNs that are wanted equal share the load, whatever the AS numbers of their other ends. */
  readonly shares: boolean;
  readonly neighbors: readonly NeighborPlan[];
  /** Aggregates that the IDC tells clouds; the same on all of its routers. Sorted. Parts of them are told besides: `tells` of neighbours. */
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
  /** Of a rack: what its hosts and their containers send from. @default - nobody asks */
  readonly sources?: readonly string[];
  /** Networks of racks that a pair of routers has. @default - the address is this router's alone */
  readonly vrrp?: VrrpPlan;
  readonly why: string;
}

/** A rack's gateway that two routers share (VRRP): who has the highest priority has the address, while it is heard. */
export interface VrrpPlan {
  readonly rack: string;
  /** The rack's gateway. */
  readonly address: string;
  readonly priority: number;
  /** It has the address while both are well. */
  readonly preferred: boolean;
  /** Own addresses of the other routers, which it hears and is heard by (IP protocol 112). */
  readonly peers: readonly string[];
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
  /** BGP community of what we tell it. @default - none */
  readonly community?: string;
  /** Session goes down over it. */
  readonly maxPrefixes: number;
  /** 300 ms x 3 on leased lines and between routers. @default - no BFD: clouds have none over a VPN */
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
  /** Routers that it stands behind, the preferred one first; two share the gateway's address. */
  readonly routers: readonly string[];
  readonly vlan: number;
  readonly bond: IdcBond;
  readonly mtu: number;
  /** Ranges that it reaches through a tunnel, in order of address. */
  readonly narrow: readonly NarrowRange[];
  readonly containerRange?: string;
  readonly profiles: readonly string[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
