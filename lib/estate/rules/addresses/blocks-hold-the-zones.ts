import { formatCidr } from '../../addresses/cidr';
import { BLOCK_BITS } from '../../addresses/layout';
import type { Rule } from '../rule';

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
        fix: `write a block of /${BLOCK_BITS.min} to /${BLOCK_BITS.max}`,
      })),
};
