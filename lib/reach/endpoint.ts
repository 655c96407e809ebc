/** Who talks: names on the command line become hosts, containers, addresses of the World. */
import { isIPv6 } from 'node:net';
import { CLOUDS } from '../clouds/clouds';
import { formatIpv4, parseIpv4 } from '../estate/addresses/cidr';
import { AWS_SERVICES } from '../facts/host-services';
import { indexWorld, owns } from './index-world';
import { formatRange, holds, readRange } from './range';
import type { IdcEndpoint, NetworkInterface, Range, World } from './world';

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
  /** A service of the cloud that has public addresses: `us-east-1 s3`. */
  readonly service?: string;
  /** It answers who asks, and asks nobody. @default false */
  readonly mute?: true;
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

/** An address or a range of IPv6, which nothing of an estate has. */
export function isIpv6(name: string): boolean {
  const bare = /^\[(.*)\]$/.exec(name)?.[1] ?? name;
  return isIPv6(bare.replace(/\/\d{1,3}$/, '').replace(/:container$/, ''));
}

/** Names of services that each host's own cloud answers: `metadata`, `resolver`, `time`. */
const OWN_SERVICES: ReadonlySet<string> = new Set(Object.values(CLOUDS).flatMap((cloud) => Object.values(cloud.hostServices)));

/** An address that stands for everybody on the internet: none that some rule names alone. */
function anybody(world: World): number {
  const rules = world.vpcs.flatMap((v) => v.groups.flatMap((g) => [...g.ingress, ...g.egress]));
  const ranges = [
    ...rules.flatMap(({ peer }) => (peer.kind === 'range' && peer.range.bits > 0 ? [peer.range] : [])),
    ...world.vpcs.flatMap((v) => (v.acls ?? []).flatMap((a) => [...a.ingress, ...a.egress].map((entry) => entry.range))),
  ].filter((range) => range.bits > 0);
  const candidates = ['8.8.8.8', '1.1.1.1', '9.9.9.9', '208.67.222.222', '77.88.8.8'].map((text) => parseIpv4(text)!);
  return candidates.find((address) => !ranges.some((range) => holds(range, address))) ?? candidates[0]!;
}

/** Whether a name means no host but a way out, or something that a cloud runs. */
function findService(world: World, name: string, near: string | undefined): Endpoint[] | undefined {
  const outside = { place: '', container: false, at: { kind: 'outside' } } as const;
  if (name === 'internet') return [{ name, address: anybody(world), ...outside }];
  if (OWN_SERVICES.has(name)) {
    const provider = world.vpcs.find((v) => v.region === near)?.provider ?? 'aws';
    const [address] = Object.entries(CLOUDS[provider].hostServices).find(([, service]) => service === name) ?? [];
    return address === undefined ? undefined : [{ name, address: parseIpv4(address)!, ...outside, mute: true }];
  }
  if (near !== undefined && /^[a-z0-9.]+$/.test(name)) {
    const here = findService(world, `${name} of ${near}`, undefined);
    if (here !== undefined) return here;
  }
  const nodes = (world.balancers ?? []).filter((b) => b.names.includes(name)).flatMap((b) => b.nodes);
  const endpoints = (world.endpoints ?? []).filter(({ service, region }) => `${service} of ${region}` === name);
  const own = endpoints.flatMap(({ by }) => (by.kind === 'interface' ? by.nodes : []));
  const all = [...nodes, ...own].flatMap((id) => indexWorld(world).interfaces.get(id) ?? []);
  if (all.length > 0) return all.flatMap(({ own: each, vpc }) => ofInterface(each, vpc.vpc.region, false));
  const [, service, region] = /^(\S+) of (\S+)$/.exec(name) ?? [];
  const vpc = world.vpcs.find((v) => v.region === region);
  if (vpc === undefined || !servicesOf(vpc.provider).includes(service!)) return undefined;
  const address = vpc.provider === 'aliyun' ? readRange(CLOUDS.aliyun.servicesRange)!.base + 1 : anybody(world);
  return [{ name, address, ...outside, service: `${region} ${service}`, mute: true }];
}

function servicesOf(provider: 'aliyun' | undefined): readonly string[] {
  return provider === 'aliyun' ? ['oss'] : AWS_SERVICES;
}

/**
 * All endpoints that a name stands for, in the order of the World: a host, `<region>/<cluster>/<fleet>`, a cluster, a place (its hosts), an
 * address or a range; with `:container` behind it, a container on each. `internet`, `nlb of <region>`, `s3 of <region>`, `metadata`,
 * `resolver`, `time` are what the cloud runs. Throws UnknownEndpoint.
 *
 * @param near place of who asks, whose cloud answers `metadata` @default - AWS
 */
export function findEndpoints(world: World, name: string, near?: string): Endpoint[] {
  const container = name.endsWith(CONTAINER);
  const bare = container ? name.slice(0, -CONTAINER.length) : name;
  const address = parseIpv4(bare);
  if (address !== undefined && !container) return [atAddress(world, address)];
  const service = container ? undefined : findService(world, bare, near);
  if (service !== undefined) return service;
  if (/^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(bare) && readRange(bare) === undefined)
    throw new UnknownEndpoint(name, `"${bare}" is no address of IPv4, nor a range`, knownNames(world));
  const range = bare.includes('/') ? readRange(bare) : undefined;
  if (range !== undefined) return inRange(world, name, range, container);
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
  const cluster = ofCluster(world, bare, container);
  if (cluster.length > 0) return cluster;
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

/** Whoever has an address in a range: hosts by their own, containers by their range. */
function inRange(world: World, name: string, range: Range, container: boolean): Endpoint[] {
  const all = [
    ...world.vpcs.flatMap((vpc) => vpc.interfaces.flatMap((own) => BOTH.flatMap((c) => ofInterface(own, vpc.region, c)))),
    ...world.idcHosts.flatMap((host) => BOTH.flatMap((c) => ofIdcHost(host, c))),
  ];
  const found = all.filter((each) => (!container || each.container) && holds(range, each.address));
  if (found.length > 0) return found;
  throw new UnknownEndpoint(name, `nobody that was emitted has an address in ${formatRange(range)}`, knownNames(world));
}

const BOTH = [false, true] as const;

/** Hosts of a fleet or rack are `<prefix>-<number>` or, elastic, `<prefix>@<subnet>`. */
function isOfFleet(host: string, prefix: string): boolean {
  return host.startsWith(prefix) && /^(?:-\d+|@.*)$/.test(host.slice(prefix.length));
}

/** `<region>/<cluster>`: its hosts have the fleet between. */
function ofCluster(world: World, name: string, container: boolean): Endpoint[] {
  const [region, cluster, ...more] = name.split('/');
  if (cluster === undefined || cluster === '' || more.length > 0) return [];
  return world.vpcs
    .filter((vpc) => vpc.region === region)
    .flatMap((vpc) =>
      vpc.interfaces
        .filter(({ host }) => host.startsWith(`${region}-${cluster}-`))
        .flatMap((own) => ofInterface(own, vpc.region, container)),
    );
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

/** Every name that may be asked for, without containers: places first, hosts last. */
function knownNames(world: World): string[] {
  const regions = world.vpcs.map((vpc) => vpc.region);
  const fleets = world.vpcs.flatMap(({ region, interfaces }) =>
    interfaces.flatMap(({ host }) => {
      const fleet = host.replace(/-\d+$|@.*$/, '');
      return fleet.startsWith(`${region}-`) ? [`${region}/${fleet.slice(region.length + 1).replace('-', '/')}`] : [];
    }),
  );
  return [
    ...new Set([
      ...regions,
      ...world.idcHosts.map(({ idc }) => idc),
      'internet',
      ...OWN_SERVICES,
      ...(world.balancers ?? []).flatMap(({ names }) => names),
      ...(world.endpoints ?? []).map(({ service, region }) => `${service} of ${region}`),
      ...world.vpcs.flatMap(({ provider, region }) => servicesOf(provider).map((service) => `${service} of ${region}`)),
      ...fleets,
      ...world.vpcs.flatMap(({ interfaces }) => interfaces.map(({ host }) => host)),
      ...world.idcHosts.map(({ host }) => host),
    ]),
  ];
}
