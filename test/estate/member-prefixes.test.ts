import fc from 'fast-check';
import { cidr, containsCidr, formatCidr, overlaps } from '../../lib/estate/addresses/cidr';
import { zoneSubnets } from '../../lib/estate/addresses/layout';
import { memberAddress } from '../../lib/estate/addresses/member-number';
import { memberPrefixes } from '../../lib/estate/addresses/member-prefixes';

const ZONES = ['x-1a', 'x-1b', 'x-1c'];

function regionOf(prefixesPerHost: number) {
  const containers = { mode: 'prefix', hostBits: 28, prefixesPerHost, openTo: ['containers'] } as const;
  return { block: cidr('10.9.0.0/16'), containers };
}

const fleetOf = (first: number, firstRange: number) => ({ zones: ZONES, addresses: { first, perZone: 64, firstRange } });

test('prefixes are /28s at the end of the zone’s members subnet, before the last one, and go down', () => {
  const prefixes = (n: number) => memberPrefixes(regionOf(2), fleetOf(16, 0), n).map(formatCidr);
  expect(prefixes(1)).toEqual(['10.9.15.208/28', '10.9.15.224/28']);
  expect(prefixes(2)).toEqual(['10.9.47.208/28', '10.9.47.224/28']);
  expect(prefixes(4)).toEqual(['10.9.15.176/28', '10.9.15.192/28']);
});

test('a fleet’s hosts begin after those that firstRange counts before, in each zone', () => {
  const after = memberPrefixes(regionOf(1), fleetOf(64, 48), 1).map(formatCidr);
  expect(after).toEqual(memberPrefixes(regionOf(1), fleetOf(16, 0), 49).map(formatCidr));
});

test('no two members meet, none meets an address, and a later one changes nobody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 60 }), (each, count) => {
      const region = regionOf(each);
      const fleet = fleetOf(16, 0);
      const numbers = Array.from({ length: count }, (_, i) => i + 1);
      const all = numbers.map((n) => memberPrefixes(region, fleet, n));
      const flat = all.flat();
      // One expectation, not one a pair: there are 1.6 million.
      expect(flat.filter((one, i) => flat.slice(i + 1).some((other) => overlaps(one, other)))).toEqual([]);
      for (const [i, prefixes] of all.entries()) {
        const subnet = zoneSubnets(region.block, 'abc'[i % 3]!).members;
        for (const prefix of prefixes) expect(containsCidr(subnet, prefix)).toBe(true);
      }
      const addresses = numbers.map((n) => ({ base: memberAddress(region, fleet, n), bits: 32 }));
      expect(flat.filter((prefix) => addresses.some((address) => overlaps(prefix, address)))).toEqual([]);
    }),
  );
});
