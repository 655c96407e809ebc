/** Where a packet ended, and the hops that it took. */
import type { IdcEndpoint, NetworkInterface, Origin } from '../world';
import type { AtRouter } from './router-filter';

/** Why a packet did not arrive; stable, for programs. */
export type DropCode =
  | 'NO_SUCH_HOST'
  | 'HOST_ABSENT'
  /** The host is dead; its routes stay. */
  | 'HOST_DOWN'
  | 'ZONE_DOWN'
  | 'SOURCE_CHECK'
  | 'DESTINATION_CHECK'
  | 'NOT_ITS_CONTAINER'
  | 'NO_ROUTE'
  | 'ROUTE_TO_NOTHING'
  | 'NO_OWNER'
  | 'NO_PUBLIC_ADDRESS'
  | 'NOT_INTERNET_FACING'
  | 'NAT_WITHOUT_INTERNET'
  | 'NO_IPV6'
  | 'NO_SERVICE'
  | 'SERVICE_FOREIGN_SOURCE'
  | 'SERVICE_ELSEWHERE'
  | 'TOO_MANY_HOPS'
  | 'NO_LISTENER'
  | 'NO_TARGET'
  | 'HAIRPIN'
  | 'TOO_BIG'
  | 'NETWORK_ACL'
  | 'NAT_FOREIGN_SOURCE'
  | 'LEAVES_ESTATE'
  | 'PEERING_NOT_ACCEPTED'
  | 'PEERING_FOREIGN_SOURCE'
  | 'PEERING_FOREIGN_DESTINATION'
  | 'PEERING_NOT_TRANSITIVE'
  | 'LINK_DOWN'
  | 'NOT_ATTACHED'
  | 'ZONE_NOT_ATTACHED'
  | 'NOT_ASSOCIATED'
  | 'BLACKHOLE'
  | 'ROUTER_DOWN'
  | 'ROUTER_ITSELF'
  | 'LOOP'
  /** BGP goes on changing the route: whether the packet arrives is a matter of when. */
  | 'UNSETTLED'
  /** It lies in the network of docker's own bridge, so the sender keeps it. */
  | 'OWN_BRIDGE'
  /** A host's or router's own packet filter drops it. */
  | 'HOST_FILTER'
  | 'EGRESS_RULES'
  | 'INGRESS_RULES';

export type Arrival =
  | { readonly kind: 'interface'; readonly own: NetworkInterface; readonly peered: boolean }
  | { readonly kind: 'idc-host'; readonly host: IdcEndpoint }
  /** Out of the estate: by a public address of its own, or translated to a gateway's. */
  | { readonly kind: 'outside'; readonly by: 'own address' | 'NAT' }
  /** What the cloud answers itself: to each host at an address of its own, or behind a gateway endpoint. @property filtered security groups are asked before */
  | { readonly kind: 'service'; readonly words: string; readonly filtered: boolean; readonly metadata?: true };

/** Where a packet passed the edge of a subnet that has a network ACL. */
export interface Crossing {
  /** Id. */
  readonly acl: string;
  readonly subnet: string;
  readonly direction: 'ingress' | 'egress';
  /** Address of the other side: where it goes to or comes from. */
  readonly other: number;
  /** It is translated there: replies come to any port that a gateway calls from. */
  readonly nat?: true;
}

export interface Arrived {
  readonly arrived: Arrival;
  /** Address that it came from, where its own host has changed that. */
  readonly source?: number;
  readonly crossings?: readonly Crossing[];
  /** Routers whose packet filters let only some of it through. */
  readonly filtered?: readonly AtRouter[];
}

export type Outcome = Arrived | { readonly dropped: DropCode };

/** What a hop doesn't take. */
export interface Limit {
  /** Largest packet, bytes of IP. */
  readonly mtu: number;
  /** False where nobody is known to tell the sender of a larger one (ICMP "fragmentation needed", RFC 1191). */
  readonly told: boolean;
}

/** What a hop makes of packets by their size. */
export interface Sizes {
  /** In the order that a packet comes to them. */
  readonly limits: readonly Limit[];
  /** Ends of TCP whose first packets pass here send segments of this size at most, bytes. @default - it lowers nothing */
  readonly segment?: number;
}

export interface Hop extends Partial<Sizes> {
  /** `sa-east-1 route table PrivateA`. */
  readonly where: string;
  /** What happened there, in words. */
  readonly words: string;
  /** Stack and logical id, or file and line, of what decided. */
  readonly from?: Origin;
  /** Largest packet that it takes, bytes: the least of its limits. @default - not known, or no less than before */
  readonly mtu?: number;
  readonly passes: boolean;
}

/** Collects hops; where nobody reads them none is made. */
export class Trace {
  readonly hops: Hop[] = [];

  /** @param size what it takes; of a number alone senders are told. @default - everything */
  pass(where: string, words: string, from?: Origin, size?: number | Sizes): void {
    const all = typeof size === 'number' ? { limits: [{ mtu: size, told: true }] } : size;
    const sizes = all?.limits.length === 0 && all.segment === undefined ? undefined : all;
    this.hops.push({
      where,
      words,
      ...(from === undefined ? {} : { from }),
      ...(sizes === undefined || sizes.limits.length === 0 ? {} : { mtu: Math.min(...sizes.limits.map(({ mtu }) => mtu)) }),
      ...sizes,
      passes: true,
    });
  }

  drop(code: DropCode, where: string, words: string, from?: Origin): DropCode {
    this.hops.push({ where, words, ...(from === undefined ? {} : { from }), passes: false });
    return code;
  }
}
