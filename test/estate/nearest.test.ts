import fc from 'fast-check';
import { editDistance, nearest } from '../../lib/estate/findings/nearest';

test('the distance is nothing to itself, the same both ways, and one for a slip', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(fc.property(word, (a) => expect(editDistance(a, a)).toBe(0)));
  fc.assert(fc.property(word, word, (a, b) => expect(editDistance(a, b)).toBe(editDistance(b, a))));
  expect([
    editDistance('docker', 'dokcer'),
    editDistance('docker', 'dockers'),
    editDistance('docker', 'doker'),
    editDistance('docker', 'locker'),
  ]).toEqual([1, 1, 1, 1]);
});

test('a distance is told up to the one that was asked for, and as that one from there on', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 9 });
  fc.assert(
    fc.property(word, word, fc.nat(9), (a, b, most) => expect(editDistance(a, b, most)).toBe(Math.min(most, editDistance(a, b)))),
  );
});

test('the nearest name is told only when it is near', () => {
  expect(nearest('sa-esat-1', ['sa-east-1', 'us-east-1'])).toBe('sa-east-1');
  expect(nearest('Docker', ['docker'])).toBe('docker');
  expect(nearest('banana', ['docker', 'etcd'])).toBeUndefined();
  expect(nearest('x'.repeat(10_000), ['docker'])).toBeUndefined();
});

test('of two that are as near the first of the alphabet is told', () => {
  expect(nearest('ab', ['ad', 'ac'])).toBe('ac');
});
