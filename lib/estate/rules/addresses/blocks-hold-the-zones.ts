import { type Cidr, containsCidr, formatCidr, sizeOfBits } from '../../addresses/cidr';
import { BLOCK_BITS } from '../../addresses/layout';
import { nextUsable } from '../../addresses/unusable';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import type { Rule } from '../rule';
import { freeBlock, leastBits, takenBeside } from './free';

/** A region's block is small enough for the cloud, and so large that eight zones with their subnets fit. Source: "VPC CIDR blocks" and "Subnet CIDR blocks" (/16 to /28); Aliyun VPC, "CreateVpc" (/8 to /28), "CreateVSwitch" (/16 to /29). */
export const blocksHoldTheZones: Rule = {
  code: 'BLOCK_SIZE',
  title: 'The host block of an AWS region is /16 to /20, of an Aliyun region /12 to /20.',
  why: 'a VPC of AWS is /16 at most and a vSwitch of Aliyun too, and below /20 the subnets of a zone would be smaller than /28',
  check: (estate) =>
    estate.regions
      .filter((region) => region.block.bits < leastBits(region) || region.block.bits > BLOCK_BITS.max)
      .map((region) => ({
        file: region.file,
        path: ['block'],
        message: `${formatCidr(region.block)} is /${region.block.bits}`,
        ...(sized(estate, region) ?? { fix: `choose a block of /${leastBits(region)} to /${BLOCK_BITS.max}` }),
      })),
};

/** The nearest size at the same place, or at a free one. */
function sized(estate: Estate, region: Region): Advice | undefined {
  const bits = Math.min(Math.max(region.block.bits, leastBits(region)), BLOCK_BITS.max);
  const size = sizeOfBits(bits);
  const here: Cidr = { base: (Math.floor(region.block.base / size) * size) as Cidr['base'], bits };
  const own = { file: region.file, path: ['block'] };
  const isFree =
    containsCidr(estate.addressing.hosts.pool, here) && nextUsable(here, bits, takenBeside(estate, 'hosts', own)) !== undefined;
  const value = isFree ? formatCidr(here) : freeBlock(estate, 'hosts', bits, own);
  return value === undefined ? undefined : { write: [set(own.path, value)] };
}
