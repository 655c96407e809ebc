import fc from 'fast-check';
import { fittingName } from '../../lib/encode/fitting-name';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,199}$/);
const most = fc.integer({ min: 16, max: 128 });

test('a name that fits stays as it is', () => {
  fc.assert(fc.property(name, most, (text, limit) => fittingName(text, limit) === text || text.length > limit));
  expect(fittingName('x'.repeat(64), 64)).toBe('x'.repeat(64));
});

test('one that is too long is its beginning and a digest of all of it', () => {
  expect(fittingName(`example-${'x'.repeat(80)}`, 64)).toBe(`example-${'x'.repeat(47)}-4fc021a2`);
  expect(fittingName(`example-${'-'.repeat(80)}`, 64)).toMatch(/^example-[0-9a-f]{8}$/);
});

test('it fits, stays the same, and no two names become one', () => {
  fc.assert(
    fc.property(name, name, most, (one, other, limit) => {
      const [a, b] = [fittingName(one, limit), fittingName(other, limit)];
      expect(a.length).toBeLessThanOrEqual(limit);
      expect(fittingName(one, limit)).toBe(a);
      expect(a === b).toBe(one === other);
      expect(a).toMatch(/^[a-z][a-z0-9-]*$/);
    }),
  );
  const long = Array.from({ length: 2_000 }, (_, i) => fittingName(`${'fleet'.repeat(20)}-${i}`, 64));
  expect(new Set(long).size).toBe(long.length);
});
