import fc from 'fast-check';
import type { DriftedResource, RepairItem, RepairPlan } from '../../../lib/deploy/engine';
import { oneVoterAtOnce } from '../../../lib/deploy/repair/one-voter';
import { runs } from '../../runs';

const resource = (logicalId: string): DriftedResource => ({
  logicalId,
  type: 'AWS::EC2::Instance',
  drift: 'modified',
  differences: [],
});
const host = fc
  .record({ fleet: fc.constantFrom('a-core-voters', 'a-kafka-controllers'), number: fc.integer({ min: 1, max: 5 }) })
  .map(({ fleet, number }) => `${fleet}-${number}`);
const item = fc
  .record({ stops: fc.option(host, { nil: undefined }), by: fc.constantFrom('revert' as const, 'start' as const) })
  .map(
    ({ stops, by }): RepairItem => ({
      resource: resource(stops ?? 'X'),
      by,
      ...(by === 'revert' && stops !== undefined ? { stops } : {}),
    }),
  );
const plan = fc.record({
  items: fc.array(item, { maxLength: 4 }),
  left: fc.constant([]),
  down: fc.array(host, { maxLength: 2 }),
});
const fleetOf = (name: string) => name.replace(/-\d+$/, '');

test('whatever drifted, in no fleet is a second voter stopped while one is stopped or down; nothing is forgotten', () => {
  fc.assert(
    fc.property(fc.array(plan, { maxLength: 4 }), (plans: RepairPlan[]) => {
      const after = oneVoterAtOnce(plans);
      const stops = [...new Set(after.flatMap(({ items }) => items.flatMap((one) => one.stops ?? [])))];
      const down = [...new Set(plans.flatMap((one) => one.down))];
      for (const fleet of new Set(stops.map(fleetOf)))
        expect([...stops, ...down].filter((name) => fleetOf(name) === fleet)).toHaveLength(1);
      for (const [at, { items, left }] of after.entries()) expect(items.length + left.length).toBe(plans[at]!.items.length);
    }),
    { numRuns: runs(200) },
  );
});

test('what is started or attached is done all the same: it brings hosts up', () => {
  const start: RepairItem = { resource: resource('M3InstanceG1'), by: 'start' };
  const stop = (name: string): RepairItem => ({ resource: resource(name), by: 'revert', stops: name });
  const [only] = oneVoterAtOnce([{ items: [start, stop('a-v-1')], left: [], down: ['a-v-3'] }]);
  expect(only!.items).toEqual([start]);
  expect(only!.left[0]!.why).toBe('it would stop a-v-1 while a-v-3 is down, and they vote');
});
