/**
 * `router bgp`: sessions, their times, and what is originated.
 *
 * Sources: AWS Direct Connect user guide, "Bidirectional Forwarding Detection" (300 ms x 3; graceful restart and BFD don't go
 * together); AWS Site-to-Site VPN user guide, "Customer gateway device options" (BGP keepalive 10 s, hold 30 s); RFC 8212.
 */
import { type FrrLine, frr } from '../encode/frr';
import { rest } from '../encode/template';
import { byRange, cidr, formatCidr, formatIpv4, parseIpv4, sizeOfBits } from '../estate/addresses/cidr';
import type { IdcPlan, NeighborPlan, RouterPlan } from '../plan/model';
import { bfdProfile } from './frr-bfd';
import { policyName } from './frr-policies';

/** Keepalive and hold time, seconds. BFD sees a dead line or router long before; a VPN has only these. */
export const TIMERS: Readonly<Record<NeighborPlan['kind'], readonly [number, number]>> = {
  line: [30, 90],
  vpn: [10, 30],
  router: [3, 9],
};

/** How soon a session that went down is tried again, seconds; FRR waits 120 otherwise. */
const CONNECT = 10;

/** Tunnels of a VPN share the load, as the transit gateway's end does (VpnEcmpSupport). */
const PATHS = 4;

/** Empty where the data centre has no AS number: then everything is static. */
export function bgp({ asn }: IdcPlan, router: RouterPlan): FrrLine[] {
  if (asn === undefined) return [];
  return [
    frr`router bgp ${asn}`,
    frr` bgp router-id ${router.routerId}`,
    frr` bgp log-neighbor-changes`,
    frr` ! RFC 8212: a neighbour of another AS without policy is told nothing and believed nothing.`,
    frr` bgp ebgp-requires-policy`,
    frr` no bgp default ipv4-unicast`,
    frr` ! A line that BFD found dead must not keep its routes.`,
    frr` bgp graceful-restart-disable`,
    frr` bgp network import-check`,
    // Lines of one preference end at gateways of several AS numbers.
    ...(router.shares ? [frr` bgp bestpath as-path multipath-relax`] : []),
    ...router.neighbors.flatMap(session),
    frr` !`,
    frr` address-family ipv4 unicast`,
    ...originated(router).map((prefix) => frr`  network ${prefix}`),
    ...router.aggregates.map(({ range }) => frr`  aggregate-address ${range}`),
    ...router.neighbors.flatMap(activated),
    frr`  maximum-paths ${PATHS}`,
    ...(router.shares ? [frr`  maximum-paths ibgp ${PATHS}`] : []),
    frr` exit-address-family`,
    frr`exit`,
  ];
}

function session({ address, asn, kind, bfd, why }: NeighborPlan): FrrLine[] {
  const [keepalive, hold] = TIMERS[kind];
  return [
    frr` ! ${rest(why)}`,
    frr` neighbor ${address} remote-as ${asn}`,
    frr` neighbor ${address} description ${rest(why)}`,
    frr` neighbor ${address} timers ${keepalive} ${hold}`,
    frr` neighbor ${address} timers connect ${CONNECT}`,
    ...(kind === 'router' ? [] : [frr` neighbor ${address} enforce-first-as`]),
    ...(bfd === undefined ? [] : [frr` neighbor ${address} bfd`, frr` neighbor ${address} bfd profile ${bfdProfile(bfd)}`]),
  ];
}

function activated(neighbor: NeighborPlan): FrrLine[] {
  const { address, kind, maxPrefixes } = neighbor;
  return [
    frr`  neighbor ${address} activate`,
    // Routers inside don't know the networks of lines and tunnels.
    ...(kind === 'router' ? [frr`  neighbor ${address} next-hop-self`] : []),
    // The filter takes a handful, so only `force`, which counts what is refused too, can tell a table gone wrong; FRR counts what it
    // keeps (soft-reconfiguration), whenever it takes a prefix.
    frr`  neighbor ${address} soft-reconfiguration inbound`,
    frr`  neighbor ${address} maximum-prefix ${maxPrefixes} force`,
    frr`  neighbor ${address} route-map ${policyName(neighbor, 'in')} in`,
    frr`  neighbor ${address} route-map ${policyName(neighbor, 'out')} out`,
  ];
}

/** Of what neighbours are told and aggregates are made of, that which this router has itself: networks of its interfaces and static routes, null routes included. */
export function originated({ interfaces, statics, aggregates, neighbors }: RouterPlan): string[] {
  const own = new Set([...interfaces.map(({ address }) => networkOf(address)), ...statics.map(({ destination }) => destination)]);
  const wanted = [...neighbors.flatMap(({ tells }) => tells), ...aggregates.flatMap(({ of }) => of)];
  const told = new Set(wanted.filter((prefix) => own.has(prefix)));
  return [...told].map(cidr).sort(byRange).map(formatCidr);
}

/** `10.200.1.1/24` lies in `10.200.1.0/24`. */
function networkOf(address: string): string {
  const [ip = '', bits = '32'] = address.split('/');
  const size = sizeOfBits(Number(bits));
  return `${formatIpv4(Math.floor((parseIpv4(ip) ?? 0) / size) * size)}/${bits}`;
}
