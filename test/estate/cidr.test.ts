import fc from 'fast-check';
import {
  addressAt,
  type Cidr,
  cidr,
  cidrSize,
  containsCidr,
  formatCidr,
  formatIpv4,
  type Ipv4,
  nextFree,
  overlaps,
  parseCidr,
  parseIpv4,
  sizeOfBits,
  subrange,
} from '../../lib/estate/addresses/cidr';

const anyCidr = fc
  .tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
  .map(([n, bits]): Cidr => ({ base: (n - (n % sizeOfBits(bits))) as Ipv4, bits }));

test('what is formatted parses back to the same', () => {
  fc.assert(fc.property(anyCidr, (range) => expect(parseCidr(formatCidr(range))).toEqual(range)));
  fc.assert(fc.property(fc.nat(0xffffffff), (n) => expect(parseIpv4(formatIpv4(n))).toBe(n)));
});

test.each([
  '10.0.0.1/16',
  '10.0.0.0/33',
  '10.0.0.0',
  '10.0.0/8',
  '010.0.0.0/8',
  '10.0.0.0/08',
  '256.0.0.0/8',
  ' 10.0.0.0/8',
  '10.0.0.0/-1',
  '',
])('"%s" is no range', (text) => {
  expect(parseCidr(text)).toBeUndefined();
  expect(() => cidr(text)).toThrow(RangeError);
});

test('two ranges overlap exactly when they share an address', () => {
  fc.assert(
    fc.property(anyCidr, anyCidr, (a, b) => {
      const shares = a.base < b.base + cidrSize(b) && b.base < a.base + cidrSize(a);
      expect(overlaps(a, b)).toBe(shares);
      expect(overlaps(b, a)).toBe(shares);
    }),
  );
});

test('the parts of a range are inside it and apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 8 }), fc.nat(), fc.nat(), (bits, more, i, j) => {
      const range = { base: 0 as Ipv4, bits };
      const count = 2 ** more;
      const [a, b] = [subrange(range, bits + more, i % count), subrange(range, bits + more, j % count)];
      expect(containsCidr(range, a)).toBe(true);
      expect(overlaps(a, b)).toBe(i % count === j % count);
    }),
  );
});

describe('nextFree', () => {
  const pool = cidr('10.0.0.0/16');
  const inside = fc.tuple(fc.nat(0xffff), fc.integer({ min: 16, max: 28 })).map(([n, bits]): Cidr => {
    const size = sizeOfBits(bits);
    return { base: (pool.base + n - (n % size)) as Ipv4, bits };
  });

  test('gives a range of the pool that nothing overlaps, and the first such', () => {
    fc.assert(
      fc.property(fc.array(inside, { maxLength: 12 }), fc.integer({ min: 16, max: 24 }), (taken, bits) => {
        const all = Array.from({ length: 2 ** (bits - pool.bits) }, (_, i) => subrange(pool, bits, i));
        const expected = all.find((range) => !taken.some((t) => overlaps(t, range)));
        expect(nextFree(pool, bits, taken)).toEqual(expected);
      }),
    );
  });

  test('fills a pool to its last block and then gives nothing', () => {
    const taken: Cidr[] = [];
    for (let range = nextFree(pool, 20, taken); range; range = nextFree(pool, 20, taken)) taken.push(range);
    expect(taken.map(formatCidr)).toEqual(Array.from({ length: 16 }, (_, i) => `10.0.${i * 16}.0/20`));
  });

  test('gives nothing that is larger than the pool', () => {
    expect(nextFree(pool, 15, [])).toBeUndefined();
  });
});

test('addresses and parts outside a range are refused', () => {
  expect(() => addressAt(cidr('10.0.0.0/30'), 4)).toThrow('outside 10.0.0.0/30');
  expect(() => subrange(cidr('10.0.0.0/30'), 31, 2)).toThrow('no range 2');
});
