/** Whatever is typed as a name is answered, or refused with names that there are. */
import fc from 'fast-check';
import { answer } from '../../lib/reach/answer';
import { UnknownEndpoint } from '../../lib/reach/endpoint';
import type { World } from '../../lib/reach/world';
import { addNat, joined } from './clouds';

let world: World;
beforeAll(() => {
  const cloud = joined();
  addNat(cloud, 1);
  world = cloud.read();
});

const PARTS = [
  'r1',
  'r2',
  'h',
  '-',
  '/',
  ':',
  ':container',
  '@',
  ' of ',
  's3',
  'nlb',
  'internet',
  'metadata',
  '10.1.1.11',
  '/24',
  '::',
  '.',
  '169.254.169.254',
  '0',
  '%',
  '__proto__',
  'constructor',
];
const name = fc.oneof(
  fc.string(),
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.array(fc.constantFrom(...PARTS), { maxLength: 5 }).map((parts) => parts.join('')),
);

test('a name is a host, a way out, or unknown in words', () => {
  fc.assert(
    fc.property(name, name, (from, to) => {
      try {
        const { yes, code, reason, forward } = answer(world, from, to);
        expect([yes, code === undefined, reason === '', forward.length > 0]).toEqual([yes, yes, false, true]);
      } catch (error) {
        if (!(error instanceof UnknownEndpoint)) throw error;
        expect(error.message).not.toBe('');
        expect(error.known.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  '__proto__',
  'constructor',
  'toString',
  ' ',
  'r1/',
  '/r1',
  'r1//h',
  ':container',
  '@',
  'nlb of nowhere',
  'of',
  ' of r1',
])('refuses "%s"', (wrong) => {
  expect(() => answer(world, 'r1-h-1', wrong)).toThrow(UnknownEndpoint);
});
