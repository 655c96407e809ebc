/** Where a member stands as it is described, in the words of its lock entry. */
import { addressAt, formatCidr, formatIpv4 } from '../addresses/cidr';
import { zoneLetter, zoneSubnets } from '../addresses/layout';
import { memberContainerRange, memberPlace } from '../addresses/member-number';
import { memberPrefixes } from '../addresses/member-prefixes';
import type { MemberEntry } from '../model/locks';
import type { Cluster, MembersFleet, Region } from '../model/model';
import { memberStackId } from '../stacks/member-stack';

export type MemberStands = Pick<MemberEntry, 'address' | 'containers' | 'stack'>;

/** By member. What a block has no room for is left out: a rule has said so. */
export function memberStands(region: Region, cluster: Cluster, fleet: MembersFleet): (n: number) => MemberStands {
  const subnets = new Map(fleet.zones.map((zone) => [zone, zoneSubnets(region.block, zoneLetter(zone)).members]));
  return (n) => {
    const { zone, offset } = memberPlace(fleet, n);
    const address = fitting(() => formatIpv4(addressAt(subnets.get(zone)!, offset)));
    const containers = fitting(() => containerRange(region, fleet, n));
    return {
      ...(address === undefined ? {} : { address }),
      ...(containers === undefined ? {} : { containers }),
      stack: memberStackId(cluster, fleet, n),
    };
  };
}

function containerRange(region: Region, fleet: MembersFleet, n: number): string | undefined {
  const { mode, block, hostBits } = region.containers;
  if (mode === 'prefix') return formatCidr(memberPrefixes(region, fleet, n)[0]!);
  return mode === 'host-gw' && block !== undefined ? formatCidr(memberContainerRange(block, hostBits, fleet, n)) : undefined;
}

function fitting<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
