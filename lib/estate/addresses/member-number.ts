/**
 * Where a member stands. Member n of a fleet over Z zones stands in zone (n - 1) mod Z, at offset
 * first + floor((n - 1) / Z) of that zone's members subnet. Never by its position in a list: a member removed in the
 * middle moves nobody, and a host finds its own number from its address with the same arithmetic.
 */

import type { MembersFleet, Region } from '../model/model';
import type { Cidr, Ipv4 } from './cidr';
import { addressAt, subrange } from './cidr';
import { zoneLetter, zoneSubnets } from './layout';

/** What of a fleet decides where its members stand. */
export type MemberPlaces = Pick<MembersFleet, 'zones' | 'addresses'>;

export interface MemberPlace {
  /** Index into the fleet's zones. */
  readonly zoneIndex: number;
  /** Name of the zone. */
  readonly zone: string;
  /** Which of the fleet's members in that zone, from 0. */
  readonly index: number;
  /** Offset from the base of the zone's members subnet. */
  readonly offset: number;
}

/** The place of member `n` (from 1); throws for a number below 1 or a fleet without zones. */
export function memberPlace(fleet: MemberPlaces, n: number): MemberPlace {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`members are numbered from 1: ${n}`);
  const zones = fleet.zones.length;
  const zoneIndex = (n - 1) % zones;
  const zone = fleet.zones[zoneIndex];
  if (zone === undefined) throw new RangeError('a fleet without zones has no members');
  const index = Math.floor((n - 1) / zones);
  return { zoneIndex, zone, index, offset: fleet.addresses.first + index };
}

/** The number of the member at `offset` in the zone; undefined where no member of the fleet can stand. */
export function memberNumber(fleet: MemberPlaces, zone: string, offset: number): number | undefined {
  const zoneIndex = fleet.zones.indexOf(zone);
  const index = offset - fleet.addresses.first;
  if (zoneIndex < 0 || index < 0 || index >= fleet.addresses.perZone) return undefined;
  return index * fleet.zones.length + zoneIndex + 1;
}

/** The fixed address of member `n`. */
export function memberAddress(region: Pick<Region, 'block'>, fleet: MemberPlaces, n: number): Ipv4 {
  const place = memberPlace(fleet, n);
  return addressAt(zoneSubnets(region.block, zoneLetter(place.zone)).members, place.offset);
}

/** The container range of member `n` in the region's container block (mode host-gw). */
export function memberContainerRange(block: Cidr, hostBits: number, fleet: MemberPlaces, n: number): Cidr {
  return subrange(block, hostBits, fleet.addresses.firstRange + n - 1);
}

/** The numbers of a fleet's members that are not retired, ascending. */
export function memberNumbers(fleet: Pick<MembersFleet, 'count' | 'removed'>): number[] {
  const removed = new Set(fleet.removed);
  const numbers: number[] = [];
  for (let n = 1; n <= fleet.count; n++) if (!removed.has(n)) numbers.push(n);
  return numbers;
}

/** `<region>-<cluster>-<fleet>-<number>`: the host's name everywhere. */
export function hostName(region: string, cluster: string, fleet: string, number: number): string {
  return `${region}-${cluster}-${fleet}-${number}`;
}
