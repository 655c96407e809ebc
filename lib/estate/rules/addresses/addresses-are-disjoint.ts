import { formatCidr, overlaps } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import type { Estate } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import type { Problem, Rule } from '../rule';
import { freeBlock } from './free';
import { moved } from './moved';

/** No two host blocks or container ranges of any region or data centre overlap. Source: "VPC peering limitations" (overlapping CIDR blocks). */
export const addressesAreDisjoint: Rule = {
  code: 'ADDRESS_OVERLAP',
  title: 'No two host blocks or container ranges overlap, in any region of any provider or any data centre.',
  why: 'a packet for such an address has two destinations, and no peering, transit gateway or leased line can ever join the two places',
  check(estate) {
    const places = ranges(estate).sort((a, b) => a.range.base - b.range.base || a.range.bits - b.range.bits);
    const problems: Problem[] = [];
    // Ranges nest or are disjoint: whatever overlaps the next range stands on this stack.
    let open: RangePlace[] = [];
    for (const place of places) {
      open = open.filter((other) => overlaps(other.range, place.range));
      for (const other of open) {
        problems.push({
          file: place.file,
          path: place.path,
          message: `${label(place)} overlaps ${label(other)}`,
          ...advice(estate, place),
          also: [estate.locate(other.file, other.path)],
        });
      }
      open.push(place);
    }
    return problems;
  },
};

function label(place: RangePlace): string {
  return `${formatCidr(place.range)} (${place.kind} of ${place.of})`;
}

function advice(estate: Estate, place: RangePlace): Advice {
  const free = freeBlock(estate, place.kind, place.range.bits, place);
  if (free === undefined) return { fix: `no block of that size is free in ${formatCidr(estate.addressing[place.kind].pool)}` };
  return { write: [moved(estate, place, free)], fix: 'the next free block, unless hosts stand in this one' };
}
