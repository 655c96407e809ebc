import fc from 'fast-check';
import { RateLimit } from '../../../lib/host-programs/agent/rate-limit';

test('without a limit nobody waits', () => {
  expect(new RateLimit(0, 0).spend(1e12, 0)).toBe(0);
});

test('who waits as told sends no more than the limit, and a second of it at once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 50 }), (batches) => {
      const limit = new RateLimit(1000, 0);
      let now = 0;
      let sent = 0;
      for (const bytes of batches) {
        expect(sent).toBeLessThanOrEqual(1000 + now);
        sent += bytes;
        now += limit.spend(bytes, now);
      }
    }),
  );
});

test('what was not used for an hour is not made up for', () => {
  const limit = new RateLimit(1000, 0);
  expect(limit.spend(3000, 3_600_000)).toBe(2000);
});
