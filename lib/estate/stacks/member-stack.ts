import type { Cluster, MembersFleet } from '../model/model';

/** Construct id below its region of a member's stack. A quorum fleet stands alone in one; others in shards of a size that was fixed when the fleet was made. */
export function memberStackId(cluster: Pick<Cluster, 'name'>, fleet: MembersFleet, number: number): string {
  const id = `${cluster.name}-${fleet.name}`;
  return fleet.quorum === undefined ? `${id}-${shardOf(fleet, number)}` : id;
}

/** Stacks of all members, in order; the first is always there. */
export function memberStackIds(cluster: Pick<Cluster, 'name'>, fleet: MembersFleet): string[] {
  const shards = fleet.quorum === undefined ? Math.max(1, shardOf(fleet, fleet.count)) : 1;
  return Array.from({ length: shards }, (_, shard) => memberStackId(cluster, fleet, shard * fleet.membersPerStack + 1));
}

/** Shard of a member, from 1. */
export function shardOf(fleet: Pick<MembersFleet, 'membersPerStack'>, number: number): number {
  return Math.floor((number - 1) / fleet.membersPerStack) + 1;
}
