/** What stands in the embedded cloud, read back: hosts, addresses, routes, and links with both their ends. */
import type { RegionInventory } from '../../embedded-cloud';
import type { LinkedEnd, LinkedRoute, LinkedWorld } from '../linked-world';

export function worldWords(region: string, world: RegionInventory): string[] {
  return [
    `${region}`,
    ...world.stacks.map((s) => `  stack  ${s.name}  ${s.status}`),
    ...world.hosts.map((h) => `  host   ${h.name ?? h.instanceId}  ${h.privateIp}  ${h.instanceId}  ${h.state}`),
    ...world.routeTables.flatMap((t) => t.routes.map((r) => `  route  ${t.name ?? t.id}  ${to(r)}`)),
    ...world.transitGateways.flatMap((g) =>
      g.tables.flatMap((t) => t.routes.map((r) => `  transit  ${t.name ?? t.id}  ${r.destination} -> ${viaOf(r)}`)),
    ),
  ];
}

/** A route that drops packets says so; one that works needs no word. */
const to = (route: { destination: string; target: string; state: string }): string =>
  `${route.destination} -> ${route.target}${route.state === 'active' ? '' : `  ${route.state}`}`;

const viaOf = (route: { target: string; to?: string; state: string }): string =>
  route.target === 'blackhole'
    ? 'blackhole'
    : `${route.target} (${route.to ?? 'gone'})${route.state === 'active' ? '' : `  ${route.state}`}`;

/** A link: each end's attachment and routes, with their state. */
export function linkWords(link: LinkedWorld): string[] {
  return [`${link.path}  ${link.kind}`, ...link.ends.flatMap(endWords)];
}

function endWords({ place, attachments, routes }: LinkedEnd): string[] {
  return [
    ...attachments.map((a) => {
      const joined = [
        a.associated ? 'associated' : 'not associated',
        ...(a.propagated ? ['learns routes by BGP (no router answers in a rehearsal)'] : []),
      ];
      return `  ${place}  attachment  ${a.id} (${a.kind})  ${a.state}, ${joined.join(', ')}`;
    }),
    ...routes.map((r) => `  ${place}  ${routeWords(r)}`),
  ];
}

const routeWords = ({ table, destination, target, state }: LinkedRoute): string =>
  `${table === 'transit' ? 'transit' : `route ${table}`}  ${destination}${target === undefined ? '' : ` -> ${target}`}  ${state}`;
