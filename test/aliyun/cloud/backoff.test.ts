import fc from 'fast-check';
import { backoff, RETRY_POLICY, retrying } from '../../../lib/aliyun/cloud/backoff';
import { Throttled } from '../../../lib/aliyun/cloud/errors';
import { jumpingClock } from './fake-rpc';

const throttled = (retryAfterMs?: number) => new Throttled({ code: 'Throttling', message: 'x', wayOn: 'y', retryAfterMs });
const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });

test('a wait is between nothing and a bound that doubles, and never shorter than the service asks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), chance, fc.integer({ min: 0, max: 300_000 }), (attempt, random, asked) => {
      const wait = backoff(attempt, RETRY_POLICY, random, asked);
      expect(wait).toBeGreaterThanOrEqual(asked);
      expect(wait).toBeLessThanOrEqual(asked + Math.min(RETRY_POLICY.longestMs, RETRY_POLICY.firstMs * 2 ** (attempt - 1)));
    }),
  );
});

test('however throttled, attempts and time are bounded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      chance,
      fc.integer({ min: 0, max: 20_000 }),
      async (attempts, random, asked) => {
        const clock = jumpingClock(random);
        const began = clock.now();
        let sent = 0;
        const act = async () => {
          sent++;
          throw throttled(asked);
        };
        await expect(retrying(act, { repeatable: true, policy: { ...RETRY_POLICY, attempts }, clock })).rejects.toBeInstanceOf(
          Throttled,
        );
        expect(sent).toBeLessThanOrEqual(attempts);
        expect(clock.now() - began).toBeLessThanOrEqual(RETRY_POLICY.budgetMs);
      },
    ),
    { numRuns: 30 },
  );
});

test('at 30 % throttling 10,000 calls are answered, with less than twice as many requests', async () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  let sent = 0;
  for (let call = 0; call < 10_000; call++) {
    await retrying(
      async () => {
        sent++;
        if (random() < 0.3) throw throttled();
      },
      { repeatable: true, policy: RETRY_POLICY, clock: { now: () => 0, random, sleep: async () => {} } },
    );
  }
  expect(sent).toBeLessThan(20_000);
});

test('what is no failure of Aliyun is not tried again', async () => {
  let sent = 0;
  const act = async () => {
    sent++;
    throw new TypeError('a mistake of ours');
  };
  await expect(retrying(act, { repeatable: true, policy: RETRY_POLICY, clock: jumpingClock() })).rejects.toThrow(TypeError);
  expect(sent).toBe(1);
});
