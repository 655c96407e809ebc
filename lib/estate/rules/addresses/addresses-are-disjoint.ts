import { formatCidr, overlaps } from '../../addresses/cidr';
import { nextUsable } from '../../addresses/unusable';
import type { Estate } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import type { Problem, Rule } from '../rule';

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
          fix: advice(estate, place, places),
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

function advice(estate: Estate, place: RangePlace, places: readonly RangePlace[]): string {
  const { pool } = estate.addressing[place.kind];
  const free = nextUsable(
    pool,
    place.range.bits,
    places.filter((p) => p !== place).map((p) => p.range),
  );
  return free
    ? `write the next free block, ${formatCidr(free)}, unless hosts stand in this one`
    : `no block of that size is free in ${formatCidr(pool)}`;
}
