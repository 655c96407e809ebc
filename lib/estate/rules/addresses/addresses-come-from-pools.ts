import { containsCidr, formatCidr } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { type RangePlace, ranges } from '../places';
import type { Rule } from '../rule';
import { freeBlock } from './free';

/** Every host block lies in the pool of hosts, every container block in the pool of containers. Source: the design of this toolkit. */
export const addressesComeFromPools: Rule = {
  code: 'ADDRESS_OUTSIDE_POOL',
  title: 'Every block lies inside its pool in estate.yaml.',
  why: 'masquerading, firewalls and summary routes know the estate by its pools; an address outside of them is a stranger',
  check: (estate) =>
    ranges(estate)
      .filter(({ kind, range }) => !containsCidr(estate.addressing[kind].pool, range))
      .map(({ kind, range, file, path }) => ({
        file,
        path,
        message: `${formatCidr(range)} is outside the pool of ${kind}, ${formatCidr(estate.addressing[kind].pool)}`,
        ...inside(estate, { kind, range, file, path }),
      })),
};

function inside(estate: Estate, place: Pick<RangePlace, 'kind' | 'range' | 'file' | 'path'>): Advice {
  const free = freeBlock(estate, place.kind, place.range.bits, place);
  const wider = `a wider \`addressing.${place.kind}.pool\` in estate.yaml has room for it as well`;
  return free === undefined ? { fix: wider } : { write: [set(place.path, free)], fix: wider };
}
