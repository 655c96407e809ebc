/** BGP neighbours of a router. What each takes and tells is planned prefix by prefix; everything else is refused. */
import { addressAt, formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { inOrder } from '../../estate/addresses/ranges';
import { gatewayAsn, routerOf } from '../../estate/model/links';
import type { Idc, IdcRouter, LeasedLineLink, Quotas, VpnLink } from '../../estate/model/model';
import { communityOf, prependsOf } from '../../estate/model/preferences';
import type { EdgeLink } from '../../estate/model/resolved-links';
import { isOf, toldBy } from '../../estate/model/told-parts';
import type { NeighborPlan } from '../model';
import { coreInterface, type RouterPorts } from './interfaces';
import { reachedBehind } from './statics';

/** BFD of leased lines: a line is down after interval x multiplier ("Bidirectional Forwarding Detection", AWS Direct Connect: 300 ms x 3). Neither cloud has it over a VPN. */
export const LINE_BFD = { intervalMs: 300, multiplier: 3 } as const;

/** Between routers: as soon as on a line. */
const CORE_BFD = LINE_BFD;

/** Local preference that BGP gives to what nobody has set one for (RFC 4271, 9.1.1, as FRR has it). */
const DEFAULT_PREFERENCE = 100;

/** Prefixes between routers of a data centre: far more than racks, far less than a table gone wrong. */
const INTERNAL_PREFIXES = 10_000;

/** @param links all leased lines and VPNs of the data centre @param ports of this router */
export function planNeighbors(
  quotas: Quotas,
  idc: Idc,
  router: IdcRouter,
  links: readonly EdgeLink[],
  ports: RouterPorts,
): NeighborPlan[] {
  if (idc.asn === undefined) return [];
  return [
    ...links.flatMap((link) => {
      const names = ports.byLink.get(link.id);
      if (names === undefined) return [];
      return link.kind === 'vpn' ? vpn(quotas, link, names, links) : [line(link, names[0]!, links)];
    }),
    ...internal(idc, router, links),
  ];
}

function line(link: EdgeLink & LeasedLineLink, name: string, links: readonly EdgeLink[]): NeighborPlan {
  const { told } = link.edge;
  return {
    address: formatIpv4(link.line.cloudAddress),
    asn: link.line.asn,
    kind: 'line',
    interface: name,
    link: link.id,
    accepts: told.map(formatCidr),
    tells: toldBy(link.edge).map(formatCidr),
    preference: link.line.preference,
    prepends: prependsOf(link, links),
    ...communities(link, links),
    maxPrefixes: Math.max(link.line.maxPrefixes, told.length),
    bfd: LINE_BFD,
    why: `leased line ${link.id}`,
  };
}

function communities(link: EdgeLink, links: readonly EdgeLink[]): Pick<NeighborPlan, 'community'> {
  const community = communityOf(link, links);
  return community === undefined ? {} : { community };
}

function vpn(quotas: Quotas, link: EdgeLink & VpnLink, names: readonly string[], links: readonly EdgeLink[]): NeighborPlan[] {
  const { region, told } = link.edge;
  return link.vpn.tunnels.map((network, i) => ({
    address: formatIpv4(addressAt(network, 1)),
    // What is missing is told by a rule before anything is rendered.
    asn: gatewayAsn(region) ?? 0,
    kind: 'vpn',
    interface: names[i]!,
    link: link.id,
    accepts: told.map(formatCidr),
    tells: toldBy(link.edge).map(formatCidr),
    preference: link.vpn.preference,
    prepends: prependsOf(link, links),
    maxPrefixes: Math.max(quotas.prefixesToDirectConnect, told.length),
    why: `tunnel ${i + 1} of VPN ${link.id}`,
  }));
}

/** Full mesh over the core: what is learned from one router is told to no third. Each tells its racks, and what clouds told it. */
function internal(idc: Idc, router: IdcRouter, links: readonly EdgeLink[]): NeighborPlan[] {
  const own = coreInterface(idc, router);
  if (own === undefined) return [];
  const announced = links.flatMap(({ edge }) => edge.announced);
  const parts = links.flatMap(({ edge }) => edge.parts);
  const told = (by: IdcRouter): string[] => {
    const clouds = links.filter((link) => routerOf(link) === by.name).flatMap(({ edge }) => edge.told);
    const own = parts.filter((part) => isOf(by.name, part, idc));
    return inOrder([...reachedBehind(idc, by, announced), ...own, ...clouds]).map(formatCidr);
  };
  return idc.routers.flatMap((other): NeighborPlan[] => {
    if (other.name === router.name || other.core === undefined) return [];
    return [
      {
        address: formatIpv4(other.core),
        asn: idc.asn!,
        kind: 'router',
        interface: own,
        accepts: told(other),
        tells: told(router),
        preference: DEFAULT_PREFERENCE,
        prepends: 0,
        maxPrefixes: INTERNAL_PREFIXES,
        bfd: CORE_BFD,
        why: `router ${other.name}`,
      },
    ];
  });
}
