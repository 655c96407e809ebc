/** Who talks: names on the command line become hosts, containers, addresses of the World. */
import { formatIpv4, parseIpv4 } from '../estate/addresses/cidr';
import { indexWorld, owns } from './index-world';
import { holds } from './range';
import type { IdcEndpoint, NetworkInterface, World } from './world';

export interface Endpoint {
  /** `sa-east-1-core-voters-1`, `sa-east-1-core-voters-1:container`, `8.8.8.8`. */
  readonly name: string;
  /** Region or IDC; empty outside of the estate. */
  readonly place: string;
  readonly address: number;
  readonly container: boolean;
  readonly at:
    | { readonly kind: 'interface'; readonly own: NetworkInterface }
    | { readonly kind: 'idc-host'; readonly host: IdcEndpoint }
    | { readonly kind: 'outside' };
}

/** An unknown name; `known` are the names that it could have been. */
export class UnknownEndpoint extends Error {
  constructor(
    readonly endpoint: string,
    message: string,
    readonly known: readonly string[],
  ) {
    super(message);
    this.name = 'UnknownEndpoint';
  }
}

const CONTAINER = ':container';

/**
 * All endpoints that a name stands for, in the order of the World: a host, `<region>/<cluster>/<fleet>`, a place (its hosts), an
 * address; with `:container` behind it, a container on each. Throws UnknownEndpoint.
 */
export function findEndpoints(world: World, name: string): Endpoint[] {
  const container = name.endsWith(CONTAINER);
  const bare = container ? name.slice(0, -CONTAINER.length) : name;
  const address = parseIpv4(bare);
  if (address !== undefined && !container) return [atAddress(world, address)];
  const prefix = bare.split('/').join('-');
  const found: Endpoint[] = [];
  for (const vpc of world.vpcs) {
    for (const own of vpc.interfaces) {
      if (
        own.host === bare ||
        own.host === prefix ||
        vpc.region === bare ||
        isOfFleet(own.host, prefix) ||
        own.address === address
      )
        found.push(...ofInterface(own, vpc.region, container));
    }
  }
  for (const host of world.idcHosts) {
    if (
      host.host === bare ||
      host.host === prefix ||
      host.idc === bare ||
      isOfFleet(host.host, prefix) ||
      host.address === address
    )
      found.push(...ofIdcHost(host, container));
  }
  if (found.length > 0) return found;
  const exists = container && tryFind(world, bare);
  if (exists)
    throw new UnknownEndpoint(
      name,
      `"${bare}" has no container range: its containers have the host's address, or no route says theirs`,
      [bare],
    );
  throw new UnknownEndpoint(name, `nothing that was emitted has the name "${bare}"`, knownNames(world));
}

function tryFind(world: World, name: string): boolean {
  try {
    return findEndpoints(world, name).length > 0;
  } catch {
    return false;
  }
}

/** Hosts of a fleet or rack are `<prefix>-<number>` or, elastic, `<prefix>@<subnet>`. */
function isOfFleet(host: string, prefix: string): boolean {
  return host.startsWith(prefix) && /^(?:-\d+|@.*)$/.test(host.slice(prefix.length));
}

/** The host itself, or a container on it: the second address of its range or prefix (the first is the bridge's). */
export function ofInterface(own: NetworkInterface, place: string, container: boolean): Endpoint[] {
  const at = { kind: 'interface' as const, own };
  if (!container) return [{ name: own.host, place, address: own.address, container, at }];
  const range = own.containers[0] ?? own.prefixes[0];
  if (range === undefined) return [];
  return [{ name: own.host + CONTAINER, place, address: range.base + 2, container, at }];
}

export function ofIdcHost(host: IdcEndpoint, container: boolean): Endpoint[] {
  const at = { kind: 'idc-host' as const, host };
  if (!container) return [{ name: host.host, place: host.idc, address: host.address, container, at }];
  if (host.containers === undefined) return [];
  return [{ name: host.host + CONTAINER, place: host.idc, address: host.containers.base + 2, container, at }];
}

/** Whoever has the address; the longest container range that holds it; else somebody outside of the estate. */
function atAddress(world: World, address: number): Endpoint {
  const name = formatIpv4(address);
  for (const { vpc, owners } of indexWorld(world).vpcs.values()) {
    const own = vpc.cidrs.some((c) => holds(c, address))
      ? owners.find(address)
      : vpc.interfaces.find((i) => i.containers.some((c) => holds(c, address)));
    if (own !== undefined)
      return {
        name,
        place: vpc.region,
        address,
        container: own.address !== address || !owns(own, address),
        at: { kind: 'interface', own },
      };
  }
  for (const host of world.idcHosts) {
    const container = host.containers !== undefined && holds(host.containers, address);
    if (host.address === address || container)
      return { name, place: host.idc, address, container, at: { kind: 'idc-host', host } };
  }
  return { name, place: '', address, container: false, at: { kind: 'outside' } };
}

/** Every name that may be asked for, without containers. */
function knownNames(world: World): string[] {
  const names = new Set<string>();
  for (const vpc of world.vpcs) {
    names.add(vpc.region);
    for (const { host } of vpc.interfaces) {
      names.add(host);
      const fleet = host.replace(/-\d+$|@.*$/, '');
      if (fleet.startsWith(`${vpc.region}-`)) names.add(`${vpc.region}/${fleet.slice(vpc.region.length + 1).replace('-', '/')}`);
    }
  }
  for (const { host, idc } of world.idcHosts) names.add(idc).add(host);
  return [...names];
}
