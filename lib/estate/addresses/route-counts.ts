/** How many routes and rules the links of a region ask for. */

import { containerBlock, otherEnd } from '../model/links';
import type { Region } from '../model/model';
import { type GivenRange, type LinkedEstate, linksOf, type ResolvedEnd } from '../model/resolved-links';
import { type Cidr, formatCidr } from './cidr';
import { memberNumbers } from './member-number';
import { distinctRanges } from './ranges';

export interface RouteCount {
  /** The VPC's own range. */
  readonly local: number;
  /** The default route: internet gateway or NAT. */
  readonly internet: number;
  /** host-gw: one a member. */
  readonly members: number;
  /** Ranges of other places. */
  readonly links: number;
  readonly total: number;
}

/** Routes of the fullest route table of a region: every table of hosts holds the same ones. */
export function routesOfTable(estate: LinkedEstate, region: Region): RouteCount {
  const members =
    region.containers.mode !== 'host-gw'
      ? 0
      : region.clusters
          .flatMap((c) => c.fleets)
          .reduce((sum, fleet) => sum + (fleet.kind === 'members' ? memberNumbers(fleet).length : 0), 0);
  const links = new Set(rangesOfOthers(estate, region).map((r) => formatCidr(r.cidr))).size;
  return { local: 1, internet: 1, members, links, total: 2 + members + links };
}

/** Static routes of a region's transit table: its own ranges, the blackholes for the two pools, and what other regions give. What a data centre gives is propagated where its line ends. */
export function routesOfTransit(estate: LinkedEstate, region: Region): number {
  const own = region.containers.mode === 'host-gw' ? 2 : 1;
  const others = linksOf(estate, region).flatMap((link) => (link.kind === 'transit' ? otherEnd(link, region.name).ranges : []));
  return own + POOLS + new Set(others.map((r) => formatCidr(r.cidr))).size;
}

/** Blackholes: the pool of hosts and that of containers. */
const POOLS = 2;

/** Everything that places joined with a region give to it. */
function rangesOfOthers(estate: LinkedEstate, region: Region): GivenRange[] {
  return linksOf(estate, region).flatMap((link) => otherEnd(link, region.name).ranges);
}

/**
 * Ranges that may open connections to containers with addresses of their own: containers of the region and of places joined
 * with it, and where the region is open to hosts theirs too. Empty in mode `host`.
 */
export function admittedToContainers(estate: LinkedEstate, region: Region): Cidr[] {
  const own = containerBlock(region);
  if (own === undefined) return [];
  const others = linksOf(estate, region).map((link) => otherEnd(link, region.name));
  return distinctRanges([own, ...(opensToHosts(region) ? [region.block] : []), ...admitted(region, others)]);
}

/** What a region's containers let in of what other ends give it. */
export function admitted(region: Region, others: readonly ResolvedEnd[]): Cidr[] {
  const hosts = (end: ResolvedEnd) => end.ranges.filter(({ kind }) => kind === 'hosts').map(({ cidr }) => cidr);
  return distinctRanges(others.flatMap((end) => [...end.containers, ...(opensToHosts(region) ? hosts(end) : [])]));
}

/** Whether hosts, too, may open connections to containers. */
export function opensToHosts({ containers }: Region): boolean {
  return containers.openTo.includes('hosts');
}
