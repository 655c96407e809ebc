/** Loads for property tests. */
import fc from 'fast-check';
import type { PlaceInput } from '../../lib/collection/sizing';
import { cloudRegionId } from '../../lib/facts/region';

export const DAY = 86_400;

/** A place as `meissa size collection` asks for it. */
export function place(over: Partial<PlaceInput['own']> = {}, more: Partial<PlaceInput> = {}): PlaceInput {
  return {
    place: 'the region',
    own: {
      region: 'us-east-1',
      cloudRegion: cloudRegionId('us-east-1'),
      peak: 50e6,
      average: 20e6,
      lineBytes: 500,
      growth: 1.5,
      topics: [{ share: 1, retention: 7 * DAY, replication: 3 }],
      ...over,
    },
    carried: [],
    leaves: false,
    size: 'standard',
    whenFull: 'refuse',
    zones: 3,
    keep: 7 * DAY,
    outage: DAY,
    ...more,
  };
}

/** Anything that the command line takes, within what disks of one cluster may hold. */
export const load = fc.record({
  peak: fc.integer({ min: 1_000, max: 500_000_000 }),
  part: fc.double({ min: 0.01, max: 1, noNaN: true }),
  lineBytes: fc.integer({ min: 10, max: 100_000 }),
  growth: fc.double({ min: 1, max: 3, noNaN: true }),
  retention: fc.integer({ min: 3600, max: 30 * DAY }),
  replication: fc.integer({ min: 2, max: 5 }),
  zones: fc.integer({ min: 1, max: 4 }),
  keep: fc.integer({ min: 3600, max: 14 * DAY }),
});

export type Load = ReturnType<typeof load.generate> extends { value: infer V } ? V : never;

/** A place of a generated load. */
export function placeOfLoad({ peak, part, lineBytes, growth, retention, replication, zones, keep }: Load): PlaceInput {
  const topics = [{ share: 1, retention, replication }];
  return place({ peak, average: peak * part, lineBytes, growth, topics }, { zones, keep });
}
