/** Links: both ends, what they give each other, and the stacks that join them. */
import { CLOUDS } from '../../clouds/clouds';
import { accountOf } from '../../estate/account';
import { formatCidr, formatIpv4 } from '../../estate/cidr';
import {
  allowedPrefixes,
  gatewayAsn,
  type IdcLink,
  idcEnds,
  isRegion,
  legsOf,
  linksBetween,
  otherEnd,
  pathMtu,
  placeOf,
} from '../../estate/links';
import type {
  Estate,
  LeasedLineLink,
  Link,
  LinkEnd,
  PeeringLink,
  Provider,
  Region,
  TransitLink,
  VpnLink,
} from '../../estate/model';
import { LINE_BFD } from '../idc/idc-neighbors';
import type { LeasedLineLinkPlan, LinkEndPlan, LinkPlan, PeeringLinkPlan, TransitLinkPlan, VpnLinkPlan } from '../model';
import { linksRoleArn } from '../names';
import { planAdmitted } from '../region/container-rules';
import { planGiven, planGivenTogether } from '../region/given';
import { hostTables } from '../region/network';
import { linkStacks, peeringStacks, throughStacks, transitStacks } from './link-stacks';

/**
 * Links of the estate, sorted by id. Their ends may be outlines: everything about a link stands outside the clusters. A link whose
 * ends can't be joined this way is left out: validation has said so.
 *
 * @param regions only links that end at one of these regions or go through it
 */
export function planLinks(estate: Estate, regions?: readonly string[]): LinkPlan[] {
  const touches = (link: Link): boolean =>
    regions === undefined ||
    regions.includes(link.a.place) ||
    regions.includes(link.b.place) ||
    (link.kind === 'transit' && link.through !== undefined && regions.includes(link.through));
  return estate.links.filter(touches).flatMap((link) => planLink(estate, link) ?? []);
}

/** Construct id below `links`: `<a>--<b>`. */
export function linkPath(link: Pick<Link, 'a' | 'b'>): string {
  return `${link.a.place}--${link.b.place}`;
}

function planLink(estate: Estate, link: Link): LinkPlan | undefined {
  const places = [placeOf(estate, link.a.place), placeOf(estate, link.b.place)] as const;
  if (places.includes(undefined) || providerOf(estate, link) === undefined) return undefined;
  const between = places.every(isRegion);
  switch (link.kind) {
    case 'peering':
      return between ? planPeering(estate, link) : undefined;
    case 'transit':
      if (link.through !== undefined) return planThrough(estate, link, link.through);
      return between
        ? {
            ...common(estate, link),
            kind: 'transit',
            stacks: transitStacks(linkPath(link), endNames(estate, link), accepts(estate, link)),
          }
        : undefined;
    case 'leased-line':
      return planLine(estate, link);
    case 'vpn':
      return planVpn(estate, link);
  }
}

/** The cloud of a link's regions, that of `through` too; undefined where they are of two. */
function providerOf(estate: Estate, link: Link): Provider | undefined {
  const names = [link.a.place, link.b.place, ...(link.kind === 'transit' && link.through !== undefined ? [link.through] : [])];
  const clouds = new Set(
    names
      .map((name) => placeOf(estate, name))
      .filter(isRegion)
      .map((region) => region.provider),
  );
  return clouds.size === 1 ? [...clouds][0] : undefined;
}

/** Transit routers of one Aliyun account are joined by who asks; on AWS the other end has to accept. */
function accepts(estate: Estate, link: Link): boolean {
  const provider = providerOf(estate, link);
  return provider !== undefined && CLOUDS[provider].accepts;
}

/** @param others what each end is given: by this link, or by all links whose routes stand in one stack */
function common(estate: Estate, link: Link, others?: readonly LinkEnd[]) {
  const roles = betweenAccounts(estate, link);
  return {
    id: link.id,
    // Links of two clouds are left out.
    cloud: providerOf(estate, link)!,
    path: linkPath(link),
    a: planEnd(estate, link.a, roles, others ?? [link.b]),
    b: planEnd(estate, link.b, roles, others ?? [link.a]),
    mtu: pathMtu(estate, link),
  };
}

function planEnd(estate: Estate, end: LinkEnd, roles: boolean, others: readonly LinkEnd[]): LinkEndPlan {
  const place = placeOf(estate, end.place);
  const base = { place: end.place, gives: planGiven(estate, end) };
  if (!isRegion(place)) return { ...base, kind: 'idc', generation: 0, routeTables: [], admits: [] };
  return {
    ...base,
    kind: 'region',
    ...(place.provider === 'aws' ? { aws: place.aws } : { aliyun: place.aliyun }),
    generation: place.generation,
    routeTables: hostTables(place),
    admits: planAdmitted(estate, place, others),
    ...(roles && place.provider === 'aws' ? { role: linksRoleArn(estate.name, place.name, place.aws) } : {}),
  };
}

function betweenAccounts(estate: Estate, link: Link): boolean {
  const [a, b] = [placeOf(estate, link.a.place), placeOf(estate, link.b.place)];
  return isRegion(a) && isRegion(b) && accountOf(a) !== accountOf(b);
}

function endNames(estate: Estate, link: Link) {
  return { a: link.a.place, b: link.b.place, foreign: betweenAccounts(estate, link) };
}

function planPeering(estate: Estate, link: PeeringLink): PeeringLinkPlan {
  const base = common(estate, link);
  return {
    ...base,
    kind: 'peering',
    stacks: peeringStacks(base.path, endNames(estate, link)),
    ...(base.b.role === undefined ? {} : { peerRole: base.b.role }),
  };
}

/** Only the ends that are regions have routes; the link's own attachment doesn't exist, it uses those of its legs. */
function planThrough(estate: Estate, link: TransitLink, through: string): TransitLinkPlan {
  const base = common(estate, link);
  const legs = legsOf(estate, link);
  const leg = (end: LinkEnd): string | undefined =>
    isRegion(placeOf(estate, end.place))
      ? legs.find((l) => l.kind === 'transit' && otherEnd(l, through).place === end.place)?.id
      : undefined;
  const [a, b] = [leg(link.a), leg(link.b)];
  const named = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
  return { ...base, kind: 'transit', through, legs: named, stacks: throughStacks(base.path, endNames(estate, link), named) };
}

function planLine(estate: Estate, link: LeasedLineLink): LeasedLineLinkPlan | undefined {
  const ends = idcEnds(estate, link);
  if (ends === undefined) return undefined;
  const { base, routes } = planPair(estate, link, ends.region);
  return {
    ...base,
    kind: 'leased-line',
    group: link.group,
    line: link.line,
    allowedPrefixes: allowedPrefixes(estate, link).map(formatCidr),
    ...planFallback(estate, link, ends.region),
    ...routes,
  };
}

function planVpn(estate: Estate, link: VpnLink): VpnLinkPlan | undefined {
  const ends = idcEnds(estate, link);
  if (ends === undefined) return undefined;
  const open = ends.idc.routers.find((router) => router.name === link.vpn.router)?.public;
  const { base, routes } = planPair(estate, link, ends.region);
  return {
    ...base,
    kind: 'vpn',
    group: link.group,
    vpn: link.vpn,
    // What is missing is told by rules before anything is emitted.
    cloudAsn: gatewayAsn(ends.region) ?? 0,
    routerPublic: open === undefined ? '' : formatIpv4(open),
    idcAsn: ends.idc.asn ?? 0,
    ...routes,
  };
}

/**
 * What a leased line or VPN shares with the others of its pair. The pair's first link owns the stack with the region's routes towards the
 * data centre, and lets in for all of them; the others have their own stack only.
 */
function planPair(estate: Estate, link: IdcLink, region: Region) {
  const pair = pairOf(estate, link, region);
  const owns = (pair.find((l) => l.kind === 'leased-line') ?? pair[0])?.id === link.id;
  const given = owns ? pair.map((l) => otherEnd(l, region.name)) : [];
  return {
    base: common(estate, link, given),
    routes: {
      stacks: linkStacks(linkPath(link), link, region.name, owns),
      ...(owns ? { routes: planGivenTogether(estate, given) } : {}),
    },
  };
}

/** Leased lines and VPNs between the same two places, in order of id. */
function pairOf(estate: Estate, link: IdcLink, region: Region): IdcLink[] {
  return linksBetween(estate, region.name, otherEnd(link, region.name).place).filter(
    (l): l is IdcLink => l.kind === 'leased-line' || l.kind === 'vpn',
  );
}

/** The best of the pair's other links; a line goes before a VPN, as the cloud has it. */
function planFallback(estate: Estate, link: LeasedLineLink, region: Region): Pick<LeasedLineLinkPlan, 'fallback'> {
  const preference = (l: IdcLink): number => (l.kind === 'vpn' ? l.vpn.preference : l.line.preference);
  const [best] = pairOf(estate, link, region)
    .filter((l) => l.id !== link.id)
    .sort((x, y) => preference(y) - preference(x) || Number(x.kind === 'vpn') - Number(y.kind === 'vpn'));
  if (best === undefined) return {};
  return { fallback: { link: best.id, detectMs: LINE_BFD.intervalMs * LINE_BFD.multiplier } };
}
