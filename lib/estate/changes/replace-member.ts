/**
 * `meissa replace <host>`: a new instance on the same interface and volumes, in two deploys. CloudFormation creates
 * before it deletes, and the new instance can't take the interface that the old one holds: so the first deploy takes
 * the instance away, and the second, with a higher generation in its logical id, makes another. On Aliyun the interface goes with the
 * instance, and the new one asks for the same address.
 */

import { cloudOf } from '../../clouds/clouds';
import { memberNumbers } from '../addresses/member-number';
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import { votes } from '../model/fleet-model';
import { imageOf } from '../model/images';
import { type MemberEntry, memberKey } from '../model/locks';
import { lostZones } from '../model/lost-zones';
import type { Estate, MembersFleet } from '../model/model';
import { memberStackId } from '../stacks/member-stack';
import { type Change, refuse } from './change';
import { findMember } from './find';

/** @param disk volume that is made anew with the instance (`replaceDisk`). @default - all stay */
export function replaceMember(estate: Estate, host: string, disk?: string): Change {
  const found = findMember(estate, host);
  if ('refused' in found) return found;
  const { region, cluster, fleet, number } = found;
  const key = memberKey(cluster.name, fleet.name, number);
  const { members: pinned, standing } = estate.locks.members.get(region.name) ?? {};
  const members = new Map<string, MemberEntry>(pinned);
  const entry = members.get(key);
  if (entry === undefined)
    return refuse('MEMBER_NOT_PINNED', `${host} is not in the members lock`, `run \`meissa pin ${region.name}\``);
  if (lostZones(estate, region).includes(entry.zone))
    return refuse(
      'HOST_IN_LOST_ZONE',
      `${host} stands in ${entry.zone}, which is lost: its interface and volumes are there, and no instance starts beside them`,
      `wait for the zone, then \`meissa zone back ${region.name}/${entry.zone}\`; or retire it: docs/runbooks/incidents/zone-lost.md`,
    );
  const target = `${region.name}/${memberStackId(cluster, fleet, number)}`;
  const keeps = cloudOf(region).staysOfMember;
  const { absent, ...rest } = entry;
  const command = disk === undefined ? `meissa replace ${host}` : `meissa replace --disk ${host}/${disk}`;
  const volumes = disk === undefined ? {} : { volumes: { ...entry.volumes, [disk]: entry.generation + 1 } };
  const written = (words: string[]): Change => ({
    files: [{ path: membersLockPath(region.name), text: writeMembersLock(region.name, members, standing) }],
    words,
  });
  if (absent) {
    // A new instance may have a new image, as any new member: the one it was made with may be gone from the cloud by now.
    const image = imageOf(estate, region) ?? entry.image;
    members.set(key, { ...rest, ...volumes, image, generation: entry.generation + 1 });
    const newer = image === entry.image ? '' : `, with the image ${image}`;
    return written([
      `${host} is generation ${entry.generation + 1}${newer}`,
      `deploy ${target}: a new instance takes the ${keeps} of the old one`,
      ...(fleet.quorum === 'etcd' && losesData(estate, fleet, { ...entry.volumes, ...volumes.volumes }, entry.generation + 1)
        ? [
            `its data is gone, so it starts only when the others expect it: while the deploy waits for it, meissa etcd replace ${host} --yes`,
          ]
        : []),
    ]);
  }
  const refusal = quorumRefusal(fleet, number, (n) => members.get(memberKey(cluster.name, fleet.name, n))?.absent === true);
  if (refusal)
    return refuse(
      refusal.code,
      `${host} ${votes(fleet.quorum) ? 'votes' : 'holds replicas'}, and ${refusal.message}`,
      refusal.fix,
    );
  members.set(key, { ...entry, ...volumes, absent: true });
  return written([
    `${host} is marked absent`,
    disk === undefined
      ? `deploy ${target}: the instance goes, its ${keeps} stay`
      : `deploy ${target}: the instance goes, a new volume ${disk} comes; the old one is kept, no longer of the stack, under the same name (${host}-${disk})`,
    `with its loss accepted by name: meissa deploy ${region.name} --accept MEMBER_GOES:${target}`,
    `then run \`${command}\` again and deploy once more`,
  ]);
}

/** Whether a volume of a profile is new with an instance: etcd's own is one. */
function losesData(estate: Estate, fleet: MembersFleet, made: Readonly<Record<string, number>>, generation: number): boolean {
  const own = fleet.profiles.flatMap((name) => estate.profiles.get(name)?.volumes ?? []);
  return own.some(({ name }) => made[name] === generation);
}

/** One at a time in a quorum fleet, and only with a quorum to spare. */
function quorumRefusal(
  fleet: MembersFleet,
  number: number,
  isAbsent: (n: number) => boolean,
): { code: string; message: string; fix: string } | undefined {
  if (fleet.quorum === undefined) return undefined;
  const voters = memberNumbers(fleet);
  const absent = voters.filter((n) => n !== number && isAbsent(n));
  if (absent.length > 0) {
    return {
      code: 'QUORUM_ABSENT',
      message: `member ${absent.join(', ')} is absent already`,
      fix: `finish that replacement first: run \`meissa replace\` for member ${absent[0]} again and deploy`,
    };
  }
  if (!votes(fleet.quorum)) return undefined;
  const quorum = Math.floor(voters.length / 2) + 1;
  if (voters.length - 1 >= quorum) return undefined;
  return {
    code: 'QUORUM_LOST',
    message: `${voters.length} voters have none to spare`,
    fix: 'write `count: 3` first, and let the third join',
  };
}
