/**
 * Static routes of a router. A host's containers lie behind the host; the rest of a rack's range is dropped at the rack's router; an
 * aggregate that is told to a cloud is dropped where nothing more specific is known, so that packets don't go round between the
 * router and the cloud.
 */
import { type Cidr, containsCidr, formatCidr, formatIpv4 } from '../estate/cidr';
import type { Idc, IdcRack, IdcRouter } from '../estate/model';
import { hostAddress, planIdcHosts } from './idc-hosts';
import type { RouterPlan } from './model';

type StaticPlan = RouterPlan['statics'][number];

/** @param told aggregates that this router tells to clouds */
export function planStatics(idc: Idc, router: IdcRouter, told: readonly Cidr[]): StaticPlan[] {
  const own = idc.racks.filter((rack) => rack.router === router.name);
  const toHosts = own.flatMap((rack) => hostRoutes(idc, rack));
  const known = new Set(toHosts.map((route) => route.destination));
  const dropped = new Map<string, string>();
  for (const rack of own) {
    if (rack.containers !== undefined) dropped.set(formatCidr(rack.containers), `ranges of rack ${rack.name} that no host has`);
  }
  for (const range of told) {
    // A range of one rack is routed by that rack's router, here or over the core; a null route would win over it.
    if (idc.racks.some((rack) => rackRanges(rack).some((r) => containsCidr(r, range)))) continue;
    dropped.set(formatCidr(range), 'aggregate that is told to the cloud');
  }
  const drops = [...dropped].filter(([destination]) => !known.has(destination));
  return [
    ...toHosts,
    ...drops.map(([destination, why]): StaticPlan => ({ destination, via: 'blackhole', why })),
    ...byHand(idc, router),
  ];
}

/** Host subnet and container range of a rack. */
export function rackRanges(rack: IdcRack): Cidr[] {
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
function byHand(idc: Idc, router: IdcRouter): StaticPlan[] {
  if (idc.asn !== undefined || router.core === undefined) return [];
  return idc.routers.flatMap((other) => {
    const { core, name } = other;
    if (core === undefined || name === router.name) return [];
    return reachedBehind(idc, other).map((range) => ({
      destination: formatCidr(range),
      via: formatIpv4(core),
      why: `behind ${name}`,
    }));
  });
}

/** What other routers of the data centre reach through this one: its loopback and its racks. */
export function reachedBehind(idc: Idc, router: IdcRouter): Cidr[] {
  const racks = idc.racks.filter((rack) => rack.router === router.name);
  return [{ base: router.address, bits: 32 }, ...racks.flatMap(rackRanges)];
}
