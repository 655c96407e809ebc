/** From names of what has failed to ids. */
import { UnknownEndpoint } from './endpoint';
import type { Without } from './without';
import type { Origin, World } from './world';

/** Names of a link: its stack's folder `links/<a>--<b>`, `<a>--<b>`, and for lines and VPNs the group in the stack's id. */
function linkNames({ stack }: Origin): string[] {
  const [, pair, id] = /^links\/([^/]+)\/([^/]+)$/.exec(stack) ?? [];
  if (pair === undefined || id === undefined) return [stack];
  const group = id.replace(/^(?:line|vpn)-/, '');
  return [stack, `links/${pair}`, pair, ...(group === id ? [] : [id, group])];
}

/**
 * Each name is a link (`line`, `us-east-1--eu-west-1`), a zone (`us-east-1a`), a router (`r1`, `beijing/r1`), or a router's BGP
 * alone (`bgp:r1`). Throws UnknownEndpoint.
 */
export function withoutNames(world: World, names: readonly string[]): Without {
  const links = new Set<string>();
  const zones = new Set<string>();
  const routers = new Set<string>();
  const bgp = new Set<string>();
  const all = [...world.peerings, ...world.transitPeerings, ...world.lines, ...world.vpns];
  const known = { zones: new Set(world.vpcs.flatMap((v) => v.subnets.map((s) => s.zone))), routers: new Map<string, string>() };
  for (const { id } of world.routers) known.routers.set(id, id).set(id.split('/')[1] ?? id, id);
  // A zone of a region that is called otherwise than its cloud calls it.
  const bare = (name: string) => [...known.zones].filter((zone) => zone.endsWith(`/${name}`));
  for (const name of names) {
    const cut = all.filter(({ id, from }) => id === name || linkNames(from).includes(name));
    const router = known.routers.get(name.replace(/^bgp:/, ''));
    if (cut.length > 0) for (const { id } of cut) links.add(id);
    else if (known.zones.has(name)) zones.add(name);
    else if (bare(name).length > 0) for (const zone of bare(name)) zones.add(zone);
    else if (router !== undefined) (name.startsWith('bgp:') ? bgp : routers).add(router);
    else {
      const candidates = [...all.flatMap(({ from }) => linkNames(from)), ...known.zones, ...known.routers.keys()];
      throw new UnknownEndpoint(name, `no link, zone or router is called "${name}"`, [...new Set(candidates)]);
    }
  }
  return { links, zones, routers, bgp };
}
