/** What has failed: reachability can be asked with parts of the World down. */
export interface Without {
  /** Ids of peerings, transit peerings, leased lines, VPNs that carry nothing. */
  readonly links: ReadonlySet<string>;
  /** Zones that are down: hosts and attachment subnets in them. */
  readonly zones: ReadonlySet<string>;
  /** Ids of routers that are down. */
  readonly routers: ReadonlySet<string>;
  /** Ids of routers whose BGP is down; they go on forwarding by their connected and static routes. */
  readonly bgp: ReadonlySet<string>;
  /** Data centres whose routers don't hear each other: nothing passes the network between them, and its interfaces stay up. */
  readonly cores: ReadonlySet<string>;
  /** Names of hosts that are dead; routes to them and to their containers stay. */
  readonly hosts: ReadonlySet<string>;
}

/** What is still being put together. */
export type Failed = { readonly [Part in keyof Without]: Set<string> };

export function nothingFailed(): Failed {
  return { links: new Set(), zones: new Set(), routers: new Set(), bgp: new Set(), cores: new Set(), hosts: new Set() };
}

export const NOTHING_DOWN: Without = nothingFailed();
