/** `meissa pin --tell <region>/<cluster>`: hosts are told of the voters that are described, in place of those of earlier. */
import { memberNumbers } from '../addresses/member-number';
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import type { Estate } from '../model/model';
import { toldVoters, votersFleet } from '../model/told-voters';
import { type Change, refuse } from './change';
import { findCluster } from './find';

export function tellVoters(estate: Estate, regionName: string, clusterName: string): Change {
  const found = findCluster(estate, regionName, clusterName);
  if ('refused' in found) return found;
  const { region, cluster } = found;
  const fleet = votersFleet(cluster);
  const lock = estate.locks.members.get(region.name);
  const entry = lock?.standing?.clusters.get(cluster.name);
  const target = `${region.name}/${cluster.name}`;
  if (fleet === undefined) return refuse('ETCD_NO_VOTER', `${target} has no etcd`, 'name a cluster that has voters');
  const described = memberNumbers(fleet).join(', ');
  if (
    lock?.standing === undefined ||
    entry?.voters === undefined ||
    toldVoters(estate, region, cluster, fleet).join(', ') === described
  )
    return { files: [], words: [`hosts of ${target} are told of its voters ${described} already`] };
  const { voters: _, ...rest } = entry;
  const standing = { ...lock.standing, clusters: new Map([...lock.standing.clusters, [cluster.name, rest]]) };
  return {
    files: [{ path: membersLockPath(region.name), text: writeMembersLock(region.name, lock.members, standing) }],
    words: [
      `hosts of ${target} are told of its voters ${described} by the next deploy, and restart in turn: \`meissa diff ${region.name}\``,
    ],
  };
}
