import { cidr, containsCidr, formatCidr, formatIpv4, overlaps } from '../../lib/estate/addresses/cidr';
import { zoneLetter, zoneRange, zoneSlot, zoneSubnets } from '../../lib/estate/addresses/layout';

const LETTERS = [...'abcdefgh'];

test('a zone of a /16 has a public /24, an attachment /28, members /21 and elastic /20', () => {
  const subnets = zoneSubnets(cidr('10.9.0.0/16'), 'b');
  expect(Object.fromEntries(Object.entries(subnets).map(([k, v]) => [k, formatCidr(v)]))).toEqual({
    public: '10.9.32.0/24',
    attachment: '10.9.33.0/28',
    members: '10.9.40.0/21',
    elastic: '10.9.48.0/20',
  });
});

test.each([16, 17, 18, 19, 20])(
  'the subnets of a /%i lie inside their zone, apart from each other, and are /28 at least',
  (bits) => {
    const block = { ...cidr('10.0.0.0/16'), bits };
    const all = LETTERS.flatMap((letter) => {
      const subnets = Object.values(zoneSubnets(block, letter));
      for (const subnet of subnets) expect(containsCidr(zoneRange(block, letter), subnet)).toBe(true);
      return subnets;
    });
    all.forEach((a, i) => {
      expect(a.bits).toBeLessThanOrEqual(28);
      for (const b of all.slice(0, i)) expect(overlaps(a, b)).toBe(false);
    });
  },
);

test('a smaller block or a zone beyond p has no subnets, and zone i has those of a', () => {
  expect(() => zoneSubnets(cidr('10.0.0.0/21'), 'a')).toThrow('too small');
  expect(() => zoneSubnets(cidr('10.0.0.0/16'), 'q')).toThrow('zone letter "q"');
  expect(zoneSubnets(cidr('10.0.0.0/16'), 'i')).toEqual(zoneSubnets(cidr('10.0.0.0/16'), 'a'));
});

test('the letter of a zone is the last of its name', () => {
  expect(zoneLetter('sa-east-1a')).toBe('a');
  expect(zoneLetter('cn-beijing-h')).toBe('h');
  expect(zoneLetter('sa-east-1')).toBe('');
  expect(zoneSlot('a')).toBe(0);
  expect(zoneSlot('')).toBeUndefined();
});

test('the public and members subnets start at the same place whatever the other zones are', () => {
  expect(formatIpv4(zoneSubnets(cidr('10.0.0.0/16'), 'h').members.base)).toBe('10.0.232.0');
});
