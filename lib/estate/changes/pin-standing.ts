/** `meissa pin <region> --from live`: a members lock that was lost, written again from what stands. What nobody can know is not guessed. */
import { containsAddress, parseIpv4 } from '../addresses/cidr';
import { zoneLetter, zoneSubnets } from '../addresses/layout';
import { memberPlace } from '../addresses/member-number';
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import { imageFix, imageOf } from '../model/images';
import { type MemberEntry, memberKey } from '../model/locks';
import type { Cluster, Estate, MembersFleet, Region } from '../model/model';
import type { MemberOfStack } from '../standing/member-of-stack';
import { memberStands } from '../standing/member-place';
import { rememberedStanding } from '../standing/remembered';
import type { Change, Refused } from './change';
import { findRegion } from './find';

export interface LiveMember extends MemberOfStack {
  readonly cluster: string;
  readonly fleet: string;
}

/** Entries of members that stand become what stands; those of others stay as they are. */
export function pinStanding(estate: Estate, regionName: string, found: readonly LiveMember[]): Change {
  const searched = findRegion(estate, regionName);
  if ('refused' in searched) return searched;
  const { region } = searched;
  const lock = estate.locks.members.get(region.name);
  const members = new Map<string, MemberEntry>(lock?.members);
  for (const member of found) {
    const cluster = region.clusters.find(({ name }) => name === member.cluster);
    const fleet = cluster?.fleets.find(({ name }) => name === member.fleet);
    if (cluster === undefined || fleet?.kind !== 'members') continue;
    const entry = entryOf(estate, region, cluster, fleet, member);
    if ('code' in entry) return { refused: entry };
    members.set(memberKey(cluster.name, fleet.name, member.number), entry);
  }
  const path = membersLockPath(region.name);
  const text = writeMembersLock(region.name, members, rememberedStanding(estate, region, lock?.standing));
  const before = lock === undefined ? '' : writeMembersLock(region.name, lock.members, lock.standing);
  const changed = found.filter(({ cluster, fleet, number }) => {
    const key = memberKey(cluster, fleet, number);
    return JSON.stringify(lock?.members.get(key)) !== JSON.stringify(members.get(key));
  });
  if (found.length === 0 || text === before)
    return { files: [], words: [`${region.name}: ${found.length} members stand, and the lock says so`] };
  return {
    files: [{ path, text }],
    words: [
      `${region.name}: ${found.length} members stand; ${changed.length} entries are written as they do`,
      `block, generations, volumes and topics are remembered as ${region.file} describes them: see that \`meissa diff ${region.name}\` has no changes before anything is deployed`,
    ],
  };
}

function entryOf(
  estate: Estate,
  region: Region,
  cluster: Cluster,
  fleet: MembersFleet,
  { number, instance, address, zone: said }: LiveMember,
): MemberEntry | Refused {
  const zone = zoneOf(region, address) ?? said;
  const described = memberPlace(fleet, number).zone;
  if (zone !== described) {
    const where = zone === undefined ? `at ${address ?? 'an unknown address'}` : `in ${zone}`;
    return {
      code: 'MEMBER_ELSEWHERE',
      message: `member ${number} of ${cluster.name}/${fleet.name} stands ${where}, and is described in ${described}`,
      fix: `take ${region.file} back from git, as it was when the members were made`,
    };
  }
  const stands = { ...memberStands(region, cluster, fleet)(number), ...(address === undefined ? {} : { address }) };
  if (instance !== undefined) return { ...instance, zone, ...stands };
  // The second half of a replacement takes the image of its day in any case.
  const known = estate.locks.members.get(region.name)?.members.get(memberKey(cluster.name, fleet.name, number));
  const image = known?.image ?? imageOf(estate, region);
  if (image === undefined) return { code: 'IMAGE_MISSING', message: `no image for ${region.name}`, fix: imageFix(region) };
  return { image, rootGb: fleet.rootGb, generation: known?.generation ?? 1, zone, ...stands, absent: true };
}

function zoneOf({ block, network }: Region, address: string | undefined): string | undefined {
  const parsed = address === undefined ? undefined : parseIpv4(address);
  if (parsed === undefined) return undefined;
  return network.zones.find((zone) => containsAddress(zoneSubnets(block, zoneLetter(zone)).members, parsed));
}
