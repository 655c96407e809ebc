/** What holds for every cloud, whatever is wrong in it. */
import fc from 'fast-check';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import { runs } from '../runs';
import { addRegion, addTransit, Cloud, joinByPeering, joinByTransit } from './clouds';
import { rewrite, withDataCentre } from './data-centre';
import { arriving, expectWholeAnswers } from './pairs';

type Link = readonly [number, number, 'peering' | 'transit'];

/** Up to four regions, each pair joined by nothing, a peering or their transit gateways. */
const links = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('peering' as const, 'transit' as const),
    ),
    { maxLength: 6 },
  )
  .map((list): Link[] => {
    const pairs = new Map<string, Link>();
    for (const [a, b, kind] of list) if (a !== b) pairs.set([a, b].sort().join(), [Math.min(a, b), Math.max(a, b), kind]);
    return [...pairs.values()];
  });

function build(list: readonly Link[]): Cloud {
  const cloud = new Cloud();
  for (const n of [1, 2, 3, 4]) addRegion(cloud, n);
  for (const n of [1, 2, 3, 4]) if (list.some(([a, b, kind]) => kind === 'transit' && (a === n || b === n))) addTransit(cloud, n);
  for (const [a, b, kind] of list) (kind === 'peering' ? joinByPeering : joinByTransit)(cloud, a, b);
  return cloud;
}

const isSubset = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((x) => !b.has(x));

test('while nothing is broken, who reaches also hears the reply', () => {
  fc.assert(
    fc.property(links, (list) => {
      const world = build(list).read();
      expect(world.faults).toEqual([]);
      const arrived = arriving(world);
      for (const pair of arrived) {
        // A container behind a peering sends what no peering carries back; among hosts everything is symmetric.
        if (!pair.includes(':container')) expect(arrived).toContain(pair.split(' ').reverse().join(' '));
      }
    }),
    { numRuns: runs(40) },
  );
});

test('regions reach each other exactly where a link joins them', () => {
  fc.assert(
    fc.property(links, (list) => {
      const arrived = arriving(build(list).read());
      for (const a of [1, 2, 3, 4])
        for (const b of [1, 2, 3, 4]) {
          if (a === b) continue;
          const kind = list.find(([x, y]) => Math.min(a, b) === x && Math.max(a, b) === y)?.[2];
          expect([a, b, arrived.has(`r${a}-h-1 r${b}-h-2`)]).toEqual([a, b, kind !== undefined]);
          expect([a, b, arrived.has(`r${a}-h-1:container r${b}-h-2:container`)]).toEqual([a, b, kind === 'transit']);
        }
    }),
    { numRuns: runs(40) },
  );
});

const NEVER_MORE =
  /^AWS::EC2::(?:VPCPeeringConnection|TransitGatewayPeeringAttachment|TransitGatewayRouteTableAssociation|SubnetRouteTableAssociation|Instance|SecurityGroupIngress)$/;

test('taking away a link, an association, an instance or a rule never makes more arrive', () => {
  fc.assert(
    fc.property(links, fc.nat(), (list, pick) => {
      const cloud = build(list);
      const before = arriving(cloud.read());
      const all = Object.values(cloud.stacks).flatMap((s) =>
        Object.entries(s.resources).map(([id, r]) => [s.path, id, r.Type] as const),
      );
      const candidates = all.filter(([, , type]) => NEVER_MORE.test(type));
      const [stack, id] = candidates[pick % candidates.length]!;
      expect(isSubset(arriving(cloud.drop(stack, id).read()), before)).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test('taking away a route never makes more arrive where no two routes overlap', () => {
  fc.assert(
    fc.property(links, fc.nat(), (list, pick) => {
      const cloud = build(list);
      const before = arriving(cloud.read());
      const routes = Object.values(cloud.stacks).flatMap((s) =>
        Object.entries(s.resources)
          .filter(([, r]) => /Route$/.test(r.Type))
          .map(([id]) => [s.path, id] as const),
      );
      const [stack, id] = routes[pick % routes.length]!;
      const after = arriving(cloud.drop(stack, id).read());
      expect(isSubset(after, before)).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

/** With racks' ranges told besides: by aggregates alone the cloud prefers a line to a router that is cut off from the rack. */
function tellingRacks(): Cloud {
  const racks = ['10.200.1.0/24', '10.200.2.0/24', '172.20.1.0/24', '172.20.2.0/24'];
  const lines = racks.map((range, i) => `ip prefix-list cloud-out seq ${50 + i} permit ${range}\n`).join('');
  return ['r1', 'r2'].reduce(
    (cloud, router) => rewrite(cloud, router, 'route-map cloud-out permit', `${lines}route-map cloud-out permit`),
    withDataCentre(),
  );
}

test('with more down never more arrives', () => {
  const world = tellingRacks().read();
  const all = arriving(world);
  const parts = [
    ...[...world.lines, ...world.vpns].map((l) => ({ links: new Set([l.id]) })),
    ...['r1a', 'r1b'].map((z) => ({ zones: new Set([z]) })),
    ...world.routers.flatMap((r) => [{ routers: new Set([r.id]) }, { bgp: new Set([r.id]) }]),
    { cores: new Set(['idc']) },
    ...['r1-h-1', 'idc-b-1'].map((host) => ({ hosts: new Set([host]) })),
  ];
  fc.assert(
    fc.property(fc.subarray(parts), fc.nat({ max: parts.length - 1 }), (some, extra) => {
      const union = (list: readonly object[]) => {
        const parted = (key: string) => list.flatMap((part) => [...((part as Record<string, Set<string>>)[key] ?? [])]);
        const down = Object.fromEntries(
          Object.keys(NOTHING_DOWN).map((key) => [key, new Set(parted(key))]),
        ) as unknown as Without;
        return down;
      };
      const less = arriving(world, union(some));
      expect(isSubset(less, all)).toEqual([]);
      expect(isSubset(arriving(world, union([...some, parts[extra]!])), less)).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test('an answer never throws and always says why, whatever resources are missing', () => {
  fc.assert(
    fc.property(links, fc.array(fc.nat(), { maxLength: 12 }), (list, picks) => {
      const cloud = build(list);
      for (const pick of picks) {
        const all = Object.values(cloud.stacks).flatMap((s) => Object.keys(s.resources).map((id) => [s.path, id] as const));
        const [stack, id] = all[pick % all.length]!;
        cloud.drop(stack, id);
      }
      const world = cloud.read();
      expectWholeAnswers(world);
    }),
    { numRuns: runs(60) },
  );
});
