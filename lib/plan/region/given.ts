/** What the ends of links give each other, with the names that stand in logical ids. */
import { type Cidr, formatCidr, sameCidr } from '../../estate/cidr';
import { givenRanges, placeOf } from '../../estate/links';
import type { Estate, Idc, LinkEnd, Region } from '../../estate/model';
import { distinctRanges } from '../../estate/ranges';
import type { GivenRange } from '../model';
import { pascal } from '../names';

/** The ranges of an end, in order of address. */
export function planGiven(estate: Estate, end: LinkEnd): GivenRange[] {
  const place = placeOf(estate, end.place);
  if (place === undefined) return [];
  return givenRanges(estate, end).map(({ cidr, kind }) => ({ id: rangeId(place, cidr), cidr: formatCidr(cidr), kind }));
}

/** What several ends of one place give, each range once and none inside another. */
export function planGivenTogether(estate: Estate, ends: readonly LinkEnd[]): GivenRange[] {
  const place = ends[0] === undefined ? undefined : placeOf(estate, ends[0].place);
  if (place === undefined) return [];
  const given = ends.flatMap((end) => givenRanges(estate, end));
  return distinctRanges(given.map((range) => range.cidr)).map((cidr) => {
    const { kind } = given.find((range) => sameCidr(range.cidr, cidr))!;
    return { id: rangeId(place, cidr), cidr: formatCidr(cidr), kind };
  });
}

/** By place and kind where the range is the whole block, else by place and address: never by its position in a list. */
export function rangeId(place: Region | Idc, range: Cidr): string {
  const prefix = pascal(place.name);
  const containers = 'racks' in place ? place.containers : place.containers.block;
  if (sameCidr(place.block, range)) return `${prefix}Hosts`;
  if (containers !== undefined && sameCidr(containers, range)) return `${prefix}Containers`;
  return `${prefix}${range.base.toString(16).padStart(8, '0').toUpperCase()}x${range.bits}`;
}
