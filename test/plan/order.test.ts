import fc from 'fast-check';
import { deployOrder } from '../../lib/plan/order';
import { planEstate } from '../../lib/plan/plan';
import { runs } from '../runs';
import { example, hybrid, joined, linked, linkedEstates, place } from './linked-fixture';

test('regions come first, side by side; then links; then links through a third region', () => {
  expect(deployOrder(planEstate(hybrid())).map(({ patterns, needs }) => [patterns, needs])).toEqual([
    [['eu-west-1/*', 'us-east-1/*'], []],
    [['links/beijing--us-east-1/*', 'links/eu-west-1--us-east-1/*'], []],
    [['links/beijing--eu-west-1/*'], []],
  ]);
});

test('for one region it names what must stand elsewhere', () => {
  expect(deployOrder(planEstate(example(), ['sa-east-1']))).toEqual([
    { patterns: ['sa-east-1/*'], needs: [], why: expect.any(String) },
    { patterns: ['links/sa-east-1--us-east-1/*'], needs: ['us-east-1/network'], why: expect.any(String) },
  ]);
});

test('the far leg of a link through a region is outside the plan of one end', () => {
  const [one, two, three] = [place(1), place(2), place(3)];
  const links = [joined(one, two, 'transit'), joined(two, three, 'transit'), joined(one, three, 'transit', { through: 'r-02' })];
  const waves = deployOrder(planEstate(linked([one, two, three], links), ['r-01']));
  expect(waves.map((w) => w.patterns)).toEqual([['r-01/*'], ['links/r-01--r-02/*'], ['links/r-01--r-03/*']]);
  expect(waves[2]?.needs).toEqual(['links/r-02--r-03/routes-b', 'r-03/network', 'r-03/transit']);
});

test('a region without links is one wave, an estate without regions none', () => {
  expect(deployOrder(planEstate(linked([place(1)], []))).map((w) => w.patterns)).toEqual([['r-01/*']]);
  expect(deployOrder(planEstate(linked([], [])))).toEqual([]);
});

test('whatever a stack needs was deployed in an earlier wave, or earlier in the same selector', () => {
  fc.assert(
    fc.property(linkedEstates, (estate) => {
      const plan = planEstate(estate);
      const stands = new Set<string>();
      for (const { patterns, needs } of deployOrder(plan)) {
        expect(needs).toEqual([]);
        const before = new Set(stands);
        for (const pattern of patterns) {
          const unit = pattern.slice(0, -2);
          const own = new Set(before);
          for (const region of plan.regions.filter((r) => r.name === unit))
            for (const s of region.stacks) own.add(`${unit}/${s.id}`);
          for (const link of plan.links.filter((l) => `links/${l.path}` === unit)) {
            for (const stack of link.stacks) {
              for (const needed of stack.dependsOn) expect([...own]).toContain(needed);
              own.add(`${unit}/${stack.id}`);
            }
          }
          for (const path of own) stands.add(path);
        }
      }
      for (const link of plan.links) for (const s of link.stacks) expect(stands.has(`links/${link.path}/${s.id}`)).toBe(true);
    }),
    { numRuns: runs(60) },
  );
});
