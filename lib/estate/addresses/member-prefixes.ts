/**
 * The /28 prefixes of a member's interface (mode prefix). They are planned, because the cloud would take any free /28, and with it the
 * fixed address of a member that comes later. They lie at the end of the zone's members subnet and go down: nobody moves when a fleet
 * grows.
 *
 *   members subnet   | members' addresses ->            free            <- prefixes | last /28 |
 */
import { PREFIX_BITS } from '../../facts/aws/limits';
import type { Region } from '../model/model';
import { type Cidr, cidrSize, subrange } from './cidr';
import { zoneLetter, zoneSubnets } from './layout';
import { type MemberPlaces, memberPlace } from './member-number';

/** Addresses of one prefix. */
export const PREFIX_SIZE = 2 ** (32 - PREFIX_BITS);

/** Which host of its zone member `n` is when prefixes are given out; `firstRange` counts members over all zones, as in host-gw. */
export function prefixSlot(fleet: MemberPlaces, n: number): number {
  return Math.floor(fleet.addresses.firstRange / fleet.zones.length) + memberPlace(fleet, n).index;
}

/** The lowest /28 of a slot, counted from the start of the subnet; negative when the subnet is too small. */
export function lowestPrefix(subnet: Cidr, slot: number, prefixesPerHost: number): number {
  // The last /28 holds the address that the cloud keeps.
  const usable = cidrSize(subnet) / PREFIX_SIZE - 1;
  return usable - (slot + 1) * prefixesPerHost;
}

/** The prefixes of member `n`, ascending; throws a RangeError where the subnet is too small: a rule has said so. */
export function memberPrefixes(region: Pick<Region, 'block' | 'containers'>, fleet: MemberPlaces, n: number): Cidr[] {
  const subnet = zoneSubnets(region.block, zoneLetter(memberPlace(fleet, n).zone)).members;
  const { prefixesPerHost } = region.containers;
  const lowest = lowestPrefix(subnet, prefixSlot(fleet, n), prefixesPerHost);
  return Array.from({ length: prefixesPerHost }, (_, i) => subrange(subnet, PREFIX_BITS, lowest + i));
}
