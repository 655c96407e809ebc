/**
 * How a region's block is divided. The layout depends on the zone's letter alone, so that a zone added later, or
 * another order in the file, moves nobody's addresses.
 *
 *   block /16 -> eight zones of /19 (letters a to h; i to p, which Aliyun has too, take the same places again), and in each zone:
 *     first /24          public      NAT gateways, load balancers
 *     second /24         attachment  its first /28, for a transit gateway; the rest stays free
 *     second quarter     members     /21, fixed addresses
 *     upper half         elastic     /20, addresses the cloud gives
 *
 * A block of /20 is the smallest: there the public subnet is a /28, the smallest that a VPC takes.
 */
import { VPC_BITS } from '../../facts/aws/limits';
import { type Cidr, subrange } from './cidr';

export { zoneLetter } from '../../facts/zones';

/** Zones of a block: three bits. */
const ZONE_BITS = 3;

/** Least and greatest prefix length of a region's block ("Subnet CIDR blocks": a VPC is /16 at most, a subnet /28 at least). */
export const BLOCK_BITS = { min: VPC_BITS.least, max: 20 } as const;

/** A zone's largest subnet, that of elastic hosts, is so many bits longer than the block. */
export const ELASTIC_BITS = ZONE_BITS + 1;

export interface ZoneSubnets {
  readonly public: Cidr;
  readonly attachment: Cidr;
  readonly members: Cidr;
  readonly elastic: Cidr;
}

/** The zone's place in the block, 0 for `a` to 7 for `h`, and again from 0 for `i` to 7 for `p`; undefined beyond. */
export function zoneSlot(letter: string): number | undefined {
  const slot = letter.length === 1 ? letter.charCodeAt(0) - 97 : -1;
  return slot >= 0 && slot < 2 * 2 ** ZONE_BITS ? slot % 2 ** ZONE_BITS : undefined;
}

/** The range of one zone; throws for a letter beyond `p`. */
export function zoneRange(block: Cidr, letter: string): Cidr {
  const slot = zoneSlot(letter);
  if (slot === undefined) throw new RangeError(`no place for zone letter ${JSON.stringify(letter)} in a region's block`);
  return subrange(block, block.bits + ZONE_BITS, slot);
}

/** The subnets of one zone; throws for a letter beyond `p` or a block smaller than /20. */
export function zoneSubnets(block: Cidr, letter: string): ZoneSubnets {
  const zone = zoneRange(block, letter);
  const small = zone.bits + 5;
  if (small > VPC_BITS.most) throw new RangeError(`a block of /${block.bits} is too small for the subnets of a zone`);
  return {
    public: subrange(zone, small, 0),
    attachment: subrange(subrange(zone, small, 1), VPC_BITS.most, 0),
    members: subrange(zone, zone.bits + 2, 1),
    elastic: subrange(zone, zone.bits + 1, 1),
  };
}
