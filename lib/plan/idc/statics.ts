/**
 * Static routes of a router. A host's containers lie behind the host; the rest of a rack's range is dropped at the rack's router; an
 * aggregate that is told to a cloud is dropped where nothing more specific is known, so that packets don't go round between the
 * router and the cloud.
 */
import { type Cidr, cidr, containsCidr, formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { vlanName } from '../../estate/model/interface-names';
import type { Idc, IdcRack, IdcRouter } from '../../estate/model/model';
import type { RouterPlan } from '../model';
import { hostAddress, planIdcHosts } from './hosts';

type StaticPlan = RouterPlan['statics'][number];

/**
 * @param told ranges that this router tells to clouds
 * @param anywhere ranges that any router of the data centre tells to clouds
 */
export function planStatics(idc: Idc, router: IdcRouter, told: readonly Cidr[], anywhere: readonly Cidr[]): StaticPlan[] {
  const own = idc.racks.filter((rack) => rack.router === router.name);
  const routes = new Map<string, StaticPlan>();
  const add = (range: Cidr, via: string, why: string): void => {
    const destination = formatCidr(range);
    if (!routes.has(destination)) routes.set(destination, { destination, via, why });
  };
  for (const rack of own) {
    for (const route of hostRoutes(idc, rack)) routes.set(route.destination, route);
    for (const range of anywhere) for (const [via, why] of partOf(idc, rack, range)) add(range, via, why);
  }
  for (const { name, containers } of own) if (containers) add(containers, 'blackhole', `ranges of rack ${name} that no host has`);
  for (const range of told) {
    // A rack's range, or a part of it, is routed by the rack's router, here or over the core; a null route would win over it.
    if (idc.racks.some((rack) => rackRanges(rack).some((r) => containsCidr(r, range)))) continue;
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

/** Host subnet and container range of a rack. */
function rackRanges(rack: IdcRack): Cidr[] {
  return rack.containers === undefined ? [rack.subnet] : [rack.subnet, rack.containers];
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
  return idc.routers.flatMap((other) => {
    const { core, name } = other;
    if (core === undefined || name === router.name) return [];
    return reachedBehind(idc, other, anywhere).map((range) => ({
      destination: formatCidr(range),
      via: formatIpv4(core),
      why: `behind ${name}`,
    }));
  });
}

/** What other routers of the data centre reach through this one: its loopback, its racks, and parts of these that are told to clouds. */
export function reachedBehind(idc: Idc, router: IdcRouter, told: readonly Cidr[]): Cidr[] {
  const racks = idc.racks.filter((rack) => rack.router === router.name).flatMap(rackRanges);
  return [{ base: router.address, bits: 32 }, ...racks, ...told.filter((range) => racks.some((rack) => isPart(rack, range)))];
}
