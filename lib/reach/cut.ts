/** From names of what has failed to ids. */
import { coresOf } from './cores';
import { type Endpoint, findEndpoints, UnknownEndpoint } from './endpoint';
import { type Failed, nothingFailed, type Without } from './without';
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
 * Each name is a link (`line`, `us-east-1--eu-west-1`), an entry of the estate's links (all that come from it), a zone (`us-east-1a`), a
 * router (`r1`, `beijing/r1`), a router's BGP alone (`bgp:r1`), the network between a data centre's routers (`beijing/core`; `core` where
 * only one has any), a place (all its zones or routers), or hosts, as whoever asks calls them. Throws UnknownEndpoint.
 *
 * @param groups entries of the estate's links @default - what was emitted has no names for peerings and transit links but their ends'
 */
export function withoutNames(world: World, names: readonly string[], groups: LinkGroups = new Map()): Without {
  const failed = nothingFailed();
  const known = knownParts(world);
  for (const name of names) {
    const group = groups.get(name);
    const meant = [name, ...(group?.ids ?? [])];
    const cut = known.links.filter(({ id, from }) => id === name || linkNames(from).some((each) => meant.includes(each)));
    const router = known.routers.get(name.replace(/^bgp:/, ''));
    if (cut.length > 0) for (const { id } of cut) failed.links.add(id);
    else if (known.zones.has(name)) failed.zones.add(name);
    else if (known.bare(name).length > 0) for (const zone of known.bare(name)) failed.zones.add(zone);
    else if (router !== undefined) (name.startsWith('bgp:') ? failed.bgp : failed.routers).add(router);
    else if (known.cores.has(name)) failed.cores.add(known.cores.get(name)!);
    else if (placeDown(world, name, failed)) continue;
    else if (group?.over !== undefined)
      throw new UnknownEndpoint(name, `"${name}" has no wire of its own: it goes over ${group.over.join(', ')}`, group.over);
    else for (const host of hostsOf(world, name, groups)) failed.hosts.add(host);
  }
  return failed;
}

function knownParts(world: World) {
  const routers = new Map<string, string>();
  for (const { id } of world.routers) routers.set(id, id).set(id.split('/')[1] ?? id, id);
  const idcs = [...coresOf(world).keys()];
  const cores = new Map(idcs.map((idc) => [`${idc}/${CORE}`, idc]));
  if (idcs.length === 1) cores.set(CORE, idcs[0]!);
  const zones = new Set(world.vpcs.flatMap((v) => v.subnets.map((s) => s.zone)));
  return {
    links: [...world.peerings, ...world.transitPeerings, ...world.lines, ...world.vpns],
    zones,
    /** A zone of a region that is called otherwise than its cloud calls it. */
    bare: (name: string) => [...zones].filter((zone) => zone.endsWith(`/${name}`)),
    routers,
    cores,
  };
}

const CORE = 'core';

/** A whole place: all its zones, or all its routers. */
function placeDown({ vpcs, routers }: World, name: string, failed: Failed): boolean {
  const zones = vpcs.filter((v) => v.region === name).flatMap((v) => v.subnets.map((s) => s.zone));
  const own = routers.filter((r) => r.idc === name).map((r) => r.id);
  for (const zone of zones) failed.zones.add(zone);
  for (const id of own) failed.routers.add(id);
  return zones.length + own.length > 0;
}

/** Names of hosts that a name means: what has containers or none, but no container alone, and nothing that a cloud runs. */
function hostsOf(world: World, name: string, groups: LinkGroups): string[] {
  const { found, known } = endpointsCalled(world, name);
  const hosts = found.flatMap(({ at, container }) => {
    if (container || at.kind === 'outside') return [];
    if (at.kind === 'idc-host') return [at.host.host];
    return at.own.kind === 'appliance' ? [] : [at.own.host];
  });
  if (hosts.length > 0) return hosts;
  const { links, zones, routers, cores } = knownParts(world);
  const parts = [...links.flatMap(({ from }) => linkNames(from)), ...groups.keys(), ...zones, ...routers.keys(), ...cores.keys()];
  const message = `no link, zone, router, core or host is called "${name}"`;
  throw new UnknownEndpoint(name, message, [...new Set([...parts, ...known])]);
}

/** What is called so; where nothing is, the names of hosts that there are. */
function endpointsCalled(world: World, name: string): { readonly found: readonly Endpoint[]; readonly known: readonly string[] } {
  try {
    return { found: findEndpoints(world, name), known: [] };
  } catch (error) {
    if (!(error instanceof UnknownEndpoint)) throw error;
    return { found: [], known: error.known.filter((each) => !/ of |^(?:internet|metadata|resolver|time)$/.test(each)) };
  }
}
