/**
 * Which parts of its aggregates a data centre tells a cloud besides. With several routers that reach one region, the cloud must find the
 * router that still has a rack, whatever failed between them: it takes the longest prefix. So each rack's ranges are told by every router
 * that has them or has learned them from another, and when the core is cut only by those that have the rack.
 *
 * Where a line or VPN takes fewer prefixes than that, ranges that contain racks of the same routers only are told in their place.
 */
import { cloudOf } from '../../clouds/clouds';
import { byRange, type Cidr, containsCidr, sameCidr, sizeOfBits, subrange } from '../addresses/cidr';
import { routerOf } from './links';
import type { Idc } from './model';
import type { Edge, EdgeLink } from './resolved-links';

/** A rack's subnet or container range, and whose it is. */
export interface RackRange {
  readonly range: Cidr;
  /** Names of its routers, in order. */
  readonly routers: readonly string[];
}

/** Host subnets and container ranges of all racks. */
export function rackRanges({ racks }: Pick<Idc, 'racks'>): RackRange[] {
  return racks.flatMap(({ subnet, containers, routers }) =>
    [subnet, ...(containers === undefined ? [] : [containers])].map((range) => ({ range, routers: [...routers].sort() })),
  );
}

/** Prefixes that the cloud's end of a line or VPN takes from the data centre; over it the session goes down, or routes are dropped. */
export function mostTold(link: EdgeLink): number {
  const { lineRoutes = Number.POSITIVE_INFINITY, vpnRoutes = Number.POSITIVE_INFINITY } = cloudOf(link.edge.region);
  return link.kind === 'vpn' ? vpnRoutes : Math.min(link.line.maxPrefixes, lineRoutes);
}

/**
 * By link, in order of address. All links of the data centre in the same way: a router that told racks where another tells larger ranges
 * would draw everything to itself.
 *
 * @param links all lines and VPNs of a data centre
 */
export function toldParts(idc: Idc, links: readonly EdgeLink[]): ReadonlyMap<string, readonly Cidr[]> {
  const owned = rackRanges(idc);
  const racks = new Map(links.map((link) => [link.id, partsOf(link, links, (range) => racksIn(range, owned))]));
  const fit = links.every((link) => link.edge.announced.length + racks.get(link.id)!.length <= mostTold(link));
  return fit ? racks : new Map(links.map((link) => [link.id, partsOf(link, links, (range) => summariesIn(range, owned))]));
}

/** Nothing where one router has all links to the region: then there is nobody else to find. */
function partsOf({ edge }: EdgeLink, links: readonly EdgeLink[], inside: (range: Cidr) => Cidr[]): Cidr[] {
  const leadThere = ({ edge: other }: EdgeLink): boolean => other.reaches.some((region) => edge.reaches.includes(region));
  const routers = new Set(links.filter(leadThere).map(routerOf));
  if (routers.size < 2) return [];
  return edge.announced.flatMap(inside).sort(byRange);
}

function isInside(whole: Cidr, range: Cidr): boolean {
  return containsCidr(whole, range) && !sameCidr(whole, range);
}

function racksIn(whole: Cidr, owned: readonly RackRange[]): Cidr[] {
  return owned.filter(({ range }) => isInside(whole, range)).map(({ range }) => range);
}

/** The fewest ranges, smaller than the whole, that hold all racks inside it and each racks of the same routers only. */
export function summariesIn(whole: Cidr, owned: readonly RackRange[]): Cidr[] {
  const own = owned.filter(({ range }) => isInside(whole, range));
  if (own.length === 0) return [];
  return [0, 1].flatMap((half) => summary(subrange(whole, whole.bits + 1, half), own));
}

function summary(whole: Cidr, owned: readonly RackRange[]): Cidr[] {
  const [first, ...others] = owned.filter(({ range }) => containsCidr(whole, range));
  if (first === undefined) return [];
  if (others.every(({ routers }) => routers.join() === first.routers.join()))
    return [
      around(
        first.range,
        others.map(({ range }) => range),
      ),
    ];
  return summariesIn(whole, owned);
}

/** The smallest range that holds all. */
function around(range: Cidr, others: readonly Cidr[]): Cidr {
  if (others.every((other) => containsCidr(range, other))) return range;
  const bits = range.bits - 1;
  return around({ base: (range.base - (range.base % sizeOfBits(bits))) as Cidr['base'], bits }, others);
}

/** Whether a part that is told is one of a router's: it has all racks inside. */
export function isOf(router: string, part: Cidr, idc: Idc): boolean {
  const inside = rackRanges(idc).filter(({ range }) => containsCidr(part, range));
  return inside.length > 0 && inside.every(({ routers }) => routers.includes(router));
}

/** What a line or VPN is told in all, in order of address. */
export function toldBy({ announced, parts }: Edge): Cidr[] {
  return [...announced, ...parts].sort(byRange);
}
