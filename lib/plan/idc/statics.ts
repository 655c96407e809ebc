/**
 * Static routes of a router. A host's containers lie behind the host; the rest of a rack's range is dropped at the rack's router; an
 * aggregate that is told to a cloud is dropped where nothing more specific is known, so that packets don't go round between the
 * router and the cloud.
 */
import { type Cidr, cidr, containsCidr, formatCidr, formatIpv4, sameCidr } from '../../estate/addresses/cidr';
import { vlanName } from '../../estate/model/interface-names';
import type { Idc, IdcRack, IdcRouter } from '../../estate/model/model';
import { isOf, rackRanges } from '../../estate/model/told-parts';
import type { RouterPlan } from '../model';
import { hostAddress, planIdcHosts } from './hosts';

type StaticPlan = RouterPlan['statics'][number];

/**
 * @param told aggregates that this router tells to clouds
 * @param anywhere aggregates that any router of the data centre tells to clouds
 */
export function planStatics(idc: Idc, router: IdcRouter, told: readonly Cidr[], anywhere: readonly Cidr[]): StaticPlan[] {
  const own = racksOf(idc, router);
  const routes = new Map<string, StaticPlan>();
  const add = (range: Cidr, via: string, why: string): void => {
    const destination = formatCidr(range);
    if (!routes.has(destination)) routes.set(destination, { destination, via, why });
  };
  for (const rack of own) {
    for (const route of hostRoutes(idc, rack)) routes.set(route.destination, route);
    for (const range of anywhere) for (const [via, why] of partOf(idc, rack, range)) add(range, via, why);
  }
  for (const rack of own)
    if (rack.containers && !isAggregated(idc, rack))
      add(rack.containers, 'blackhole', `ranges of rack ${rack.name} that no host has`);
  for (const range of told) {
    // A rack's range, or a part of it, is routed by the rack's router, here or over the core; a null route would win over it.
    if (rackRanges(idc).some((rack) => containsCidr(rack.range, range))) continue;
    add(range, 'blackhole', 'aggregate that is told to the cloud');
  }
  return [...routes.values(), ...byHand(idc, router, anywhere)];
}

/** A told range that is part of a rack's needs a route of its own, or BGP would have nothing to tell. */
function partOf(idc: Idc, rack: IdcRack, range: Cidr): [via: string, why: string][] {
  if (isPart(rack.subnet, range)) return [[vlanName(rack.vlan), `part of rack ${rack.name} that is told to the cloud`]];
  if (rack.containers === undefined || !isPart(rack.containers, range)) return [];
  const host = hostRoutes(idc, rack).find((route) => containsCidr(cidr(route.destination), range));
  return [[host?.via ?? 'blackhole', host?.why ?? `part of rack ${rack.name} that is told to the cloud`]];
}

function isPart(whole: Cidr, range: Cidr): boolean {
  return range.bits > whole.bits && containsCidr(whole, range);
}

function racksOf(idc: Idc, router: IdcRouter): IdcRack[] {
  return idc.racks.filter((rack) => rack.routers.includes(router.name));
}

/** Of a pair, a router that has lost the rack must not tell its containers any more; a null route would. */
function isAggregated({ asn }: Idc, { routers }: IdcRack): boolean {
  return asn !== undefined && routers.length > 1;
}

/**
 * What BGP tells only while there is something inside: container ranges of racks that have two routers, and parts that several racks are
 * told as.
 *
 * @param parts that any router tells to clouds beside the aggregates
 */
export function planAggregates(idc: Idc, router: IdcRouter, parts: readonly Cidr[]): RouterPlan['aggregates'] {
  if (idc.asn === undefined) return [];
  const ranges = rackRanges(idc).map(({ range }) => range);
  const several = parts.filter((part) => isOf(router.name, part, idc) && !ranges.some((range) => sameCidr(range, part)));
  return [
    ...racksOf(idc, router).flatMap((rack) =>
      rack.containers !== undefined && isAggregated(idc, rack)
        ? [{ range: formatCidr(rack.containers), of: hostRoutes(idc, rack).map(({ destination }) => destination) }]
        : [],
    ),
    ...several.map((part) => ({
      range: formatCidr(part),
      of: ranges.filter((range) => containsCidr(part, range)).map(formatCidr),
    })),
  ];
}

function hostRoutes(idc: Idc, rack: IdcRack): StaticPlan[] {
  return planIdcHosts({ ...idc, racks: [rack] }).flatMap(({ name, number, containerRange }) =>
    containerRange === undefined
      ? []
      : [{ destination: containerRange, via: formatIpv4(hostAddress(rack, number)), why: `containers of ${name}` }],
  );
}

/** Without an AS number there is no BGP: the racks of other routers are reached by static routes over the core. */
function byHand(idc: Idc, router: IdcRouter, anywhere: readonly Cidr[]): StaticPlan[] {
  if (idc.asn !== undefined || router.core === undefined) return [];
  const own = rackRanges(idc).filter(({ routers }) => routers.includes(router.name));
  const behind = new Set<string>();
  return idc.routers.flatMap((other) => {
    const { core, name } = other;
    if (core === undefined || name === router.name) return [];
    // Nobody tells when a router of a pair is gone: the first by name has the rack.
    const reached = reachedBehind(idc, other, anywhere).filter(
      (range) => !behind.has(formatCidr(range)) && !own.some((rack) => containsCidr(rack.range, range)),
    );
    for (const range of reached) behind.add(formatCidr(range));
    return reached.map((range) => ({
      destination: formatCidr(range),
      via: formatIpv4(core),
      why: `behind ${name}`,
    }));
  });
}

/** What other routers of the data centre reach through this one: its loopback, its racks, and parts of these that are told to clouds. */
export function reachedBehind(idc: Idc, router: IdcRouter, told: readonly Cidr[]): Cidr[] {
  const racks = rackRanges(idc).flatMap(({ range, routers }) => (routers.includes(router.name) ? [range] : []));
  return [{ base: router.address, bits: 32 }, ...racks, ...told.filter((range) => racks.some((rack) => isPart(rack, range)))];
}
