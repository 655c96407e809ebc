/**
 * Estates for the proof, made by fast-check: at most six places, valid by construction, small in hosts and rich in ways to be
 * joined. Regions in every mode, data centres of one or two routers, links of every kind with what they may carry.
 */
import fc from 'fast-check';
import type { Files } from '../estate/arbitrary';
import { type Anything, filesOf } from '../estate/written';
import { GUARD, type Guard } from './guards';

const REGIONS = ['ap-south-1', 'eu-west-1', 'sa-east-1', 'us-east-1', 'us-west-2'] as const;
const IDCS = ['beijing', 'langfang'] as const;

interface RegionSeed {
  readonly mode: 'host' | 'host-gw' | 'prefix';
  readonly openTo: readonly string[];
  readonly zones: number;
  readonly workers: number;
  readonly elastic: boolean;
  readonly etcd: boolean;
}

interface IdcSeed {
  readonly routers: number;
  readonly containers: boolean;
  /** Hosts of each rack. */
  readonly racks: readonly number[];
  /** Number of the region that the line ends at. */
  readonly line: number | undefined;
  readonly vpn: number | undefined;
  /** Reaches the other regions through the one where its line or VPN ends, where that can be. */
  readonly through: boolean;
}

export interface Seed {
  readonly regions: readonly RegionSeed[];
  readonly idcs: readonly IdcSeed[];
  /** What joins each pair of regions, in order of the pairs. */
  readonly pairs: readonly ('none' | 'peering' | 'transit' | 'through')[];
  /** Whether links that can carry containers do. */
  readonly containers: boolean;
}

const region: fc.Arbitrary<RegionSeed> = fc.record({
  mode: fc.constantFrom('host' as const, 'host-gw' as const, 'host-gw' as const, 'prefix' as const),
  openTo: fc.constantFrom(['containers'], ['containers', 'hosts']),
  zones: fc.integer({ min: 1, max: 3 }),
  workers: fc.integer({ min: 1, max: 3 }),
  elastic: fc.boolean(),
  etcd: fc.boolean(),
});

const idc: fc.Arbitrary<IdcSeed> = fc
  .record({
    routers: fc.integer({ min: 1, max: 2 }),
    containers: fc.boolean(),
    racks: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 2 }),
    line: fc.option(fc.nat(4), { nil: undefined, freq: 3 }),
    vpn: fc.option(fc.nat(4), { nil: undefined, freq: 1 }),
    through: fc.boolean(),
  })
  // One that nothing joins proves nothing.
  .map((seed) => (seed.line === undefined && seed.vpn === undefined ? { ...seed, vpn: 0 } : seed));

/** @param withIdc how many of ten estates have data centres: each of them costs seconds, because real BGP takes its time */
export function seeds(withIdc = 3): fc.Arbitrary<Seed> {
  return fc
    .record({
      regions: fc.array(region, { minLength: 1, maxLength: 5 }),
      idcs: fc.oneof(
        { weight: 10 - withIdc, arbitrary: fc.constant([]) },
        { weight: withIdc, arbitrary: fc.array(idc, { minLength: 1, maxLength: 2 }) },
      ),
      pairs: fc.array(fc.constantFrom('none' as const, 'peering' as const, 'transit' as const, 'through' as const), {
        minLength: 10,
        maxLength: 10,
      }),
      containers: fc.boolean(),
    })
    .map((seed) => ({ ...seed, idcs: seed.idcs.slice(0, 6 - seed.regions.length) }));
}

/** The estate's files. @param guard on hosts of some places @default - none */
export function filesOfSeed(seed: Seed, guard?: Guard): Files {
  const names = REGIONS.slice(0, seed.regions.length);
  const links = { ...regionLinks(seed, names), ...idcLinks(seed, names) };
  const gateways = new Set(
    Object.values<Anything>(links)
      .filter((link) => link.kind !== 'peering')
      .flatMap((link) => [...link.between, ...(link.through === undefined ? [] : [link.through])]),
  );
  const places: Record<string, Anything> = {};
  names.forEach((name, i) => {
    const transit = gateways.has(name) ? { transit: { asn: 64601 + i } } : {};
    places[name] = { ...regionFile(name, i, seed.regions[i]!), ...transit };
  });
  seed.idcs.forEach((each, i) => {
    places[IDCS[i]!] = idcFile(IDCS[i]!, i, each);
  });
  Object.values(places).forEach((place, n) => {
    if (guard?.at(n)) addGuard(place);
  });
  return filesOf({
    estate: {
      estate: 'proof',
      central: names[0],
      addressing: { hosts: { pool: '10.0.0.0/8', block: 16 }, containers: { pool: '172.16.0.0/12', block: 16 } },
      aws: { account: '111111111111' },
      links,
    },
    places,
    images: {
      release: '4081.2.1',
      published: '2026-09-01',
      architecture: 'amd64',
      images: Object.fromEntries(names.map((name, i) => [name, `ami-${String(i + 1).padStart(17, '0')}`])),
      copies: {},
    },
    artifacts: {
      artifacts: [
        {
          name: 'etcd',
          version: '3.5.21',
          architecture: 'amd64',
          file: 'etcd.tar.gz',
          sha256: 'a'.repeat(64),
          source: 'https://example.com/etcd.tar.gz',
        },
      ],
    },
    members: {},
    more: { ...guard?.files },
  });
}

/** The profile comes last, on every fleet and rack. */
function addGuard(place: Anything): void {
  const fleets = Object.values<Anything>(place.clusters?.core.fleets ?? {});
  for (const fleet of fleets) fleet.profiles = [...fleet.profiles, GUARD];
  for (const rack of Object.values<Anything>(place.racks ?? {})) rack.profiles = ['base', 'docker', GUARD];
}

function regionFile(name: string, i: number, seed: RegionSeed): Anything {
  // Voters stand in three zones.
  const letters = [...'abc'].slice(0, seed.etcd ? 3 : seed.zones);
  const profiles = seed.etcd ? ['base', 'docker', 'etcd', 'updates'] : ['base', 'docker'];
  const common = { instanceType: 'm5.large', profiles };
  return {
    region: name,
    provider: 'aws',
    block: `10.${i + 1}.0.0/16`,
    network: { zones: letters.map((letter) => name + letter), nat: 'single' },
    containers:
      seed.mode === 'host'
        ? { mode: 'host' }
        : seed.mode === 'prefix'
          ? { mode: 'prefix', openTo: seed.openTo }
          : { mode: 'host-gw', block: `172.${16 + i}.0.0/16`, openTo: seed.openTo },
    clusters: {
      core: {
        generation: 1,
        ...(seed.etcd ? { etcd: { bootstrap: 'static', voters: 'voters' } } : {}),
        fleets: {
          ...(seed.etcd
            ? {
                voters: {
                  kind: 'members',
                  quorum: 'etcd',
                  count: 3,
                  ...common,
                  addresses: { first: 16, perZone: 16 },
                  membersPerStack: 5,
                },
              }
            : {}),
          worker: {
            kind: 'members',
            count: seed.workers,
            ...common,
            addresses: { first: 64, perZone: 64, ...(seed.mode === 'host' ? {} : { firstRange: 48 }) },
            membersPerStack: 5,
          },
          ...(seed.elastic && seed.mode !== 'host-gw' ? { burst: { kind: 'elastic', ...common, min: 1, max: 3 } } : {}),
        },
      },
    },
  };
}

const joinedBy = (seed: Seed, a: number, b: number): Seed['pairs'][number] => {
  const [low, high] = a < b ? [a, b] : [b, a];
  return seed.pairs[(high * (high - 1)) / 2 + low]!;
};

/** Pairs of regions: `through` becomes a transit link through the first region that both are joined with by transit. */
function regionLinks(seed: Seed, names: readonly string[]): Record<string, Anything> {
  const links: Record<string, Anything> = {};
  for (let b = 1; b < names.length; b++) {
    for (let a = 0; a < b; a++) {
      const kind = joinedBy(seed, a, b);
      const between = [names[a], names[b]];
      const carries = (transit: boolean) => ({
        carries: { [names[a]!]: carried(seed, a, transit, b), [names[b]!]: carried(seed, b, transit, a) },
      });
      if (kind === 'peering') links[`r${a}${b}`] = { kind, between, ...carries(false) };
      if (kind === 'transit') links[`r${a}${b}`] = { kind, between, ...carries(true) };
      const middle = names.findIndex(
        (_, t) => t !== a && t !== b && joinedBy(seed, a, t) === 'transit' && joinedBy(seed, b, t) === 'transit',
      );
      if (kind === 'through' && middle >= 0)
        links[`r${a}${b}`] = { kind: 'transit', between, through: names[middle], ...carries(true) };
    }
  }
  return links;
}

/**
 * What an end gives. Peering carries addresses of the VPC only; containers go both ways or, where the other end's have no
 * addresses of their own, one way.
 */
function carried(seed: Seed, i: number, transit: boolean, other?: number): string[] {
  const has = (n: number): boolean =>
    seed.containers && (seed.regions[n]!.mode === 'prefix' || (seed.regions[n]!.mode === 'host-gw' && transit));
  const alone = other !== undefined && !has(other) && seed.regions[other]!.mode !== 'host';
  return has(i) && !alone ? ['hosts', 'containers'] : ['hosts'];
}

function idcLinks(seed: Seed, names: readonly string[]): Record<string, Anything> {
  const links: Record<string, Anything> = {};
  seed.idcs.forEach((each, k) => {
    const home = IDCS[k]!;
    const own = each.containers && seed.containers ? ['hosts', 'containers'] : ['hosts'];
    const carries = (i: number): Anything => {
      // Containers are carried both ways or not at all, where both have addresses of their own.
      const theirs = carried(seed, i, true);
      return { carries: { [home]: own, [names[i]!]: each.containers || seed.regions[i]!.mode === 'host' ? theirs : ['hosts'] } };
    };
    const ends = new Set<number>();
    if (each.line !== undefined) {
      const i = each.line % names.length;
      ends.add(i);
      links[`line${k}`] = {
        kind: 'leased-line',
        between: [home, names[i]],
        router: 'r1',
        connection: `dxcon-fg5678g${k}`,
        vlan: 301 + k,
        network: `169.254.${100 + k}.0/30`,
        asn: 64801 + k,
        mtu: 8500,
        ...carries(i),
      };
    }
    if (each.vpn !== undefined) {
      const i = each.vpn % names.length;
      ends.add(i);
      links[`vpn${k}`] = {
        kind: 'vpn',
        between: [home, names[i]],
        router: `r${each.routers}`,
        tunnels: [`169.254.${20 + 2 * k}.0/30`, `169.254.${21 + 2 * k}.0/30`],
        keyName: `vpn/${home}`,
        ...carries(i),
      };
    }
    if (!each.through) return;
    names.forEach((name, i) => {
      const middle = [...ends].find((end) => joinedBy(seed, end, i) === 'transit');
      if (ends.has(i) || middle === undefined) return;
      links[`behind${k}${i}`] = { kind: 'transit', between: [home, name], through: names[middle], ...carries(i) };
    });
  });
  return links;
}

function idcFile(name: string, k: number, seed: IdcSeed): Anything {
  const base = 200 + k;
  const several = seed.routers > 1;
  const numbers = several ? [1, 2] : [1];
  return {
    idc: name,
    block: `10.${base}.0.0/16`,
    ...(seed.containers ? { containers: `172.${24 + k}.0.0/16` } : {}),
    asn: 65010 + k,
    ...(several ? { core: { vlan: 2, subnet: `10.${base}.255.0/28` } } : {}),
    routers: Object.fromEntries(
      numbers.map((n) => [
        `r${n}`,
        { address: `10.${base}.0.${n}`, public: `203.0.113.${10 * k + n}`, ...(several ? { core: `10.${base}.255.${n}` } : {}) },
      ]),
    ),
    racks: Object.fromEntries(
      seed.racks.map((hosts, r) => [
        `a0${r + 1}`,
        {
          router: `r${(r % seed.routers) + 1}`,
          vlan: 101 + r,
          subnet: `10.${base}.${r + 1}.0/24`,
          ...(seed.containers ? { containers: `172.${24 + k}.${r * 32}.0/19` } : {}),
          hosts,
        },
      ]),
    ),
  };
}
