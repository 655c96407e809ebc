/** From names of what has failed to ids. */
import { UnknownEndpoint } from './endpoint';
import type { Without } from './without';
import type { Origin, World } from './world';

/** Names of a link: its stack's folder `links/<a>--<b>`, `<a>--<b>`, and for lines and VPNs the group in the stack's id. */
function linkNames({ stack }: Origin): string[] {
  const [, pair, id] = /^links\/([^/]+)\/([^/]+)$/.exec(stack) ?? [];
  if (pair === undefined || id === undefined) return [stack];
  const group = id.replace(/^(?:line|vpn)-/, '');
  const turned = pair.split('--').reverse().join('--');
  return [stack, `links/${pair}`, pair, turned, ...(group === id ? [] : [id, group, `${pair}/${group}`])];
}

/** What an estate's entry of links is made of, by its name. */
export type LinkGroups = ReadonlyMap<
  string,
  { readonly ids: readonly string[] /** It has no wire of its own, and goes over these. */; readonly over?: readonly string[] }
>;

/**
 * Each name is a link (`line`, `us-east-1--eu-west-1`), an entry of the estate's links (all that come from it), a zone (`us-east-1a`), a router (`r1`, `beijing/r1`), or a router's BGP
 * alone (`bgp:r1`), or a place: all its zones or
 * routers. Throws UnknownEndpoint.
 *
 * @param groups entries of the estate's links @default - what was emitted has no names for peerings and transit links but their ends'
 */
export function withoutNames(world: World, names: readonly string[], groups: LinkGroups = new Map()): Without {
  const links = new Set<string>();
  const zones = new Set<string>();
  const routers = new Set<string>();
  const bgp = new Set<string>();
  const all = [...world.peerings, ...world.transitPeerings, ...world.lines, ...world.vpns];
  const known = { zones: new Set(world.vpcs.flatMap((v) => v.subnets.map((s) => s.zone))), routers: new Map<string, string>() };
  /** A whole place: all its zones, or all its routers. */
  const places = (name: string) => ({
    zones: world.vpcs.filter((v) => v.region === name).flatMap((v) => v.subnets.map((s) => s.zone)),
    routers: world.routers.filter((r) => r.idc === name).map((r) => r.id),
  });
  for (const { id } of world.routers) known.routers.set(id, id).set(id.split('/')[1] ?? id, id);
  // A zone of a region that is called otherwise than its cloud calls it.
  const bare = (name: string) => [...known.zones].filter((zone) => zone.endsWith(`/${name}`));
  for (const name of names) {
    const group = groups.get(name);
    const meant = [name, ...(group?.ids ?? [])];
    const cut = all.filter(({ id, from }) => id === name || linkNames(from).some((each) => meant.includes(each)));
    const router = known.routers.get(name.replace(/^bgp:/, ''));
    if (cut.length > 0) for (const { id } of cut) links.add(id);
    else if (known.zones.has(name)) zones.add(name);
    else if (bare(name).length > 0) for (const zone of bare(name)) zones.add(zone);
    else if (router !== undefined) (name.startsWith('bgp:') ? bgp : routers).add(router);
    else if (places(name).zones.length + places(name).routers.length > 0) {
      for (const zone of places(name).zones) zones.add(zone);
      for (const id of places(name).routers) routers.add(id);
    } else if (group?.over !== undefined)
      throw new UnknownEndpoint(name, `"${name}" has no wire of its own: it goes over ${group.over.join(', ')}`, group.over);
    else {
      const candidates = [
        ...all.flatMap(({ from }) => linkNames(from)),
        ...groups.keys(),
        ...known.zones,
        ...known.routers.keys(),
      ];
      throw new UnknownEndpoint(name, `no link, zone or router is called "${name}"`, [...new Set(candidates)]);
    }
  }
  return { links, zones, routers, bgp };
}
