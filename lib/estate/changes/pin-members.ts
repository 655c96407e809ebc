/** `meissa pin`: entries in a members lock when members first appear. Image, root disk, key pair and zone of one that stands are never changed here. */

import { hostName, memberNumbers, memberPlace } from '../addresses/member-number';
import { advised } from '../findings/finding';
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import { imageFix, imageOf } from '../model/images';
import { type MemberEntry, memberKey } from '../model/locks';
import { numbersAvoiding, numbersRemedy } from '../model/lost-zones';
import type { Cluster, Estate, MembersFleet, Region } from '../model/model';
import { rememberedVoters, votersFleet } from '../model/told-voters';
import { losses } from '../rules/standing/rules';
import { memberStands } from '../standing/member-place';
import { forgottenStanding, rememberedStanding } from '../standing/remembered';
import { type Change, refuse } from './change';
import { findRegion } from './find';

export interface PinOptions {
  /** `--avoid`: names of zones. Zones that are lost are avoided without being named. @default - none */
  readonly avoid?: readonly string[];
}

/**
 * Adds entries for the members of a region that have none (the region's image, root size, key pair and zone of today), and remembers where
 * all stand and what they hold. Refused while something would be lost that nobody accepted: the lock is what knows of it.
 *
 * @param options `avoid`: zones in which nothing new is placed
 */
export function pinMembers(estate: Estate, regionName: string, { avoid = [] }: PinOptions = {}): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const { region } = found;
  const lost = losses(estate, region.name).find(({ accepted }) => !accepted);
  if (lost !== undefined) return refuse(lost.code, lost.message, advised(lost.file, lost.path, lost).fix);
  const lock = estate.locks.members.get(region.name);
  const members = new Map<string, MemberEntry>(lock?.members);
  const image = imageOf(estate, region);
  for (const cluster of region.clusters) {
    for (const fleet of cluster.fleets) {
      if (fleet.kind !== 'members') continue;
      const avoided = avoidedRefusal(region, cluster, fleet, avoid, members);
      if (avoided !== undefined) return avoided;
      const stands = memberStands(region, cluster, fleet);
      for (const n of memberNumbers(fleet)) {
        const key = memberKey(cluster.name, fleet.name, n);
        const entry = members.get(key);
        if (entry === undefined && image === undefined)
          return refuse('IMAGE_MISSING', `no image for ${region.name}`, imageFix(region));
        // In another zone it would be another member: MembersAreNeverReplaced says so.
        if (entry !== undefined && entry.zone !== memberPlace(fleet, n).zone) continue;
        const { address: _a, containers: _c, stack: _s, ...made } = entry ?? newEntry(fleet, n, image!);
        members.set(key, { ...made, ...stands(n) });
      }
    }
  }
  const path = membersLockPath(region.name);
  const text = writeMembersLock(region.name, members, rememberedStanding(estate, region, lock?.standing));
  const before = lock === undefined ? '' : writeMembersLock(region.name, lock.members, lock.standing);
  const added = members.size - (lock?.members.size ?? 0);
  if (members.size === 0 || text === before) return { files: [], words: [`${region.name}: every member is pinned`] };
  const words = added === 0 ? 'what its members stand on and hold is remembered' : `${counted(added)} pinned to ${image}`;
  return { files: [{ path, text }], words: [`${region.name}: ${words}`, ...comers(estate, region, lock?.members)] };
}

/** A cluster that stands doesn't take a further voter by itself. */
function comers(estate: Estate, region: Region, pinned: ReadonlyMap<string, MemberEntry> = new Map()): string[] {
  return region.clusters.flatMap((cluster) => {
    const fleet = votersFleet(cluster);
    if (fleet === undefined) return [];
    const numbers = memberNumbers(fleet);
    const stands = (n: number): boolean => pinned.has(memberKey(cluster.name, fleet.name, n));
    if (!numbers.some(stands) || rememberedVoters(estate, region, cluster, false) === undefined) return [];
    return numbers
      .filter((n) => !stands(n))
      .map((n) => hostName(region.name, cluster.name, fleet.name, n))
      .map((host) => `while its deploy waits at the gate of ${host}: \`meissa etcd replace ${host} --yes\`, by which it votes`);
  });
}

/** Numbers decide zones: who must not stand in one gets another number, which only the region file can say. */
function avoidedRefusal(
  region: Region,
  cluster: Cluster,
  fleet: MembersFleet,
  avoid: readonly string[],
  pinned: ReadonlyMap<string, MemberEntry>,
): Change | undefined {
  const stands = (n: number): boolean => pinned.has(memberKey(cluster.name, fleet.name, n));
  const there = memberNumbers(fleet).filter((n) => !stands(n) && avoid.includes(memberPlace(fleet, n).zone));
  const [first] = there;
  if (first === undefined) return undefined;
  const path = ['clusters', cluster.name, 'fleets', fleet.name];
  const instead = numbersAvoiding(fleet, avoid, stands);
  return refuse(
    'ZONE_AVOIDED',
    `member ${there.join(', ')} of ${cluster.name}/${fleet.name} would stand in ${memberPlace(fleet, first).zone}`,
    instead === undefined
      ? 'every zone of the fleet is to be avoided: name fewer'
      : advised(region.file, path, { write: [numbersRemedy(path, instead)] }).fix,
  );
}

function newEntry(fleet: MembersFleet, n: number, image: string): MemberEntry {
  return {
    image,
    rootGb: fleet.rootGb,
    ...(fleet.keyName === undefined ? {} : { key: fleet.keyName }),
    zone: memberPlace(fleet, n).zone,
    generation: 1,
  };
}

const counted = (members: number): string => `${members} ${members === 1 ? 'member' : 'members'}`;

/** `meissa pin --forget <region>/<cluster>/<fleet>`: drops the entries of a fleet that is no longer described, so that its hosts may go. */
export function forgetMembers(estate: Estate, regionName: string, clusterName: string, fleetName: string): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const { region } = found;
  const name = `${clusterName}/${fleetName}`;
  const fleet = region.clusters.find((c) => c.name === clusterName)?.fleets.find((f) => f.name === fleetName);
  if (fleet?.kind === 'members') {
    return refuse(
      'MEMBERS_DESCRIBED',
      `${name} is still described in ${region.file}`,
      'delete the fleet there first, or retire members with `removed`',
    );
  }
  const lock = estate.locks.members.get(region.name);
  const members = new Map(lock?.members);
  const gone = [...members.keys()].filter((key) => key.startsWith(`${name}/`));
  if (gone.length === 0) return { files: [], words: [`${region.name}: the lock holds no member of ${name}`] };
  for (const key of gone) members.delete(key);
  const standing = lock?.standing && forgottenStanding(lock.standing, name, members.keys());
  return {
    files: [{ path: membersLockPath(region.name), text: writeMembersLock(region.name, members, standing) }],
    words: [
      `${region.name}: ${gone.length} members of ${name} forgotten; the next deploy deletes their hosts and keeps their volumes`,
    ],
  };
}
