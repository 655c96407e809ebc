/** What joins the regions of a generated estate: links, a data centre, and how containers get addresses. */
import fc from 'fast-check';
import { AWS } from '../../lib/clouds/aws';
import { membersPerStack } from '../../lib/estate/stacks/stack-size';
import type { NamedSeed } from './arbitrary';
import type { Anything } from './written';

export interface Joining {
  readonly kind: 'peering' | 'transit';
  readonly topology: 'mesh' | 'all' | 'hub' | 'pairs';
  readonly mode: 'host' | 'host-gw' | 'prefix';
  readonly line: boolean;
  readonly vpn: boolean;
  readonly through: boolean;
  readonly routers: number;
  readonly racks: readonly number[];
  readonly openTo: readonly string[];
}

export const joining: fc.Arbitrary<Joining> = fc.record({
  kind: fc.constantFrom('peering', 'transit'),
  topology: fc.constantFrom('mesh', 'all', 'hub', 'pairs'),
  mode: fc.constantFrom('host', 'host-gw', 'prefix'),
  line: fc.boolean(),
  vpn: fc.boolean(),
  through: fc.boolean(),
  routers: fc.integer({ min: 1, max: 3 }),
  racks: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
  openTo: fc.constantFrom(['containers'], ['containers', 'hosts']),
});

export interface Joined {
  readonly places: readonly NamedSeed[];
  readonly links: Record<string, Anything>;
  readonly idcs: Record<string, Anything>;
}

/** Joins the regions: the first one is the hub, and where lines and VPNs of the data centre end. */
export function join(regions: readonly NamedSeed[], seed: Joining): Joined {
  const names = regions.map(([name]) => name);
  const hub = names[0]!;
  // Prefixes need room for every host: the small blocks and the regions of one zone have too little.
  const mode = seed.mode === 'prefix' && regions.some(([, r]) => r.bits !== 16 || r.zoneCount < 3) ? 'host' : seed.mode;
  const withIdc = seed.line || seed.vpn;
  const gateways = withIdc || (seed.kind === 'transit' && names.length > 1);
  const carries = mode === 'prefix' || (mode === 'host-gw' && seed.kind === 'transit') ? ['hosts', 'containers'] : ['hosts'];
  const toIdc = mode === 'host' ? ['hosts'] : ['hosts', 'containers'];
  const links: Record<string, Anything> = {};
  if (names.length > 1) links.regions = { kind: seed.kind, ...topology(names, seed.topology), carries };
  if (seed.line)
    links.line = {
      kind: 'leased-line',
      between: ['home', hub],
      router: 'r1',
      connection: 'dxcon-fg5678gh',
      vlan: 301,
      network: '169.254.100.0/30',
      asn: 64600,
      carries: toIdc,
    };
  if (seed.vpn)
    links.fallback = {
      kind: 'vpn',
      between: ['home', hub],
      router: `r${seed.routers}`,
      tunnels: ['169.254.21.0/30', '169.254.22.0/30'],
      keyName: 'vpn/home',
      carries: toIdc,
    };
  if (withIdc && seed.through && seed.kind === 'transit' && names.length > 1)
    links.behind = { kind: 'transit', pairs: names.slice(1).map((name) => [name, 'home']), through: hub, carries: toIdc };
  return {
    places: regions.map(([name, region], i) => [
      name,
      {
        ...region,
        clusters:
          mode === 'host' ? region.clusters : Object.fromEntries(Object.entries(region.clusters).map((c) => suited(c, mode))),
        containers: containers(mode, i, seed.openTo),
        ...(gateways ? { transit: { asn: 64601 + i } } : {}),
      },
    ]),
    links,
    idcs: withIdc ? { home: dataCentre(seed) } : {},
  };
}

function topology(names: readonly string[], kind: Joining['topology']): Anything {
  const [hub, ...spokes] = names;
  if (kind === 'mesh') return { mesh: names };
  if (kind === 'all') return { hub, spokes: 'all' };
  return kind === 'hub' ? { hub, spokes } : { pairs: spokes.map((spoke) => [spoke, hub]) };
}

function containers(mode: Joining['mode'], i: number, openTo: readonly string[]): Anything {
  if (mode === 'host') return { mode };
  return mode === 'prefix' ? { mode, openTo } : { mode, block: `172.${16 + i}.0.0/16`, hostBits: 26, openTo };
}

/** Fleets that the mode takes: members only in host-gw, Nitro types with prefixes. */
function suited([name, cluster]: [string, Anything], mode: Joining['mode']): [string, Anything] {
  const fleets = Object.entries<Anything>(cluster.fleets)
    .filter(([, fleet]) => mode === 'prefix' || fleet.kind === 'members')
    .map(([fleet, written]) => {
      const instanceType = written.instanceType === 'm4.large' ? 'm5.large' : written.instanceType;
      if (written.kind === 'elastic' || written.quorum !== undefined) return [fleet, { ...written, instanceType }];
      const volumes = Object.keys(written.volumes ?? {}).length;
      const shape = { volumes, gate: false, recover: written.alarms?.recover === true, mode, routeTables: 6 };
      return [fleet, { ...written, instanceType, membersPerStack: membersPerStack(AWS, shape) }];
    });
  return [name, { ...cluster, fleets: Object.fromEntries(fleets) }];
}

function dataCentre({ routers, racks }: Joining): Anything {
  const numbers = Array.from({ length: routers }, (_, i) => i + 1);
  const several = routers > 1;
  return {
    idc: 'home',
    block: '10.200.0.0/16',
    containers: '172.30.0.0/16',
    asn: 65010,
    ...(several ? { core: { vlan: 2, subnet: '10.200.255.0/28' } } : {}),
    routers: Object.fromEntries(
      numbers.map((n) => [
        `r${n}`,
        { address: `10.200.0.${n}`, public: `203.0.113.${n}`, ...(several ? { core: `10.200.255.${n}` } : {}) },
      ]),
    ),
    racks: Object.fromEntries(
      racks.map((hosts, i) => [
        `a0${i + 1}`,
        {
          router: `r${(i % routers) + 1}`,
          vlan: 101 + i,
          subnet: `10.200.${i + 1}.0/24`,
          ...(i === 2 ? {} : { containers: `172.30.${i * 32}.0/19` }),
          hosts,
          removed: hosts > 2 ? [2] : [],
        },
      ]),
    ),
  };
}
