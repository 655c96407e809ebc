/** What is still free: blocks of the pools for places, addresses of a zone for members. */

import { cloudOf } from '../../../clouds/clouds';
import { SUBNET_RESERVED } from '../../../facts/aws/limits';
import { type Cidr, cidr, cidrSize, formatCidr } from '../../addresses/cidr';
import { BLOCK_BITS, ELASTIC_BITS, zoneLetter, zoneSlot, zoneSubnets } from '../../addresses/layout';
import { nextUsable } from '../../addresses/unusable';
import type { Estate, MembersFleet, Region } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import { type FleetPlace, membersFleets } from '../rule';

/**
 * The first range of so many bits in the pool that no other place has, as it is written.
 *
 * @param own the place that would move, whose range counts as free. @default - a new one
 */
export function freeBlock(
  estate: Estate,
  kind: RangePlace['kind'],
  bits: number,
  own?: Pick<RangePlace, 'file' | 'path'>,
): string | undefined {
  const free = nextUsable(estate.addressing[kind].pool, bits, takenBeside(estate, kind, own));
  return free && formatCidr(free);
}

/** Ranges that other places have, and those that clouds of the estate keep for themselves. */
export function takenBeside(estate: Estate, kind: RangePlace['kind'], own?: Pick<RangePlace, 'file' | 'path'>): Cidr[] {
  const others = ranges(estate).filter(({ file, path }) => file !== own?.file || path.join('.') !== own.path.join('.'));
  const kept = estate.regions
    .map(cloudOf)
    .flatMap(({ forbiddenRanges, serviceRanges }) => [...forbiddenRanges, ...(kind === 'hosts' ? serviceRanges : [])]);
  return [...others.map(({ range }) => range), ...[...new Set(kept)].map(cidr)];
}

/** The least prefix length of a region's block: the largest of its subnets is the part of a zone that elastic hosts have. */
export function leastBits(region: Region): number {
  const { network, subnet } = cloudOf(region).leastBits;
  return Math.max(network, subnet - ELASTIC_BITS);
}

/** The last offset of a members subnet that a member may have, and the subnet; undefined where the zones or the block are wrong themselves. */
export function lastAddress(region: Region, fleet: MembersFleet): { readonly subnet: Cidr; readonly last: number } | undefined {
  const letter = fleet.zones.map(zoneLetter).find((l) => zoneSlot(l) !== undefined);
  if (letter === undefined || region.block.bits < leastBits(region) || region.block.bits > BLOCK_BITS.max) return undefined;
  const subnet = zoneSubnets(region.block, letter).members;
  return { subnet, last: cidrSize(subnet) - 1 - cloudOf(region).reservedLast };
}

/** The lowest offset with so many free addresses in each zone of the fleet. */
export function freeFirst(estate: Estate, place: FleetPlace<MembersFleet>, perZone: number): number | undefined {
  const starts = [SUBNET_RESERVED.first, ...neighbours(estate, place).map(({ end }) => end)].sort((a, b) => a - b);
  return starts.find((first) => isFreeFrom(estate, place, first, perZone));
}

/** Whether the fleet could have so many addresses from that offset in each of its zones. */
export function isFreeFrom(estate: Estate, place: FleetPlace<MembersFleet>, first: number, perZone: number): boolean {
  const last = lastAddress(place.region, place.fleet)?.last;
  return (
    perZone > 0 &&
    first >= SUBNET_RESERVED.first &&
    (last === undefined || first + perZone - 1 <= last) &&
    neighbours(estate, place).every((other) => other.end <= first || first + perZone <= other.first)
  );
}

/** Offsets of the fleets that share a zone with it. */
function neighbours(
  estate: Estate,
  { region, fleet }: FleetPlace<MembersFleet>,
): { readonly first: number; readonly end: number }[] {
  return membersFleets(estate)
    .filter((p) => p.region === region && p.fleet !== fleet && p.fleet.zones.some((zone) => fleet.zones.includes(zone)))
    .map(({ fleet: { addresses } }) => ({ first: addresses.first, end: addresses.first + addresses.perZone }));
}
