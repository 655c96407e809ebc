/** The etcd voters that hosts are told of: user-data names them, and must not change because another one comes. */
import { memberNumbers } from '../addresses/member-number';
import { memberKey } from './locks';
import type { Cluster, Estate, MembersFleet, Region } from './model';

/** Numbers, in order. Those of an earlier generation of the cluster count no more. */
export function toldVoters(
  { locks }: Pick<Estate, 'locks'>,
  { name }: Region,
  cluster: Cluster,
  fleet: MembersFleet,
): readonly number[] {
  const { voters, generation } = locks.members.get(name)?.standing?.clusters.get(cluster.name) ?? {};
  return voters !== undefined && generation === cluster.generation ? voters : memberNumbers(fleet);
}

/** The fleet whose members vote in a cluster's etcd. @default - the cluster has none */
export function votersFleet({ etcd, fleets }: Cluster): MembersFleet | undefined {
  return fleets.find((fleet): fleet is MembersFleet => fleet.kind === 'members' && fleet.name === etcd?.voters);
}

/**
 * What the lock says of them from now on. Nothing while all that are described are told; from the day on which others come, those of
 * before, which the hosts that stand know.
 *
 * @param fix say so in any case, because what is described may change at any time now
 */
export function rememberedVoters(
  { locks }: Pick<Estate, 'locks'>,
  region: Region,
  cluster: Cluster,
  fix: boolean,
): readonly number[] | undefined {
  const fleet = votersFleet(cluster);
  const lock = locks.members.get(region.name);
  const before = lock?.standing?.clusters.get(cluster.name);
  if (fleet === undefined || lock === undefined) return undefined;
  if (before !== undefined && before.generation !== cluster.generation) return undefined;
  if (before?.voters !== undefined) return before.voters;
  const described = memberNumbers(fleet);
  const pinned = (n: number): boolean => lock.members.has(memberKey(cluster.name, fleet.name, n));
  if (!described.some(pinned)) return undefined;
  if (described.every(pinned)) return fix ? described : undefined;
  const prefix = memberKey(cluster.name, fleet.name, 0).slice(0, -1);
  return [...lock.members.keys()]
    .flatMap((key) => (key.startsWith(prefix) ? [Number(key.slice(prefix.length))] : []))
    .sort((a, b) => a - b);
}
