/** BGP neighbours of a router. What each takes and tells is planned prefix by prefix; everything else is refused. */
import { addressAt, type Cidr, formatCidr, formatIpv4 } from '../../estate/cidr';
import { allowedPrefixes, announcedPrefixes, gatewayAsn, type IdcLink, idcEnds, routedToIdc } from '../../estate/links';
import type { Estate, Idc, IdcRouter, LeasedLineLink, VpnLink } from '../../estate/model';
import type { NeighborPlan } from '../model';
import { coreInterface, type RouterPorts } from './interfaces';
import { reachedBehind } from './statics';

/** BFD of leased lines: a line is down after interval x multiplier ("Bidirectional Forwarding Detection", AWS Direct Connect: 300 ms x 3). */
export const LINE_BFD = { intervalMs: 300, multiplier: 3 } as const;

/** Local preference that BGP gives to what nobody has set one for (RFC 4271, 9.1.1, as FRR has it). */
const DEFAULT_PREFERENCE = 100;

/** Prefixes between routers of a data centre: far more than racks, far less than a table gone wrong. */
const INTERNAL_PREFIXES = 10_000;

/** @param links all leased lines and VPNs of the data centre @param ports of this router */
export function planNeighbors(
  estate: Estate,
  idc: Idc,
  router: IdcRouter,
  links: readonly IdcLink[],
  ports: RouterPorts,
): NeighborPlan[] {
  if (idc.asn === undefined) return [];
  return [
    ...links.flatMap((link) => {
      const names = ports.byLink.get(link.id);
      if (names === undefined) return [];
      return link.kind === 'vpn' ? vpn(estate, idc, link, names) : [line(estate, idc, link, names[0]!, links)];
    }),
    ...internal(estate, idc, router, links),
  ];
}

function line(estate: Estate, idc: Idc, link: LeasedLineLink, name: string, links: readonly IdcLink[]): NeighborPlan {
  const accepts = fromCloud(estate, link);
  return {
    address: formatIpv4(link.line.cloudAddress),
    asn: link.line.asn,
    kind: 'line',
    interface: name,
    link: link.id,
    accepts: accepts.map(formatCidr),
    tells: announcedPrefixes(estate, idc, link).map(formatCidr),
    preference: link.line.preference,
    prepends: betterLines(estate, link, links),
    maxPrefixes: Math.max(link.line.maxPrefixes, accepts.length),
    bfd: LINE_BFD,
    why: `leased line ${link.id}`,
  };
}

/** The cloud prefers as we do: a line's path is as much longer as there are better lines to the same region. */
function betterLines(estate: Estate, { id, line }: LeasedLineLink, links: readonly IdcLink[]): number {
  const region = (link: IdcLink): string | undefined => idcEnds(estate, link)?.region.name;
  const own = links.find((link) => link.id === id)!;
  const others = links.filter((link) => link.kind === 'leased-line' && region(link) === region(own)) as LeasedLineLink[];
  return new Set(others.map((other) => other.line.preference).filter((preference) => preference > line.preference)).size;
}

function vpn(estate: Estate, idc: Idc, link: VpnLink, names: readonly string[]): NeighborPlan[] {
  const accepts = fromCloud(estate, link);
  return link.vpn.tunnels.map((network, i) => ({
    address: formatIpv4(addressAt(network, 1)),
    asn: asnOf(estate, link),
    kind: 'vpn',
    interface: names[i]!,
    link: link.id,
    accepts: accepts.map(formatCidr),
    tells: announcedPrefixes(estate, idc, link).map(formatCidr),
    preference: link.vpn.preference,
    prepends: link.vpn.prepends,
    maxPrefixes: Math.max(estate.quotas.prefixesToDirectConnect, accepts.length),
    why: `tunnel ${i + 1} of VPN ${link.id}`,
  }));
}

/** What is missing is told by a rule before anything is rendered. */
function asnOf(estate: Estate, link: VpnLink): number {
  const region = idcEnds(estate, link)?.region;
  return (region === undefined ? undefined : gatewayAsn(region)) ?? 0;
}

/** A line tells its allowed prefixes, as they are written; a VPN tells what the transit table has. */
function fromCloud(estate: Estate, link: IdcLink): Cidr[] {
  return link.kind === 'leased-line' ? allowedPrefixes(estate, link) : routedToIdc(estate, link);
}

/** Full mesh over the core: what is learned from one router is told to no third. Each tells its racks, and what clouds told it. */
function internal(estate: Estate, idc: Idc, router: IdcRouter, links: readonly IdcLink[]): NeighborPlan[] {
  const own = coreInterface(idc, router);
  if (own === undefined) return [];
  const announced = links.flatMap((link) => announcedPrefixes(estate, idc, link));
  const told = (by: IdcRouter): string[] => {
    const clouds = links
      .filter((link) => (link.kind === 'vpn' ? link.vpn.router : link.line.router) === by.name)
      .flatMap((link) => fromCloud(estate, link));
    return inOrder([...reachedBehind(idc, by, announced), ...clouds]);
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
        why: `router ${other.name}`,
      },
    ];
  });
}

/** Each once, in order of address; ranges inside others stay, since they are routes of their own. */
function inOrder(ranges: readonly Cidr[]): string[] {
  const sorted = [...ranges].sort((x, y) => x.base - y.base || x.bits - y.bits);
  return [...new Set(sorted.map(formatCidr))];
}
