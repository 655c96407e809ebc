/** The choice of pairs of faults. */
import { FAULTS } from './faults';
import { allPairs, seededPairs } from './pairs';

test('every two faults are a pair once', () => {
  const names = allPairs(FAULTS).map(([a, b]) => `${a.name}, ${b.name}`);
  expect(names).toHaveLength((FAULTS.length * (FAULTS.length - 1)) / 2);
  expect(new Set(names).size).toBe(names.length);
});

test('a seed chooses the same pairs again, and another seed others', () => {
  expect(seededPairs(FAULTS, 3, 7)).toEqual(seededPairs(FAULTS, 3, 7));
  expect(seededPairs(FAULTS, 3, 7)).not.toEqual(seededPairs(FAULTS, 3, 8));
});
