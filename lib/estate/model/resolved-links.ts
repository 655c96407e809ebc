/**
 * Links as plan, rules and data centres read them: places at both ends, what each end gives the other, legs, packet size, and what BGP
 * tells over lines and VPNs. Resolved once an estate, which never changes; a full mesh of fifty regions has 1,225 links.
 */
import type { Provider } from '../../clouds/cloud';
import { type Cidr, containsCidr, sameCidr } from '../addresses/cidr';
import { distinctRanges } from '../addresses/ranges';
import { containerBlock, endAt, isIdc, isRegion, linkMtu, otherEnd } from './links';
import type { Estate, Idc, LeasedLineLink, Link, LinkEnd, Region, VpnLink } from './model';

/** A range that an end gives. */
export interface GivenRange {
  readonly cidr: Cidr;
  readonly kind: 'hosts' | 'containers';
}

export interface ResolvedEnd extends LinkEnd {
  /** Undefined where nothing of that name is described: a rule tells of it. */
  readonly at: Region | Idc | undefined;
  /**
   * What it gives the other end, each range once and none inside another, in order of address: its host block, its container block,
   * ranges as written. Containers of mode `prefix` have addresses of the host block: that one is given. Of mode `host` there is
   * nothing: a rule tells of that.
   */
  readonly ranges: readonly GivenRange[];
  /** Ranges that containers behind it have for the other end, where it gives them at all. */
  readonly containers: readonly Cidr[];
}

interface Resolution {
  readonly a: ResolvedEnd;
  readonly b: ResolvedEnd;
  /** Regions at its ends, and the one that it goes through. */
  readonly regions: readonly Region[];
  /** The links that a transit link through a region goes over; none for other links. */
  readonly legs: readonly ResolvedLink[];
  /** Largest packet that passes between the ends, bytes of IP: of a link through a region the least of its legs', whichever is up. */
  readonly mtu: number;
  /** @default - it is no leased line or VPN, or doesn't join a region and a data centre: a rule tells of that */
  readonly edge?: Edge;
}

/** Between a region's transit gateway and a router of a data centre. */
export interface Edge {
  readonly region: Region;
  readonly idc: Idc;
  /**
   * What the data centre reaches over it: what its region gives, and what every region gives that reaches this data centre through
   * that region. Exactly this stands in the transit table.
   */
  readonly routed: readonly Cidr[];
  /** What the cloud tells the data centre: a line's allowed prefixes where they are written, else exactly what is routed. */
  readonly told: readonly Cidr[];
  /** Aggregates that the data centre announces: what it gives here, and to regions behind this one. */
  readonly announced: readonly Cidr[];
}

export type ResolvedLink<L extends Link = Link> = L extends Link ? L & Resolution : never;

/** A leased line or VPN that joins a region and a data centre. */
export type EdgeLink = ResolvedLink<LeasedLineLink | VpnLink> & { readonly edge: Edge };

/** What links are resolved from. */
export type LinkedEstate = Pick<Estate, 'regions' | 'idcs' | 'links'>;

interface Model {
  readonly places: ReadonlyMap<string, Region | Idc>;
  readonly links: readonly ResolvedLink[];
  readonly byEnd: ReadonlyMap<string, readonly ResolvedLink[]>;
  readonly byThrough: ReadonlyMap<string, readonly ResolvedLink[]>;
}

const models = new WeakMap<LinkedEstate, Model>();

function modelOf(estate: LinkedEstate): Model {
  let model = models.get(estate);
  if (model === undefined) {
    model = resolve(estate);
    models.set(estate, model);
  }
  return model;
}

function resolve(estate: LinkedEstate): Model {
  const places = new Map<string, Region | Idc>([...estate.idcs, ...estate.regions].map((place) => [place.name, place]));
  const links = estate.links.map((link) => {
    const [a, b] = [resolveEnd(link.a, places), resolveEnd(link.b, places)];
    const regions = [a.at, b.at, places.get(throughOf(link) ?? '')].filter(isRegion);
    const mtu = linkMtu(link, cloudOfRegions(regions));
    return { ...link, a, b, regions, legs: [] as ResolvedLink[], mtu, edge: undefined as Edge | undefined };
  });
  const byEnd = new Map<string, ResolvedLink[]>();
  const byThrough = new Map<string, ResolvedLink[]>();
  const add = (map: Map<string, ResolvedLink[]>, name: string | undefined, link: ResolvedLink): void => {
    if (name !== undefined) map.set(name, [...(map.get(name) ?? []), link]);
  };
  for (const link of links as ResolvedLink[]) {
    for (const name of new Set([link.a.place, link.b.place])) add(byEnd, name, link);
    add(byThrough, throughOf(link), link);
  }
  const model = { places, links: links as ResolvedLink[], byEnd, byThrough };
  for (const link of links) {
    link.legs.push(...legsOf(model, link as ResolvedLink));
    link.mtu = Math.min(link.mtu, ...link.legs.map((leg) => linkMtu(leg, cloudOfRegions(leg.regions))));
    link.edge = edgeOf(model, link as ResolvedLink);
  }
  return model;
}

/** A link that names no region is told by a rule; until then its packets are the larger ones. */
function cloudOfRegions([region]: readonly Region[]): Provider {
  return region?.provider ?? 'aws';
}

function throughOf(link: Link): string | undefined {
  return link.kind === 'transit' ? link.through : undefined;
}

function resolveEnd(end: LinkEnd, places: ReadonlyMap<string, Region | Idc>): ResolvedEnd {
  const at = places.get(end.place);
  if (at === undefined) return { ...end, at, ranges: [], containers: [] };
  const own = containerBlock(at);
  const containers = end.gives.flatMap((given) => {
    if (given === 'hosts' || own === undefined) return [];
    if (given === 'containers') return [own];
    return containsCidr(own, given) ? [given] : [];
  });
  const ranges = end.gives.flatMap((given): GivenRange[] => {
    if (given === 'hosts') return [{ cidr: at.block, kind: 'hosts' }];
    if (given === 'containers') return own === undefined ? [] : [{ cidr: own, kind: 'containers' }];
    return [{ cidr: given, kind: own !== at.block && containers.includes(given) ? 'containers' : 'hosts' }];
  });
  return { ...end, at, ranges: rangesTogether([{ ranges }]), containers: distinctRanges(containers) };
}

/** What several ends of one place give, each range once and none inside another. */
export function rangesTogether(ends: readonly Pick<ResolvedEnd, 'ranges'>[]): GivenRange[] {
  // Where hosts and containers have the same range (prefix), it is told as that of hosts.
  const given = ends
    .flatMap(({ ranges }) => ranges)
    .sort((x, y) => Number(x.kind === 'containers') - Number(y.kind === 'containers'));
  return distinctRanges(given.map(({ cidr }) => cidr)).map((cidr) => given.find((range) => sameCidr(range.cidr, cidr))!);
}

function legsOf(model: Model, link: ResolvedLink): ResolvedLink[] {
  const through = throughOf(link);
  if (through === undefined) return [];
  return [link.a, link.b].flatMap((end) =>
    between(model, through, end.place).filter((leg) => leg.kind !== 'peering' && throughOf(leg) === undefined),
  );
}

function edgeOf({ byThrough }: Model, link: ResolvedLink): Edge | undefined {
  if (link.kind !== 'leased-line' && link.kind !== 'vpn') return undefined;
  const [region] = link.regions;
  const idc = [link.a.at, link.b.at].find(isIdc);
  if (region === undefined || idc === undefined) return undefined;
  const behind = (byThrough.get(region.name) ?? []).filter((l) => l.a.place === idc.name || l.b.place === idc.name);
  const given = (ends: readonly ResolvedEnd[]): Cidr[] => distinctRanges(ends.flatMap((end) => end.ranges.map((r) => r.cidr)));
  const routed = given([endAt(link, region.name), ...behind.map((l) => otherEnd(l, idc.name))]);
  const allowed = link.kind === 'vpn' ? undefined : link.line.allowedPrefixes;
  return {
    region,
    idc,
    routed,
    told: allowed === undefined ? routed : distinctRanges(allowed),
    announced: given([endAt(link, idc.name), ...behind.map((l) => endAt(l, idc.name))]),
  };
}

function between({ byEnd }: Pick<Model, 'byEnd'>, one: string, other: string): ResolvedLink[] {
  return (byEnd.get(one) ?? []).filter((link) => otherEnd(link, one).place === other);
}

/** The region or data centre of a name. */
export function placeOf(estate: LinkedEstate, name: string): Region | Idc | undefined {
  return modelOf(estate).places.get(name);
}

/** All links, in order of id. */
export function linksIn(estate: LinkedEstate): readonly ResolvedLink[] {
  return modelOf(estate).links;
}

/** Links that end at a place, in order of id. */
export function linksOf(estate: LinkedEstate, place: { readonly name: string }): readonly ResolvedLink[] {
  return modelOf(estate).byEnd.get(place.name) ?? [];
}

/** Links between two places, in order of id. */
export function linksBetween(estate: LinkedEstate, one: string, other: string): readonly ResolvedLink[] {
  return between(modelOf(estate), one, other);
}

/** Leased lines and VPNs among links, where they join a region and a data centre. */
export function isEdge(link: ResolvedLink): link is EdgeLink {
  return link.edge !== undefined;
}

/** A link that a region needs a transit gateway for: a transit link, a leased line or a VPN that ends there, or a transit link through it. */
export function transitLinkOf(estate: LinkedEstate, { name }: { readonly name: string }): ResolvedLink | undefined {
  const { byEnd, byThrough } = modelOf(estate);
  return byEnd.get(name)?.find((link) => link.kind !== 'peering') ?? byThrough.get(name)?.[0];
}

export function needsTransit(estate: LinkedEstate, region: { readonly name: string }): boolean {
  return transitLinkOf(estate, region) !== undefined;
}
