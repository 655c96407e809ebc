/**
 * The oracle: what a deploy did to hosts, disks and ways, read from the embedded cloud's world before, during and after it. It knows
 * who votes from the estate's own files and hosts' names, and nothing of how the diff or the ledger come to what they say.
 */
import { parse } from 'yaml';
import type { Region, World } from '../../../lib/embedded-cloud/store/world';
import type { HostChange } from '../../../lib/embedded-cloud/virtual';
import type { Files } from '../../estate/arbitrary';
import type { Anything } from '../../estate/written';

export interface Harm {
  readonly kind: 'quorum' | 'member' | 'disk' | 'cut';
  /** Name of the fleet, the host or the disk; for a way `<region> <table> <range>`. */
  readonly of: string;
  /** What a person must have been told a word of: one of these. */
  readonly words: readonly string[];
}

/** Ways that stand at one moment: `<region> <table> <range>`. */
export type Ways = ReadonlySet<string>;

const regionsOf = (world: World): Region[] => Object.values(world.accounts).flatMap(({ regions }) => Object.values(regions));

interface Host {
  readonly id: string;
  readonly name: string;
  readonly disks: readonly string[];
}

/** Hosts that stand, without those that a group launched: these come and go. */
function hostsOf(world: World): Host[] {
  return regionsOf(world).flatMap((region) => [
    ...Object.values(region.instances)
      .filter(({ state, group }) => state !== 'terminated' && group === undefined)
      .map(({ id, tags, volumes }) => ({ id, name: tags.Name ?? id, disks: Object.values(volumes) })),
    ...Object.values(region.aliyun.instances)
      .filter(({ group }) => group === undefined)
      .map(({ id, tags, name, disks }) => ({ id, name: tags.Name ?? name, disks })),
  ]);
}

/** Data disks by id, with their names. */
function disksOf(world: World): Map<string, string> {
  const own = regionsOf(world).flatMap((region) => {
    const roots = new Set(Object.values(region.instances).map(({ rootVolume }) => rootVolume));
    return [
      ...Object.values(region.volumes).flatMap(({ id, tags }) => (roots.has(id) ? [] : [[id, tags.Name ?? id] as const])),
      ...Object.values(region.aliyun.disks).flatMap(({ id, name, system }) => (system ? [] : [[id, name] as const])),
    ];
  });
  return new Map(own);
}

/** Routes of every table that lead somewhere. Where a VPC is another one than before, its tables are told apart by their names alone. */
export function waysOf(world: World): Ways {
  const ways = regionsOf(world).flatMap((region) => {
    const aws = Object.values(region.routeTables).flatMap(({ tags, routes }) =>
      routes.flatMap(({ destination, target }) =>
        stands(region, target) ? [`${region.name} ${tags.Name ?? ''} ${destination}`] : [],
      ),
    );
    const transit = Object.values(region.transitTables).flatMap(({ tags, routes }) =>
      routes.flatMap(({ destination, attachment }) =>
        region.transitAttachments[attachment ?? '']?.state === 'available'
          ? [`${region.name} ${tags.Name ?? ''} ${destination}`]
          : [],
      ),
    );
    const { aliyun } = region;
    const custom = Object.values(aliyun.routeTables).flatMap(({ name, system, routes }) =>
      routes.flatMap(({ destination, hop }) =>
        hopStands(region, hop) ? [`${region.name} ${system ? 'system' : name} ${destination}`] : [],
      ),
    );
    const routers = Object.values(aliyun.routerTables).flatMap(({ name, routes }) =>
      routes.flatMap(({ destination, attachment }) =>
        aliyun.attachments[attachment ?? ''] === undefined ? [] : [`${region.name} ${name} ${destination}`],
      ),
    );
    return [...aws, ...transit, ...custom, ...routers];
  });
  return new Set(ways);
}

function stands(region: Region, { kind, id }: { readonly kind: string; readonly id: string }): boolean {
  if (kind === 'interface') return region.interfaces[id] !== undefined;
  if (kind === 'nat') return region.natGateways[id] !== undefined;
  if (kind === 'peering') return region.peerings[id]?.status === 'active';
  if (kind === 'transit') return region.transitGateways[id] !== undefined;
  return true;
}

function hopStands({ aliyun }: Region, { type, id }: { readonly type: string; readonly id: string }): boolean {
  if (type === 'Instance') return aliyun.instances[id] !== undefined;
  if (type === 'Attachment') return aliyun.attachments[id] !== undefined;
  if (type === 'NatGateway') return aliyun.natGateways[id] !== undefined;
  return true;
}

/** Fleets whose members vote, by `<region>-<cluster>-<fleet>`. */
export function votingFleets(files: Files): string[] {
  return Object.values(files).flatMap((text) => {
    const tree = parse(text) as Anything;
    if (tree?.provider === undefined) return [];
    return Object.entries<Anything>(tree.clusters ?? {}).flatMap(([cluster, { fleets }]) =>
      Object.entries<Anything>(fleets ?? {}).flatMap(([fleet, { quorum }]) =>
        quorum === 'etcd' || quorum === 'kraft' ? [`${tree.region}-${cluster}-${fleet}`] : [],
      ),
    );
  });
}

export interface Observed {
  readonly before: World;
  readonly after: World;
  /** When hosts became well and went down. */
  readonly hosts: readonly HostChange[];
  /** From right before it, while it went on. */
  readonly ways: readonly Ways[];
}

/** @param files of the estate that stood */
export function harmOf({ before, after, hosts, ways }: Observed, files: Files): Harm[] {
  const [old, now] = [hostsOf(before), hostsOf(after)];
  return [
    ...votingFleets(files).flatMap((fleet) =>
      losesQuorum(fleet, old, hosts) ? [{ kind: 'quorum', of: fleet, words: [fleet] } as const] : [],
    ),
    ...old
      .filter(({ id }) => !now.some((host) => host.id === id))
      .map(({ name }): Harm => ({ kind: 'member', of: name, words: [name] })),
    ...freed(before, after, old),
    ...cut([...ways, waysOf(after)]),
  ];
}

/** Those that stood count: fewer than a majority of them well at one time, after there was one. */
function losesQuorum(fleet: string, old: readonly Host[], hosts: readonly HostChange[]): boolean {
  const voters = new Set(old.filter(({ name }) => name.startsWith(`${fleet}-`)).map(({ name }) => name));
  const majority = Math.floor(voters.size / 2) + 1;
  const well = new Set<string>();
  let stood = false;
  // Those that were well at the begin are told first.
  for (const { name, up } of hosts.filter((change) => voters.has(change.name)).sort((a, b) => a.at - b.at)) {
    if (up) well.add(name);
    else well.delete(name);
    if (stood && well.size < majority) return true;
    stood ||= well.size >= majority;
  }
  return false;
}

function freed(before: World, after: World, old: readonly Host[]): Harm[] {
  const left = disksOf(after);
  return [...disksOf(before)]
    .filter(([id]) => !left.has(id))
    .map(([id, name]) => {
      const host = old.find(({ disks }) => disks.includes(id))?.name;
      return { kind: 'disk', of: name, words: host === undefined ? [name] : [name, host] };
    });
}

/** What led somewhere and at some time doesn't, although nothing wider of the same table does. */
function cut(moments: readonly Ways[]): Harm[] {
  const [first, ...later] = moments;
  return [...first!]
    .filter((way) => later.some((ways) => !ways.has(way)))
    .map((way): Harm => {
      const range = way.split(' ').at(-1)!;
      return { kind: 'cut', of: way, words: [range] };
    });
}
