import fc from 'fast-check';
import { backOff } from '../../../lib/host-programs/agent/back-off';

test('waits double from a quarter of a second to half a minute', () => {
  expect([1, 2, 3, 8, 9, 500].map((failures) => backOff(failures, 1))).toEqual([250, 500, 1000, 30_000, 30_000, 30_000]);
});

test('half of each wait is left to chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const most = backOff(failures, 1);
      const wait = backOff(failures, random);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(most / 2));
      expect(wait).toBeLessThanOrEqual(most);
    }),
  );
});

test('a server that wants more time gets it, up to a minute', () => {
  expect([backOff(1, 0, 5), backOff(1, 0, 3600), backOff(500, 1, 5)]).toEqual([5000, 60_000, 30_000]);
});
