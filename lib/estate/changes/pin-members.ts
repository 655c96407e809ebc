/** `meissa pin`: entries in a members lock when members first appear. An entry that stands is never changed here. */

import { memberNumbers, memberPlace } from '../addresses/member-number';
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import { imageFix, imageOf } from '../model/images';
import { type MemberEntry, memberKey } from '../model/locks';
import type { Estate } from '../model/model';
import { type Change, refuse } from './change';
import { findRegion } from './find';

/** Adds entries for the members of a region that have none: the region's image, root size, key pair and zone of today. */
export function pinMembers(estate: Estate, regionName: string): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const { region } = found;
  const members = new Map<string, MemberEntry>(estate.locks.members.get(region.name)?.members);
  const before = members.size;
  const image = imageOf(estate, region);
  for (const cluster of region.clusters) {
    for (const fleet of cluster.fleets) {
      if (fleet.kind !== 'members') continue;
      for (const n of memberNumbers(fleet)) {
        const key = memberKey(cluster.name, fleet.name, n);
        if (members.has(key)) continue;
        if (image === undefined) return refuse('IMAGE_MISSING', `no image for ${region.name}`, imageFix(region));
        members.set(key, {
          image,
          rootGb: fleet.rootGb,
          ...(fleet.keyName === undefined ? {} : { key: fleet.keyName }),
          zone: memberPlace(fleet, n).zone,
          generation: 1,
        });
      }
    }
  }
  const added = members.size - before;
  if (added === 0) return { files: [], words: [`${region.name}: every member is pinned`] };
  return {
    files: [{ path: membersLockPath(region.name), text: writeMembersLock(region.name, members) }],
    words: [`${region.name}: ${added} ${added === 1 ? 'member' : 'members'} pinned to ${image}`],
  };
}

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
  const members = new Map(estate.locks.members.get(region.name)?.members);
  const gone = [...members.keys()].filter((key) => key.startsWith(`${name}/`));
  if (gone.length === 0) return { files: [], words: [`${region.name}: the lock holds no member of ${name}`] };
  for (const key of gone) members.delete(key);
  return {
    files: [{ path: membersLockPath(region.name), text: writeMembersLock(region.name, members) }],
    words: [
      `${region.name}: ${gone.length} members of ${name} forgotten; the next deploy deletes their hosts and keeps their volumes`,
    ],
  };
}
