/** Where a member stands as it is described, in the words of its lock entry. */
import { cidrSize, formatCidr, formatIpv4 } from '../addresses/cidr';
import { zoneLetter, zoneSubnets } from '../addresses/layout';
import { memberContainerRange, memberPlace } from '../addresses/member-number';
import { lowestPrefix, memberPrefixes, prefixSlot } from '../addresses/member-prefixes';
import type { MemberEntry } from '../model/locks';
import type { Cluster, MembersFleet, Region } from '../model/model';
import { memberStackId } from '../stacks/member-stack';

export type MemberStands = Pick<MemberEntry, 'address' | 'containers' | 'stack'>;

/** By member. What a block has no room for is left out: a rule has said so. */
export function memberStands(region: Region, cluster: Cluster, fleet: MembersFleet): (n: number) => MemberStands {
  const subnets = fleet.zones.map((zone) => zoneSubnets(region.block, zoneLetter(zone)).members);
  return (n) => {
    const { zoneIndex, offset } = memberPlace(fleet, n);
    const subnet = subnets[zoneIndex]!;
    const containers = containerRange(region, fleet, n);
    return {
      ...(offset < cidrSize(subnet) ? { address: formatIpv4(subnet.base + offset) } : {}),
      ...(containers === undefined ? {} : { containers }),
      stack: memberStackId(cluster, fleet, n),
    };
  };
}

function containerRange({ block, containers }: Region, fleet: MembersFleet, n: number): string | undefined {
  const { mode, hostBits, prefixesPerHost } = containers;
  if (mode === 'prefix') {
    const subnet = zoneSubnets(block, zoneLetter(memberPlace(fleet, n).zone)).members;
    if (lowestPrefix(subnet, prefixSlot(fleet, n), prefixesPerHost) < 0) return undefined;
    return formatCidr(memberPrefixes({ block, containers }, fleet, n)[0]!);
  }
  if (mode !== 'host-gw' || containers.block === undefined) return undefined;
  const ranges = 2 ** (hostBits - containers.block.bits);
  return fleet.addresses.firstRange + n > ranges
    ? undefined
    : formatCidr(memberContainerRange(containers.block, hostBits, fleet, n));
}
