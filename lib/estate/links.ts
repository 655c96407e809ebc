/** What links say: who is joined, which addresses each end gives to the other, and how large a packet may be. */
import { cloudOf } from '../clouds/clouds';
import { type Cidr, containsCidr, sameCidr } from './cidr';
import type { Estate, Idc, LeasedLineLink, Link, LinkEnd, Region, TransitLink, VpnLink } from './model';
import { distinctRanges } from './ranges';

/** A range that an end gives. */
export interface GivenRange {
  readonly cidr: Cidr;
  readonly kind: 'hosts' | 'containers';
}

/** What the link arithmetic reads of an estate. */
export type LinkedEstate = Pick<Estate, 'regions' | 'idcs' | 'links'>;

/** A link between a data centre and a transit gateway. */
export type IdcLink = LeasedLineLink | VpnLink;

interface Index {
  readonly places: ReadonlyMap<string, Region | Idc>;
  readonly byEnd: ReadonlyMap<string, readonly Link[]>;
  readonly byThrough: ReadonlyMap<string, readonly TransitLink[]>;
}

/** A full mesh of fifty regions has 1,225 links: they are looked up, not searched. An estate never changes. */
const indexes = new WeakMap<LinkedEstate, Index>();

function indexOf(estate: LinkedEstate): Index {
  let index = indexes.get(estate);
  if (index === undefined) {
    const byEnd = new Map<string, Link[]>();
    const byThrough = new Map<string, TransitLink[]>();
    const add = <L>(map: Map<string, L[]>, key: string, link: L): void => {
      const list = map.get(key);
      if (list === undefined) map.set(key, [link]);
      else list.push(link);
    };
    for (const link of estate.links) {
      add(byEnd, link.a.place, link);
      if (link.b.place !== link.a.place) add(byEnd, link.b.place, link);
      if (link.kind === 'transit' && link.through !== undefined) add(byThrough, link.through, link);
    }
    const places = new Map<string, Region | Idc>();
    for (const place of [...estate.idcs, ...estate.regions]) places.set(place.name, place);
    index = { places, byEnd, byThrough };
    indexes.set(estate, index);
  }
  return index;
}

/** The region or data centre of a name. */
export function placeOf(estate: LinkedEstate, name: string): Region | Idc | undefined {
  return indexOf(estate).places.get(name);
}

/** True for a region, false for a data centre. */
export function isRegion(place: Region | Idc | undefined): place is Region {
  return place !== undefined && 'provider' in place;
}

/** True for a data centre. */
export function isIdc(place: Region | Idc | undefined): place is Idc {
  return place !== undefined && 'racks' in place;
}

/** Links that end at a place, in order of id. */
export function linksOf(estate: LinkedEstate, place: string | { readonly name: string }): readonly Link[] {
  return indexOf(estate).byEnd.get(typeof place === 'string' ? place : place.name) ?? [];
}

/** Transit links whose two ends are joined by the gateway of this region. */
export function linksThrough(estate: LinkedEstate, region: string | { readonly name: string }): readonly TransitLink[] {
  return indexOf(estate).byThrough.get(typeof region === 'string' ? region : region.name) ?? [];
}

/** Links between two places, in order of id. */
export function linksBetween(estate: LinkedEstate, one: string, other: string): readonly Link[] {
  return linksOf(estate, one).filter((link) => otherEnd(link, one).place === other);
}

/** The end of a link at this place; throws where the link doesn't end there. */
export function endAt(link: Link, place: string): LinkEnd {
  if (link.a.place === place) return link.a;
  if (link.b.place === place) return link.b;
  throw new RangeError(`${link.id} doesn't end at ${place}`);
}

/** The end of a link that is not at this place. */
export function otherEnd(link: Link, place: string): LinkEnd {
  return link.a.place === place ? link.b : link.a;
}

/** AS number of a region's transit gateway; undefined where none is written and the cloud has none of its own. */
export function gatewayAsn(region: Pick<Region, 'provider' | 'transit'>): number | undefined {
  return region.transit?.asn ?? cloudOf(region).asNumber;
}

/** A region needs a transit gateway where a transit link, a leased line or a VPN ends, or a transit link goes through. */
export function needsTransit(estate: LinkedEstate, region: { readonly name: string }): boolean {
  return linksThrough(estate, region).length > 0 || linksOf(estate, region).some((link) => link.kind !== 'peering');
}

/**
 * The ranges that an end gives to the other, each once and none inside another, in order of address: its host block, its
 * container block, ranges as written. Containers of mode `prefix` have addresses of the host block: that one is given. Of
 * mode `host` there is nothing, nor of a place that isn't there: rules tell of both.
 */
export function givenRanges(estate: LinkedEstate, end: LinkEnd): GivenRange[] {
  const place = placeOf(estate, end.place);
  if (place === undefined) return [];
  const own = containerBlock(place);
  const ranges = end.gives.flatMap((gives): GivenRange[] => {
    if (gives === 'hosts') return [{ cidr: place.block, kind: 'hosts' }];
    if (gives === 'containers') return own === undefined ? [] : [{ cidr: own, kind: 'containers' }];
    return [{ cidr: gives, kind: own !== undefined && own !== place.block && containsCidr(own, gives) ? 'containers' : 'hosts' }];
  });
  // Where hosts and containers have the same range (prefix), it is told as that of hosts, as it was first given.
  ranges.sort((x, y) => Number(x.kind === 'containers') - Number(y.kind === 'containers'));
  return distinctRanges(ranges.map((r) => r.cidr)).map((cidr) => ranges.find((r) => r.cidr === cidr || sameCidr(r.cidr, cidr))!);
}

/**
 * Addresses that containers of a place have: its container block; in mode `prefix` the host block; undefined where they
 * use the addresses of their hosts.
 */
export function containerBlock(place: Region | Idc): Cidr | undefined {
  if (!isRegion(place)) return place.containers;
  const { mode, block } = place.containers;
  if (mode === 'prefix') return place.block;
  return mode === 'host-gw' ? block : undefined;
}

/** Ranges that containers behind this end have for the other end, where it gives them at all. */
export function givenContainers(estate: LinkedEstate, end: LinkEnd): Cidr[] {
  const place = placeOf(estate, end.place);
  const own = place === undefined ? undefined : containerBlock(place);
  if (own === undefined) return [];
  return distinctRanges(
    end.gives.flatMap((gives) => {
      if (gives === 'containers') return [own];
      return gives !== 'hosts' && containsCidr(own, gives) ? [gives] : [];
    }),
  );
}

/** Largest packet of a VPN over the internet: 1,500 bytes less what IPsec adds, rounded down ("Site-to-Site VPN", MTU). */
export const VPN_MTU = 1400;

/** Largest packet of a peering connection between regions ("VPC peering limitations", MTU). */
export const PEERING_MTU = 1500;

/** Largest packet of a transit gateway ("Transit gateway quotas", MTU). */
export const TRANSIT_MTU = 8500;

/** Largest packet of a link itself, bytes of IP. A transit link that goes through a region is also bound by its legs: see {@link pathMtu}. */
export function linkMtu(link: Link): number {
  switch (link.kind) {
    case 'peering':
      return PEERING_MTU;
    case 'transit':
      return TRANSIT_MTU;
    case 'leased-line':
      return link.line.mtu;
    case 'vpn':
      return VPN_MTU;
  }
}

/** Largest packet that passes between the two ends: of a transit link through a region, the least of its legs', whichever of them is up. */
export function pathMtu(estate: LinkedEstate, link: Link): number {
  return Math.min(linkMtu(link), ...legsOf(estate, link).map(linkMtu));
}

/** The links that a transit link through a region goes over; none for other links. */
export function legsOf(estate: LinkedEstate, link: Link): readonly Link[] {
  if (link.kind !== 'transit' || link.through === undefined) return [];
  const through = link.through;
  return [link.a, link.b].flatMap((end) =>
    linksBetween(estate, through, end.place).filter((leg) => leg.kind !== 'peering' && !goesThrough(leg)),
  );
}

function goesThrough(link: Link): boolean {
  return link.kind === 'transit' && link.through !== undefined;
}

/** The region and the data centre of a leased line or VPN; undefined where it doesn't join one of each. */
export function idcEnds(estate: LinkedEstate, link: Link): { readonly region: Region; readonly idc: Idc } | undefined {
  const places = [placeOf(estate, link.a.place), placeOf(estate, link.b.place)];
  const region = places.find(isRegion);
  const idc = places.find(isIdc);
  return region === undefined || idc === undefined ? undefined : { region, idc };
}

/**
 * What the data centre reaches by a leased line or VPN: what its region gives, and what every region gives that reaches
 * this data centre through that region. Exactly this stands in the transit table, and exactly this is told to the data centre.
 */
export function routedToIdc(estate: LinkedEstate, link: IdcLink): Cidr[] {
  const ends = idcEnds(estate, link);
  if (ends === undefined) return [];
  const { region, idc } = ends;
  return distinctRanges([
    ...cidrsGiven(estate, endAt(link, region.name)),
    ...throughTo(estate, region, idc).flatMap((l) => cidrsGiven(estate, otherEnd(l, idc.name))),
  ]);
}

/** Prefixes that the cloud may tell the data centre over this line: those written, else exactly what is routed. */
export function allowedPrefixes(estate: LinkedEstate, link: LeasedLineLink): Cidr[] {
  return link.line.allowedPrefixes === undefined ? routedToIdc(estate, link) : distinctRanges(link.line.allowedPrefixes);
}

/** Aggregates that the data centre announces over this link: what it gives on it, and what it gives to regions behind the link's region. */
export function announcedPrefixes(estate: LinkedEstate, idc: Idc, link: IdcLink): Cidr[] {
  const ends = idcEnds(estate, link);
  if (ends === undefined) return [];
  return distinctRanges([
    ...cidrsGiven(estate, endAt(link, idc.name)),
    ...throughTo(estate, ends.region, idc).flatMap((l) => cidrsGiven(estate, endAt(l, idc.name))),
  ]);
}

/** Transit links through a region that end at this data centre. */
function throughTo(estate: LinkedEstate, region: Region, idc: Idc): TransitLink[] {
  return linksThrough(estate, region).filter((l) => l.a.place === idc.name || l.b.place === idc.name);
}

function cidrsGiven(estate: LinkedEstate, end: LinkEnd): Cidr[] {
  return givenRanges(estate, end).map((r) => r.cidr);
}
