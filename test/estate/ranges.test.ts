import fc from 'fast-check';
import {
  type Cidr,
  cidr,
  cidrSize,
  containsAddress,
  formatCidr,
  type Ipv4,
  overlaps,
  sizeOfBits,
} from '../../lib/estate/addresses/cidr';
import { distinctRanges, uncovered } from '../../lib/estate/addresses/ranges';

const list = (texts: string[]) => texts.map(cidr);

test('a range inside another is left out, and the rest are in order of address', () => {
  expect(distinctRanges(list(['10.2.0.0/16', '10.1.128.0/17', '10.1.0.0/16', '10.1.0.0/16'])).map(formatCidr)).toEqual([
    '10.1.0.0/16',
    '10.2.0.0/16',
  ]);
});

test('what no range covers is told as the fewest ranges', () => {
  expect(uncovered(list(['10.1.0.0/16']), list(['10.1.0.0/18'])).map(formatCidr)).toEqual(['10.1.64.0/18', '10.1.128.0/17']);
  expect(uncovered(list(['10.1.0.0/16']), list(['10.1.0.0/17', '10.1.128.0/17']))).toEqual([]);
  expect(uncovered(list(['0.0.0.0/0']), []).map(formatCidr)).toEqual(['0.0.0.0/0']);
});

test('an address is uncovered exactly when it is wanted and in none of the covers', () => {
  const small = fc.tuple(fc.integer({ min: 24, max: 32 }), fc.nat({ max: 255 })).map(([bits, at]): Cidr => {
    const size = sizeOfBits(bits);
    return { base: (0x0a000000 + Math.floor(at / size) * size) as Ipv4, bits };
  });
  fc.assert(
    fc.property(fc.array(small, { maxLength: 5 }), fc.array(small, { maxLength: 5 }), (wanted, by) => {
      const left = uncovered(wanted, by);
      const inside = (ranges: readonly Cidr[], address: number) => ranges.some((r) => containsAddress(r, address));
      for (let a = 0x0a000000; a < 0x0a000100; a++) expect(inside(left, a)).toBe(inside(wanted, a) && !inside(by, a));
      left.forEach((one, i) => {
        for (const other of left.slice(0, i)) expect(overlaps(one, other)).toBe(false);
      });
      expect(left.reduce((sum, r) => sum + cidrSize(r), 0)).toBeLessThanOrEqual(256);
    }),
  );
});
