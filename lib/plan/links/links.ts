/** Links: both ends, what they give each other, and the stacks that join them. */
import { CLOUDS } from '../../clouds/clouds';
import { formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { accountOf } from '../../estate/model/account';
import { gatewayOf, hasGateway, namedGateway } from '../../estate/model/line-gateways';
import { endAt, gatewayAsn, isRegion, otherEnd, preferenceOf } from '../../estate/model/links';
import type {
  AssociationLink,
  Estate,
  LeasedLineLink,
  Link,
  PeeringLink,
  Provider,
  TransitLink,
  VpnLink,
} from '../../estate/model/model';
import {
  gatewayLinks,
  type IdcLink,
  isEdge,
  joinsIdc,
  linksBetween,
  linksIn,
  type ResolvedEnd,
  type ResolvedLink,
} from '../../estate/model/resolved-links';
import { TAKEN_OVER_MS } from '../idc/fail-over';
import { LINE_BFD } from '../idc/neighbors';
import type {
  AssociationLinkPlan,
  LeasedLineLinkPlan,
  LineGatewayPlan,
  LinkEndPlan,
  LinkPlan,
  PeeringLinkPlan,
  TransitLinkPlan,
  VpnLinkPlan,
} from '../model';
import { linkStackName, linksRoleArn } from '../names';
import { planAdmitted } from '../region/container-rules';
import { planGiven } from '../region/given';
import { hostTables } from '../region/network';
import { idcStack, linkStacks, own, peeringStacks, routesStack, throughStacks, transitStacks } from './stacks';

/**
 * Links of the estate, sorted by id. Their ends may be outlines: everything about a link stands outside the clusters. A link whose
 * ends can't be joined this way is left out: validation has said so.
 *
 * @param regions only links that end at one of these regions or go through it
 */
export function planLinks(estate: Estate, regions?: readonly string[]): LinkPlan[] {
  const touches = ({ a, b, ...link }: Link): boolean =>
    regions === undefined ||
    [a.place, b.place, link.kind === 'transit' ? link.through : undefined].some((n) => n !== undefined && regions.includes(n));
  return linksIn(estate)
    .filter(touches)
    .flatMap((link) => planLink(estate, link) ?? []);
}

/** Construct id below `links`: `<a>--<b>`. */
export function linkPath(link: Pick<Link, 'a' | 'b'>): string {
  return `${link.a.place}--${link.b.place}`;
}

function planLink(estate: Estate, link: ResolvedLink): LinkPlan | undefined {
  if (link.a.at === undefined || link.b.at === undefined || providerOf(link) === undefined) return undefined;
  const between = isRegion(link.a.at) && isRegion(link.b.at);
  if (joinsIdc(link)) return planIdcLink(estate, link);
  if (link.kind === 'transit' && link.through !== undefined) return planThrough(estate, link, link.through);
  if (link.kind === 'peering' && between) return planPeering(estate, link);
  return link.kind === 'transit' && between ? planTransitPeering(estate, link) : undefined;
}

/** The cloud of a link's regions, that of `through` too; undefined where they are of two. */
function providerOf({ regions: [first, ...others] }: ResolvedLink): Provider | undefined {
  return others.every(({ provider }) => provider === first?.provider) ? first?.provider : undefined;
}

/** @param others what each end is given: by this link, or by all links whose routes stand in one stack */
function common(estate: Estate, link: ResolvedLink, others?: readonly ResolvedEnd[]) {
  const foreign = betweenAccounts(link);
  return {
    id: link.id,
    // Links of two clouds are left out.
    cloud: providerOf(link)!,
    path: linkPath(link),
    a: planEnd(estate, link.a, foreign, others ?? [link.b]),
    b: planEnd(estate, link.b, foreign, others ?? [link.a]),
    mtu: link.mtu,
  };
}

function planEnd(estate: Estate, end: ResolvedEnd, foreign: boolean, others: readonly ResolvedEnd[]): LinkEndPlan {
  const place = end.at;
  const base = { place: end.place, gives: planGiven([end]) };
  if (!isRegion(place)) return { ...base, kind: 'idc', generation: 0, routeTables: [], admits: [] };
  return {
    ...base,
    kind: 'region',
    cloudRegion: place.cloudRegion,
    ...(place.provider === 'aws' ? { aws: place.aws } : { aliyun: place.aliyun }),
    ...(place.alarms === undefined ? {} : { alarms: place.alarms }),
    generation: place.generation,
    routeTables: hostTables(place),
    admits: planAdmitted(place, others),
    ...(foreign && place.provider === 'aws' ? { role: linksRoleArn(estate.name, place.name, place.aws) } : {}),
  };
}

function betweenAccounts({ a, b }: ResolvedLink): boolean {
  return isRegion(a.at) && isRegion(b.at) && accountOf(a.at) !== accountOf(b.at);
}

function endNames(link: ResolvedLink) {
  return { a: link.a.place, b: link.b.place, foreign: betweenAccounts(link) };
}

function planPeering(estate: Estate, link: ResolvedLink<PeeringLink>): PeeringLinkPlan {
  const base = common(estate, link);
  return {
    ...base,
    kind: 'peering',
    stacks: peeringStacks(base.path, endNames(link)),
    ...(base.b.role === undefined ? {} : { peerRole: base.b.role }),
  };
}

/** Transit routers of one Aliyun account are joined by who asks; on AWS the other end has to accept. */
function planTransitPeering(estate: Estate, link: ResolvedLink<TransitLink>): TransitLinkPlan {
  const base = common(estate, link);
  return { ...base, kind: 'transit', stacks: transitStacks(base.path, endNames(link), CLOUDS[base.cloud].accepts) };
}

/** Only the ends that are regions have routes; the link's own attachment doesn't exist, it uses those of its legs. */
function planThrough(estate: Estate, link: ResolvedLink<TransitLink>, through: string): TransitLinkPlan {
  const base = common(estate, link);
  const leg = ({ at }: ResolvedEnd): string | undefined =>
    isRegion(at) ? link.legs.find((l) => l.kind === 'transit' && otherEnd(l, through).place === at.name)?.id : undefined;
  const [a, b] = [leg(link.a), leg(link.b)];
  const legs = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
  return { ...base, kind: 'transit', through, legs, stacks: throughStacks(base.path, endNames(link), legs) };
}

function planIdcLink(estate: Estate, link: IdcLink): LinkPlan {
  switch (link.kind) {
    case 'vpn':
      return planVpn(estate, link);
    case 'leased-line':
      return planLine(estate, link);
    case 'association':
      return planAssociation(estate, link);
  }
}

function planLine(estate: Estate, link: IdcLink & LeasedLineLink): LeasedLineLinkPlan {
  const { base, routes, gateway } = planPair(estate, link);
  const associates = base.cloud === 'aws' && gateway === undefined;
  return {
    ...base,
    kind: 'leased-line',
    group: link.group,
    line: link.line,
    allowedPrefixes: link.edge.told.map(formatCidr),
    ...(gateway === undefined ? {} : { gateway }),
    ...(associates ? { associates: link.edge.allowed.map(formatCidr) } : {}),
    ...planFallback(estate, link),
    ...routes,
  };
}

function planAssociation(estate: Estate, link: IdcLink & AssociationLink): AssociationLinkPlan {
  const { base, routes, gateway } = planPair(estate, link);
  return {
    ...base,
    kind: 'association',
    group: link.group,
    asn: link.association.asn,
    ...(gateway === undefined ? {} : { gateway }),
    associates: link.edge.allowed.map(formatCidr),
    lines: link.legs.map(({ id }) => id),
    ...routes,
  };
}

function planVpn(estate: Estate, link: IdcLink & VpnLink): VpnLinkPlan {
  const { region, idc } = link.edge;
  const open = idc.routers.find((router) => router.name === link.vpn.router)?.public;
  const { base, routes } = planPair(estate, link);
  return {
    ...base,
    kind: 'vpn',
    group: link.group,
    vpn: link.vpn,
    // What is missing is told by rules before anything is emitted.
    cloudAsn: gatewayAsn(region) ?? 0,
    routerPublic: open === undefined ? '' : formatIpv4(open),
    idcAsn: idc.asn ?? 0,
    ...routes,
  };
}

/**
 * What a leased line, association or VPN shares with the others of its pair. The pair's first link owns the stack with the region's routes
 * towards the data centre, and lets in for all of them; the others have their own stack only.
 */
function planPair(estate: Estate, link: IdcLink) {
  const pair = pairOf(estate, link);
  const { region } = link.edge;
  const side = link.a.place === region.name ? 'a' : 'b';
  const associations = pair.filter((l) => l.kind === 'association' && namedGateway(l) !== undefined);
  const owns = (pair.find((l) => l.kind === 'leased-line') ?? pair[0])?.id === link.id;
  const given = owns ? pair.map((l) => otherEnd(l, region.name)) : [];
  const base = common(estate, link, given);
  const maker = makerOf(estate, link);
  const gateway = maker === undefined ? undefined : own(linkPath(maker), idcStack(maker));
  return {
    base,
    routes: {
      stacks: linkStacks(base.path, link, region.name, owns ? routesStack(base.path, side, associations) : undefined, gateway),
      ...(owns ? { routes: planGiven(given) } : {}),
    },
    ...(maker === undefined ? {} : { gateway: planGateway(estate, maker) }),
  };
}

/** The link that makes its Direct Connect gateway; undefined where it does so itself, or has none. */
function makerOf(estate: Estate, link: IdcLink): IdcLink | undefined {
  if (!hasGateway(link) || namedGateway(link) === undefined) return undefined;
  return gatewayLinks(estate, link).find(({ group }) => group === gatewayOf(link));
}

function planGateway(estate: Estate, maker: IdcLink): LineGatewayPlan {
  const { place, cloudRegion, aws } = planEnd(estate, endAt(maker, maker.edge.region.name), false, []);
  return { link: maker.id, stack: linkStackName(linkPath(maker), idcStack(maker)), at: { place, cloudRegion, aws } };
}

/** Leased lines, associations and VPNs between the same two places, in order of id. */
function pairOf(estate: Estate, { edge }: IdcLink): IdcLink[] {
  return linksBetween(estate, edge.region.name, edge.idc.name).filter(joinsIdc);
}

/** The best of what else has a wire: other lines of its gateway, and of the pair; a line goes before a VPN, as the cloud has it. */
function planFallback(estate: Estate, link: IdcLink): Pick<LeasedLineLinkPlan, 'fallback'> {
  const [best] = [...new Set([...pairOf(estate, link), ...gatewayLinks(estate, link)])]
    .filter(isEdge)
    .filter((l) => l.id !== link.id)
    .sort((x, y) => preferenceOf(y) - preferenceOf(x) || Number(x.kind === 'vpn') - Number(y.kind === 'vpn'));
  if (best === undefined) return {};
  return { fallback: { link: best.id, detectMs: LINE_BFD.intervalMs * LINE_BFD.multiplier, takenOverMs: TAKEN_OVER_MS } };
}
