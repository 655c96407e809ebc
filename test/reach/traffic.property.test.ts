/** Sets of traffic against single packets: what is in a set is asked one by one. */
import fc from 'fast-check';
import {
  asked,
  both,
  EVERYTHING,
  either,
  isEverything,
  isNothing,
  type Ports,
  portRanges,
  type Traffic,
  without,
} from '../../lib/reach/host/traffic';

const ports = fc
  .array(fc.tuple(fc.nat(65535), fc.nat(65535)), { maxLength: 4 })
  .map((list) => list.map(([a, b]): Ports => (a < b ? [a, b] : [b, a])));
const traffic: fc.Arbitrary<Traffic> = fc
  .record({ tcp: ports, udp: ports, icmp: fc.boolean(), other: fc.boolean() })
  .map((one) => either(one, one));

const packet = fc.oneof(
  fc.record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), port: fc.nat(65535) }),
  fc.record({ protocol: fc.constant('icmp' as const), port: fc.constant(undefined) }),
);
const has = (set: Traffic, { protocol, port }: { protocol: 'tcp' | 'udp' | 'icmp'; port: number | undefined }): boolean =>
  protocol === 'icmp' ? set.icmp : set[protocol].some(([from, to]) => port! >= from && port! <= to);

test('both, either and without say of every packet what they say of sets', () => {
  fc.assert(
    fc.property(traffic, traffic, packet, (a, b, one) => {
      expect(has(both(a, b), one)).toBe(has(a, one) && has(b, one));
      expect(has(either(a, b), one)).toBe(has(a, one) || has(b, one));
      expect(has(without(a, b), one)).toBe(has(a, one) && !has(b, one));
      expect(isNothing(both(a, asked(one.protocol, one.port)))).toBe(!has(a, one));
    }),
  );
});

test('a set and what it lacks are everything, and apart', () => {
  fc.assert(
    fc.property(traffic, (a) => {
      const rest = without(EVERYTHING, a);
      expect(isEverything(either(a, rest))).toBe(true);
      expect(isNothing(both(a, rest))).toBe(true);
      expect(portRanges(EVERYTHING)).toEqual([{ protocol: '-1', fromPort: 0, toPort: 65535 }]);
    }),
  );
});
