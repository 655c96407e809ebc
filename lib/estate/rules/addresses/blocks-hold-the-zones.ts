import { type Cidr, containsCidr, formatCidr, overlaps, sizeOfBits } from '../../addresses/cidr';
import { BLOCK_BITS } from '../../addresses/layout';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { ranges } from '../places';
import type { Rule } from '../rule';
import { freeBlock } from './free';

/** A region's block is /16 to /20, so that eight zones with their subnets fit. Source: "VPC CIDR blocks" and "Subnet CIDR blocks" (/16 to /28). */
export const blocksHoldTheZones: Rule = {
  code: 'BLOCK_SIZE',
  title: 'The host block of an AWS region is /16 to /20.',
  why: 'a VPC is /16 at most, and below /20 the subnets of a zone would be smaller than /28',
  check: (estate) =>
    estate.regions
      .filter(({ provider, block }) => provider === 'aws' && (block.bits < BLOCK_BITS.min || block.bits > BLOCK_BITS.max))
      .map(({ file, block }) => ({
        file,
        path: ['block'],
        message: `${formatCidr(block)} is /${block.bits}`,
        ...(sized(estate, file, block) ?? { fix: `choose a block of /${BLOCK_BITS.min} to /${BLOCK_BITS.max}` }),
      })),
};

/** The nearest size at the same place, or at a free one. */
function sized(estate: Estate, file: string, block: Cidr): Advice | undefined {
  const bits = Math.min(Math.max(block.bits, BLOCK_BITS.min), BLOCK_BITS.max);
  const size = sizeOfBits(bits);
  const here = { base: (Math.floor(block.base / size) * size) as Cidr['base'], bits };
  const own = { file, path: ['block'] };
  const isFree =
    containsCidr(estate.addressing.hosts.pool, here) &&
    ranges(estate).every((place) => (place.file === file && place.path[0] === 'block') || !overlaps(place.range, here));
  const value = isFree ? formatCidr(here) : freeBlock(estate, 'hosts', bits, own);
  return value === undefined ? undefined : { write: [set(own.path, value)] };
}
