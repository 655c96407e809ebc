import { cloudOf } from '../../../clouds/clouds';
import { formatCidr } from '../../addresses/cidr';
import { BLOCK_BITS, ELASTIC_BITS } from '../../addresses/layout';
import type { Region } from '../../model/model';
import type { Rule } from '../rule';

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
        fix: `write a block of /${leastBits(region)} to /${BLOCK_BITS.max}`,
      })),
};

/** The largest of its subnets is the part of a zone that elastic hosts have. */
function leastBits(region: Region): number {
  const { network, subnet } = cloudOf(region).leastBits;
  return Math.max(network, subnet - ELASTIC_BITS);
}
