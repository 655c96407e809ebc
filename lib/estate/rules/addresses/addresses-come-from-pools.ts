import { containsCidr, formatCidr } from '../../addresses/cidr';
import { ranges } from '../places';
import type { Rule } from '../rule';
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
      .map(({ kind, range, file, path }) => ({
        file,
        path,
        message: `${formatCidr(range)} is outside the pool of ${kind}, ${formatCidr(estate.addressing[kind].pool)}`,
        fix: `write a block of that pool, or widen \`addressing.${kind}.pool\` in estate.yaml`,
      })),
};
