/** What the ends of links give each other, with the names that stand in logical ids. */
import { type Cidr, formatCidr, sameCidr } from '../../estate/addresses/cidr';
import type { Idc, Region } from '../../estate/model/model';
import { type ResolvedEnd, rangesTogether } from '../../estate/model/resolved-links';
import type { GivenRangePlan } from '../model';
import { pascal } from '../names';

/** What ends of one place give, each range once and none inside another, in order of address. */
export function planGiven(ends: readonly ResolvedEnd[]): GivenRangePlan[] {
  const place = ends[0]?.at;
  if (place === undefined) return [];
  return rangesTogether(ends).map(({ cidr, kind }) => ({ id: rangeId(place, cidr), cidr: formatCidr(cidr), kind }));
}

/** By place and kind where the range is the whole block, else by place and address: never by its position in a list. */
export function rangeId(place: Region | Idc, range: Cidr): string {
  const prefix = pascal(place.name);
  const containers = 'racks' in place ? place.containers : place.containers.block;
  if (sameCidr(place.block, range)) return `${prefix}Hosts`;
  if (containers !== undefined && sameCidr(containers, range)) return `${prefix}Containers`;
  return `${prefix}${range.base.toString(16).padStart(8, '0').toUpperCase()}x${range.bits}`;
}
