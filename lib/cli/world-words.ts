/** What stands in the embedded cloud, read back: hosts, addresses, routes. */
import type { RegionInventory } from '../rehearsal';

export function worldWords(region: string, world: RegionInventory): string[] {
  return [
    `${region}`,
    ...world.stacks.map((s) => `  stack  ${s.name}  ${s.status}`),
    ...world.hosts.map((h) => `  host   ${h.name ?? h.instanceId}  ${h.privateIp}  ${h.instanceId}  ${h.state}`),
    ...world.routeTables.flatMap((t) => t.routes.map((r) => `  route  ${t.name ?? t.id}  ${r.destination} -> ${r.target}`)),
  ];
}
