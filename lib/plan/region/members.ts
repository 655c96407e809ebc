/** Members of a fleet: number, place, address, container range, order of coming up. */
import { addressAt, formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { zoneLetter, zoneSubnets } from '../../estate/addresses/layout';
import { memberContainerRange, memberPlace } from '../../estate/addresses/member-number';
import { memberPrefixes } from '../../estate/addresses/member-prefixes';
import { memberKey } from '../../estate/model/locks';
import type { Cluster, Estate, MembersFleet, Region } from '../../estate/model/model';
import { memberStackId } from '../../estate/stacks/member-stack';
import type { MemberPlan, RetiredMember } from '../model';
import { hostPrefix } from '../names';

/** Members whose lock entry is missing are left out: validation names them, and synth refuses before it comes here. */
export function planMembers(estate: Estate, region: Region, cluster: Cluster, fleet: MembersFleet): MemberPlan[] {
  const lock = estate.locks.members.get(region.name);
  const removed = new Set(fleet.removed);
  const prefix = hostPrefix(region.name, cluster.name, fleet.name);
  const zones = fleet.zones.map((name) => ({
    letter: zoneLetter(name).toUpperCase(),
    members: zoneSubnets(region.block, zoneLetter(name)).members,
  }));
  const planned: MemberPlan[] = [];
  /** Last standing member of each lane: the one that the lane's next member waits for. */
  let lanes: (number | undefined)[] = [];
  let stack = '';
  for (let number = 1; number <= fleet.count; number++) {
    const entry = lock?.members.get(memberKey(cluster.name, fleet.name, number));
    if (removed.has(number) || entry === undefined) continue;
    const place = memberPlace(fleet, number);
    const zone = zones[place.zoneIndex]!;
    const ownStack = memberStackId(cluster, fleet, number);
    if (ownStack !== stack) {
      stack = ownStack;
      lanes = [];
    }
    const lane = (number - 1) % fleet.maxUnavailable;
    const absent = entry.absent === true;
    planned.push({
      number,
      name: `${prefix}-${number}`,
      zone: entry.zone,
      subnet: `Members${zone.letter}`,
      address: formatIpv4(addressAt(zone.members, place.offset)),
      ...containerRange(region, fleet, number),
      ...(region.containers.mode === 'prefix' ? { prefixes: memberPrefixes(region, fleet, number).map(formatCidr) } : {}),
      image: entry.image,
      rootGb: entry.rootGb,
      ...(entry.key === undefined ? {} : { key: entry.key }),
      generation: entry.generation,
      ...(entry.volumes === undefined ? {} : { volumeGenerations: entry.volumes }),
      absent,
      stack,
      ...(lanes[lane] === undefined ? {} : { after: lanes[lane] }),
    });
    if (!absent) lanes[lane] = number;
  }
  return planned;
}

function containerRange(region: Region, fleet: MembersFleet, number: number): { containerRange?: string } {
  const { mode, block, hostBits } = region.containers;
  if (mode !== 'host-gw' || block === undefined) return {};
  return { containerRange: formatCidr(memberContainerRange(block, hostBits, fleet, number)) };
}

/** Who is in the lock and was taken out of the description by number. */
export function planRetired(estate: Estate, region: Region, cluster: Cluster, fleet: MembersFleet): RetiredMember[] {
  const lock = estate.locks.members.get(region.name);
  return [...fleet.removed]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const entry = lock?.members.get(memberKey(cluster.name, fleet.name, number));
      return entry === undefined ? [] : [{ number, generation: entry.generation, stack: memberStackId(cluster, fleet, number) }];
    });
}
