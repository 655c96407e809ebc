import type { Cluster, Estate, MembersFleet, Region } from '../model/model';

/** Whether members of a fleet are pinned: from then on they stay in their stacks. */
export function stands(estate: Pick<Estate, 'locks'>, region: Region, cluster: Cluster, fleet: MembersFleet): boolean {
  const lock = estate.locks.members.get(region.name);
  return [...(lock?.members.keys() ?? [])].some((key) => key.startsWith(`${cluster.name}/${fleet.name}/`));
}
