/**
 * The address space cut at every range that something general names: rules, routes to links, prefixes told by BGP. Two addresses
 * of one atom are in exactly the same of these ranges. Routes to single interfaces and to hosts are left out on purpose: who
 * groups hosts looks at those host by host.
 */
import { sizeOfBits } from '../estate/addresses/cidr';
import { hostRanges } from './host/ranges';
import type { Range, World } from './world';

/** Number of the atom that holds an address. */
export type AtomOf = (address: number) => number;

export function atomsOf(world: World): AtomOf {
  const edges = new Set<number>();
  const cut = ({ base, bits }: Range) => edges.add(base).add(base + sizeOfBits(bits));
  for (const vpc of world.vpcs) {
    vpc.cidrs.forEach(cut);
    for (const table of vpc.tables)
      for (const route of table.routes) if (route.target.kind !== 'interface') cut(route.destination);
    for (const acl of vpc.acls ?? []) for (const { range } of [...acl.ingress, ...acl.egress]) cut(range);
    for (const group of vpc.groups) {
      for (const { peer } of [...group.ingress, ...group.egress]) if (peer.kind === 'range') cut(peer.range);
    }
  }
  for (const { tables } of world.transits) for (const table of tables) for (const route of table.routes) cut(route.destination);
  for (const { allowedPrefixes } of world.lines) allowedPrefixes.forEach(cut);
  for (const router of world.routers) {
    [...router.originates, ...router.aggregates].forEach(cut);
    for (const { destination, via } of router.statics) if (via === undefined) cut(destination);
  }
  hostRanges(world).forEach(cut);
  const sorted = Float64Array.from(edges).sort();
  return (address) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
