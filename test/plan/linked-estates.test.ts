/** What holds for every estate of joined places. */
import fc from 'fast-check';
import { cidr, containsCidr, subrange } from '../../lib/estate/addresses/cidr';
import type { Estate } from '../../lib/estate/model/model';
import type { EstatePlan, LinkEndPlan, LinkPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { runs } from '../runs';
import { hybrid, joined, linked, linkedEstates, mesh, place, withStorage } from './linked-fixture';

const RUNS = { numRuns: runs(60) };

const others = (plan: EstatePlan, name: string) => plan.regions.filter((r) => r.name !== name);

/** Whether some stack of a link stands in the end's region and gives it routes. */
function routesAt(link: LinkPlan, end: LinkEndPlan, side: 'a' | 'b', all: readonly LinkPlan[]): boolean {
  if (link.kind === 'leased-line' || link.kind === 'vpn') {
    const pair = all.filter((l) => l.path === link.path).flatMap((l) => l.stacks);
    return pair.some((s) => s.id === 'routes' && s.region === end.place);
  }
  return link.stacks.some((s) => s.id === `routes-${side}` && s.region === end.place);
}

test('every link gives both of its regions routes, in the tables that these regions have', () => {
  fc.assert(
    fc.property(linkedEstates, (estate) => {
      const plan = planEstate(estate);
      expect(plan.links.map((l) => l.id)).toEqual(estate.links.map((l) => l.id));
      for (const link of plan.links) {
        for (const side of ['a', 'b'] as const) {
          const [end, other] = side === 'a' ? [link.a, link.b] : [link.b, link.a];
          expect(other.gives.length).toBeGreaterThan(0);
          if (end.kind === 'idc') continue;
          expect(routesAt(link, end, side, plan.links)).toBe(true);
          const tables = plan.regions.find((r) => r.name === end.place)!.network.routeTables.map((t) => t.id);
          expect(end.routeTables).toEqual(tables.filter((id) => id !== 'Attachment'));
        }
      }
    }),
    RUNS,
  );
});

test('ids of stacks, ranges and rules are distinct, and fit logical ids', () => {
  fc.assert(
    fc.property(linkedEstates, (estate) => {
      const plan = planEstate(estate);
      const names = plan.links
        .flatMap((l) => l.stacks.map((s) => s.name))
        .concat(plan.regions.flatMap((r) => r.stacks.map((s) => s.name)));
      expect(new Set(names).size).toBe(names.length);
      for (const link of plan.links) {
        const ranges = [...link.a.gives, ...link.b.gives];
        expect(new Set(ranges.map((r) => r.id)).size).toBe(ranges.length);
        for (const { id } of ranges) expect(id).toMatch(/^[A-Za-z0-9]+$/);
      }
      for (const group of plan.regions.flatMap((r) => r.securityGroups)) {
        expect(new Set(group.ingress.map((r) => r.id)).size).toBe(group.ingress.length);
        const open = group.ingress.filter((r) => r.protocol === 'all').map((r) => JSON.stringify(r.from));
        expect(new Set(open).size).toBe(open.length);
      }
    }),
    RUNS,
  );
});

test('a gateway stands exactly where a stack of some link is built on it', () => {
  fc.assert(
    fc.property(linkedEstates, (estate) => {
      const plan = planEstate(estate);
      const needed = new Set(
        plan.links.flatMap((l) => l.stacks.flatMap((s) => s.dependsOn)).filter((path) => path.endsWith('/transit')),
      );
      const standing = plan.regions.filter((r) => r.transit !== undefined).map((r) => `${r.name}/transit`);
      expect(new Set(standing)).toEqual(needed);
    }),
    RUNS,
  );
});

test('what a data centre takes from a cloud is what the cloud tells it, and none of its own', () => {
  fc.assert(
    fc.property(linkedEstates, (estate) => {
      const plan = planEstate(estate);
      for (const idc of plan.idcs) {
        for (const neighbor of idc.routers.flatMap((r) => r.neighbors).filter((n) => n.kind !== 'router')) {
          const link = plan.links.find((l) => l.id === neighbor.link)!;
          if (link.kind === 'leased-line') expect(neighbor.accepts).toEqual(link.allowedPrefixes);
          for (const range of neighbor.accepts) expect(containsCidr(cidr(idc.cidr), cidr(range))).toBe(false);
          expect(neighbor.accepts.length).toBeLessThanOrEqual(neighbor.maxPrefixes);
        }
      }
    }),
    RUNS,
  );
});

test('planned for some regions it is that part of the whole plan', () => {
  fc.assert(
    fc.property(linkedEstates, fc.nat(), (estate, pick) => {
      const whole = planEstate(estate);
      const { name } = estate.regions[pick % estate.regions.length]!;
      const part = planEstate(estate, [name]);
      expect(part.regions).toEqual(whole.regions.filter((r) => r.name === name));
      expect(part.idcs).toEqual(whole.idcs);
      const touching = (l: LinkPlan) => l.a.place === name || l.b.place === name || (l.kind === 'transit' && l.through === name);
      expect(part.links).toEqual(whole.links.filter(touching));
    }),
    RUNS,
  );
});

test('where the other regions were read as outlines, too', () => {
  const whole = planEstate(hybrid());
  const part = planEstate(hybrid(['eu-west-1']), ['eu-west-1']);
  expect(part.regions).toEqual(whole.regions.filter((r) => r.name === 'eu-west-1'));
  expect(part.links).toEqual(whole.links.filter((l) => l.path.includes('eu-west-1')));
  expect(part.idcs).toEqual(whole.idcs);
});

describe('a tenth region', () => {
  const nine = Array.from({ length: 9 }, (_, n) => place(n, 'host'));
  const tenth = place(9, 'host');
  const grown = (kind: 'peering' | 'transit', regions = nine, last = tenth): [EstatePlan, EstatePlan] => [
    planEstate(linked(regions, mesh(regions, kind))),
    planEstate(linked([...regions, last], mesh([...regions, last], kind))),
  ];

  test.each(['peering', 'transit'] as const)('joined by %s changes its own plan and its links` only', (kind) => {
    const [before, after] = grown(kind);
    expect(others(after, tenth.name)).toEqual(before.regions);
    expect(after.links.filter((l) => !l.path.includes(tenth.name))).toEqual(before.links);
    expect(after.links.length).toBe(before.links.length + 9);
  });

  test('that gives containers is let in by its links` own stacks: the regions it is linked with stay as they are', () => {
    const [before, after] = grown(
      'transit',
      nine.map((_, n) => place(n)),
      place(9),
    );
    expect(others(after, tenth.name)).toEqual(before.regions);
    const its = after.links.filter((l) => l.path.includes(tenth.name));
    expect(its.map((l) => l.a.admits.map((r) => r.id))).toEqual(its.map(() => ['AllFromR09Containers']));
  });

  test('that nothing is linked with changes nobody', () => {
    const before = planEstate(linked(nine, mesh(nine, 'peering')));
    expect(others(planEstate(linked([...nine, tenth], mesh(nine, 'peering'))), tenth.name)).toEqual(before.regions);
  });
});

test('a members fleet that grows changes no other region, no link and no group', () => {
  const estate = (count: number): Estate => {
    const regions = [withStorage(place(0), count), place(1)];
    return linked(regions, [joined(regions[0]!, regions[1]!, 'transit')]);
  };
  const [before, after] = [planEstate(estate(3)), planEstate(estate(200))];
  expect(after.links).toEqual(before.links);
  expect(after.regions[1]).toEqual(before.regions[1]);
  expect(after.regions[0]?.securityGroups).toEqual(before.regions[0]?.securityGroups);
  expect(after.regions[0]?.transit).toEqual(before.regions[0]?.transit);
});

test('fifty regions of 1,000 hosts in a full mesh are planned, with routes to every container', () => {
  const pool = cidr('128.0.0.0/2');
  const regions = Array.from({ length: 50 }, (_, n) => {
    const of = withStorage(place(n, 'host'), 1000);
    return { ...of, containers: { ...of.containers, mode: 'host-gw' as const, block: subrange(pool, 12, n) } };
  });
  const estate = linked(regions, mesh(regions, 'transit'));
  const plan = planEstate(estate);
  expect(plan.links).toHaveLength(1225);
  expect(plan.regions[0]?.network.routeTables.at(-1)?.routes.length).toBe(1003);
});
