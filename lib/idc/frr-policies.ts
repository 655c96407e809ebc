/** Prefix lists and route-maps: two a neighbour, of whole prefixes only. What they don't name is refused. */
import { type FrrLine, frr, frrBlocks, frrList } from '../encode/frr';
import { rest } from '../encode/template';
import type { NeighborPlan, RouterPlan } from '../plan/model';

/** Name of a neighbour's route-map and prefix list of one direction. */
export function policyName(neighbor: NeighborPlan, way: 'in' | 'out'): string {
  // Several routers are reached over one interface.
  return `${neighbor.kind === 'router' ? `core-${neighbor.address}` : neighbor.interface}-${way}`;
}

/** @param asn the data centre's own AS number */
export function policies(asn: number, { neighbors }: RouterPlan): FrrLine[] {
  return frrBlocks(neighbors.map((neighbor) => neighborPolicies(asn, neighbor)));
}

function neighborPolicies(asn: number, neighbor: NeighborPlan): FrrLine[] {
  const { accepts, tells, kind, preference, prepends, community, why } = neighbor;
  const [inward, outward] = [policyName(neighbor, 'in'), policyName(neighbor, 'out')];
  return [
    frr`! ${rest(why)}: what is taken`,
    ...prefixList(inward, accepts),
    frr`route-map ${inward} permit 10`,
    frr` match ip address prefix-list ${inward}`,
    // Between routers of one AS the preference is carried: the line stays better than the VPN on every router.
    ...(kind === 'router' ? [] : [frr` set local-preference ${preference}`]),
    frr`exit`,
    frr`!`,
    frr`! ${rest(why)}: what is told`,
    ...prefixList(outward, tells),
    frr`route-map ${outward} permit 10`,
    frr` match ip address prefix-list ${outward}`,
    ...(prepends === 0 ? [] : [frrList(frr` set as-path prepend`, Array<number>(prepends).fill(asn))]),
    ...(community === undefined ? [] : [frr` set community ${community}`]),
    frr`exit`,
  ];
}

/** Each prefix itself and nothing longer: no `le`. An empty list is written, because FRR takes a list without entries for `any`. */
function prefixList(name: string, prefixes: readonly string[]): FrrLine[] {
  if (prefixes.length === 0) return [frr`ip prefix-list ${name} seq 5 deny any`];
  return prefixes.map((prefix, i) => frr`ip prefix-list ${name} seq ${5 * (i + 1)} permit ${prefix}`);
}
