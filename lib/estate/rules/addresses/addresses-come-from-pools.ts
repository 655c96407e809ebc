import { containsCidr, formatCidr } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import type { Estate } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import type { Rule } from '../rule';
import { freeBlock } from './free';
import { moved } from './moved';
import { unusable } from './ranges-are-usable';

/** Every host block lies in the pool of hosts, every container block in the pool of containers. Source: the design of this toolkit. */
export const addressesComeFromPools: Rule = {
  code: 'ADDRESS_OUTSIDE_POOL',
  title: 'Every block lies inside its pool in estate.yaml.',
  why: 'masquerading, firewalls and summary routes know the estate by its pools; an address outside of them is a stranger',
  check: (estate) =>
    ranges(estate)
      // What no place may have is told of where it stands, once.
      .filter((place) => !containsCidr(estate.addressing[place.kind].pool, place.range) && unusable(estate, place) === undefined)
      .map((place) => ({
        file: place.file,
        path: place.path,
        message: `${formatCidr(place.range)} is outside the pool of ${place.kind}, ${formatCidr(estate.addressing[place.kind].pool)}`,
        ...inside(estate, place),
      })),
};

function inside(estate: Estate, place: RangePlace): Advice {
  const free = freeBlock(estate, place.kind, place.range.bits, place);
  const wider = `a wider \`addressing.${place.kind}.pool\` in estate.yaml has room for it as well`;
  return free === undefined ? { fix: wider } : { write: [moved(estate, place, free)], fix: wider };
}
