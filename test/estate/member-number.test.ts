import fc from 'fast-check';
import { cidr, formatCidr, formatIpv4 } from '../../lib/estate/addresses/cidr';
import {
  hostName,
  memberAddress,
  memberContainerRange,
  memberNumber,
  memberNumbers,
  memberPlace,
} from '../../lib/estate/addresses/member-number';

const fleets = fc
  .record({
    zones: fc.subarray(['x-1a', 'x-1b', 'x-1c', 'x-1d', 'x-1e', 'x-1f'], { minLength: 1 }),
    first: fc.integer({ min: 4, max: 500 }),
    perZone: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ zones, first, perZone }) => ({ zones, addresses: { first, perZone, firstRange: 0 } }));

test('a member is found again by its zone and offset', () => {
  fc.assert(
    fc.property(fleets, fc.nat(), (fleet, seed) => {
      const n = 1 + (seed % (fleet.addresses.perZone * fleet.zones.length));
      const place = memberPlace(fleet, n);
      expect(memberNumber(fleet, place.zone, place.offset)).toBe(n);
      expect(place.zone).toBe(fleet.zones[place.zoneIndex]);
      expect(place.offset).toBe(fleet.addresses.first + place.index);
    }),
  );
});

test('every address of the range belongs to one member, and no other address does', () => {
  fc.assert(
    fc.property(fleets, fc.nat(1200), (fleet, offset) => {
      const { first, perZone } = fleet.addresses;
      const inside = offset >= first && offset < first + perZone;
      for (const zone of fleet.zones) {
        const n = memberNumber(fleet, zone, offset);
        expect(n !== undefined).toBe(inside);
        if (n !== undefined) expect(memberPlace(fleet, n)).toMatchObject({ zone, offset });
      }
      expect(memberNumber(fleet, 'x-9z', offset)).toBeUndefined();
    }),
  );
});

test('members stand in turn in the zones', () => {
  const fleet = { zones: ['x-1a', 'x-1c'], addresses: { first: 16, perZone: 8, firstRange: 5 } };
  expect([1, 2, 3, 4, 5].map((n) => memberPlace(fleet, n)).map((p) => `${p.zone}+${p.offset}`)).toEqual([
    'x-1a+16',
    'x-1c+16',
    'x-1a+17',
    'x-1c+17',
    'x-1a+18',
  ]);
  expect(formatIpv4(memberAddress({ block: cidr('10.9.0.0/16') }, fleet, 4))).toBe('10.9.72.17');
  expect(formatCidr(memberContainerRange(cidr('172.16.0.0/16'), 24, fleet, 1))).toBe('172.16.5.0/24');
  expect(() => memberPlace(fleet, 0)).toThrow('numbered from 1');
});

test('a retired member moves nobody', () => {
  expect(memberNumbers({ count: 5, removed: [2, 4] })).toEqual([1, 3, 5]);
  expect(hostName('sa-east-1', 'core', 'voters', 2)).toBe('sa-east-1-core-voters-2');
});
