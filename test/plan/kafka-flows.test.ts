import { join } from 'node:path';
import fc from 'fast-check';
import type { Estate } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { planFlows } from '../../lib/plan/collection/kafka';
import { mirrorTasks } from '../../lib/plan/collection/mirror-load';
import { planEstate } from '../../lib/plan/plan';
import { ROOT } from '../root';

const { estate } = loadEstate(join(ROOT, 'test/estates/collection')) as { estate: Estate };
const central = estate.regions.find(({ name }) => name === 'us-east-1')!;
const kafkaOf = (region: string, fleet: string) =>
  planEstate(estate)
    .regions.find(({ name }) => name === region)!
    .fleets.find(({ name }) => name === fleet)!.context.cluster.kafka!;

test('a region that comes has the next number, and the others keep theirs', () => {
  const numbers = (of: Estate) => planFlows(of, central).map(({ region, number }) => [region, number]);
  expect(numbers(estate)).toEqual([
    ['ap-south-1', 0],
    ['sa-east-1', 1],
  ]);
  const last = { ...estate.regions.find(({ name }) => name === 'sa-east-1')!, name: 'ap-east-1' };
  const block = { ...last.block, base: (last.block.base + 65_536) as typeof last.block.base };
  expect(numbers({ ...estate, regions: [{ ...last, block }, ...estate.regions] })).toEqual([
    ['ap-east-1', 2],
    ['ap-south-1', 0],
    ['sa-east-1', 1],
  ]);
});

test('mirrors may read at four times the peak where topics are carried on, and nowhere else', () => {
  expect(kafkaOf('sa-east-1', 'brokers').mirrorRate).toBe(40_000_000);
  expect(kafkaOf('us-east-1', 'brokers').mirrorRate).toBe(0);
});

test('a mirror never has more tasks than partitions, and where there are two, at least two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e9 }), (partitions, peak) => {
      const tasks = mirrorTasks(partitions, peak);
      expect(tasks).toBeLessThanOrEqual(partitions);
      expect(tasks).toBeGreaterThanOrEqual(Math.min(2, partitions));
      if (tasks < partitions) expect(tasks * 10_000_000).toBeGreaterThanOrEqual(4 * peak);
    }),
  );
});
