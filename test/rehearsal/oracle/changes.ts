/** What a person may change in an estate's files: one thing each. Whether the estate is still valid then is for its rules to say. */
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Files } from '../../estate/arbitrary';
import type { Anything } from '../../estate/written';

/** Files as trees, by path. */
type Trees = Record<string, Anything>;

interface Fleet {
  readonly region: Anything;
  readonly cluster: string;
  readonly name: string;
  readonly fleet: Anything;
}

export interface Change {
  readonly what: string;
  /** Whether there was something to change. @param pick chooses among the things that it may be done to */
  readonly apply: (trees: Trees, pick: number) => boolean;
}

const estate = (trees: Trees): Anything => trees['regions/estate.yaml'];
const regions = (trees: Trees): Anything[] => Object.values(trees).filter((tree) => tree?.provider !== undefined);

function fleets(trees: Trees, kind: (fleet: Anything) => boolean): Fleet[] {
  return regions(trees).flatMap((region) =>
    Object.entries<Anything>(region.clusters).flatMap(([cluster, { fleets: all }]) =>
      Object.entries<Anything>(all).flatMap(([name, fleet]) => (kind(fleet) ? [{ region, cluster, name, fleet }] : [])),
    ),
  );
}

const anyFleet = () => true;
const members = (fleet: Anything) => fleet.kind === 'members';
const plain = (fleet: Anything) => members(fleet) && fleet.quorum === undefined;
const elastic = (fleet: Anything) => fleet.kind === 'elastic';

const TYPES: Readonly<Record<string, string>> = {
  'm5.large': 'm5.xlarge',
  'm5.xlarge': 'm5.large',
  'r5.xlarge': 'r5.2xlarge',
  'c5.xlarge': 'c5.2xlarge',
  'ecs.g7.large': 'ecs.g7.xlarge',
  'ecs.g7.xlarge': 'ecs.g7.large',
  'ecs.c7.xlarge': 'ecs.c7.2xlarge',
};

/** Done to one of the things, if there are any. */
function to<T>(things: readonly T[], pick: number, change: (thing: T) => unknown): boolean {
  const chosen = things[pick % Math.max(1, things.length)];
  return chosen !== undefined && change(chosen) !== false;
}

const ofFleet = (what: string, kind: (fleet: Anything) => boolean, change: (fleet: Fleet) => unknown): Change => ({
  what,
  apply: (trees, pick) => to(fleets(trees, kind), pick, change),
});

const ofRegion = (what: string, change: (region: Anything) => unknown): Change => ({
  what,
  apply: (trees, pick) => to(regions(trees), pick, change),
});

export const CHANGES: readonly Change[] = [
  {
    what: 'user-data of every host',
    apply: (trees) => {
      const { profiles } = estate(trees);
      estate(trees).profiles = { ...profiles, base: { ...profiles?.base, sysctl: { 'kernel.panic': '7' } } };
      return true;
    },
  },
  ofFleet('another instance type', anyFleet, ({ fleet }) => {
    const other = TYPES[fleet.instanceType];
    fleet.instanceType = other ?? fleet.instanceType;
    return other !== undefined;
  }),
  ofFleet('a volume more', members, ({ fleet }) => {
    fleet.volumes = { ...fleet.volumes, more: { device: '/dev/sdp', gb: 30, type: 'gp3', mount: '/srv/more' } };
  }),
  ofFleet('a bigger volume', members, ({ fleet }) => {
    const volume = Object.values<Anything>(fleet.volumes ?? {})[0];
    if (volume !== undefined) volume.gb += 100;
    return volume !== undefined;
  }),
  ofFleet('a volume fewer', members, ({ fleet }) => {
    const [name] = Object.keys(fleet.volumes ?? {});
    if (name !== undefined) delete fleet.volumes[name];
    return name !== undefined;
  }),
  ofFleet('a member more', plain, ({ fleet }) => {
    fleet.count += 1;
  }),
  ofFleet('a member fewer', members, ({ fleet }) => {
    if (fleet.count > 1) fleet.removed = [...(fleet.removed ?? []), fleet.count - 1];
    return fleet.count > 1;
  }),
  ofFleet('addresses moved', plain, ({ fleet }) => {
    if (fleet.addresses !== undefined) fleet.addresses.first += fleet.addresses.perZone;
    return fleet.addresses !== undefined;
  }),
  ofFleet(
    'a fleet fewer',
    (fleet) => fleet.quorum === undefined,
    ({ region, cluster, name }) => {
      delete region.clusters[cluster].fleets[name];
    },
  ),
  ofFleet('a fleet more', plain, ({ region, cluster, fleet }) => {
    if (fleet.addresses === undefined) return false;
    const addresses = { ...fleet.addresses, first: fleet.addresses.first + 2 * fleet.addresses.perZone };
    delete addresses.firstRange;
    region.clusters[cluster].fleets.extra = { ...structuredClone(fleet), count: 1, addresses };
    return true;
  }),
  ofFleet('an elastic fleet grows', elastic, ({ fleet }) => {
    fleet.min += 1;
    fleet.max += 2;
  }),
  ofRegion('a generation raised', (region) => {
    const cluster = Object.values<Anything>(region.clusters)[0];
    cluster.generation = (cluster.generation ?? 1) + 1;
  }),
  ofRegion("the network's generation raised", (region) => {
    region.generation = (region.generation ?? 1) + 1;
  }),
  ofRegion('one NAT gateway, or one a zone', (region) => {
    region.network.nat = region.network.nat === 'single' ? 'per-zone' : 'single';
  }),
  ofRegion('containers are open to others', (region) => {
    const open = region.containers?.openTo;
    if (open !== undefined) region.containers.openTo = open.length > 1 ? ['containers'] : ['containers', 'hosts'];
    return open !== undefined;
  }),
  {
    what: 'a link fewer',
    apply: (trees, pick) => to(Object.keys(estate(trees).links ?? {}), pick, (name) => delete estate(trees).links[name]),
  },
  {
    what: 'a link carries hosts only',
    apply: (trees, pick) =>
      to(Object.values<Anything>(estate(trees).links ?? {}), pick, (link) => {
        link.carries = ['hosts'];
      }),
  },
  {
    what: 'another etcd',
    apply: (trees) => {
      const found = trees['regions/artifacts.lock.yaml']?.artifacts?.find(({ name }: Anything) => name === 'etcd');
      if (found === undefined) return false;
      Object.assign(found, { version: '3.5.22', sha256: 'b'.repeat(64) });
      return true;
    },
  },
];

/** Undefined where there was nothing to change. */
export function changed(files: Files, { apply }: Change, pick: number): Files | undefined {
  const trees: Trees = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, parse(text)]));
  if (!apply(trees, pick)) return undefined;
  return Object.fromEntries(Object.entries(trees).map(([path, tree]) => [path, stringify(tree)]));
}

/** What takes something away, and so may do harm: tried twice as often. */
const TAKES = /fewer|moved|raised|NAT|hosts only|others/;
const WEIGHED: readonly Change[] = CHANGES.flatMap((change) => (TAKES.test(change.what) ? [change, change] : [change]));

export interface Try {
  readonly change: Change;
  readonly pick: number;
}

/** An order in which changes are tried, and what they are done to. */
export const tries: fc.Arbitrary<readonly Try[]> = fc
  .noBias(fc.array(fc.tuple(fc.nat(2 ** 30), fc.nat(50)), { minLength: WEIGHED.length, maxLength: WEIGHED.length }))
  .map((drawn) =>
    WEIGHED.map((change, i) => ({ change, place: drawn[i]![0], pick: drawn[i]![1] })).sort((a, b) => a.place - b.place),
  );
