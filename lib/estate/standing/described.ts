/** What a region's members stand on and hold as they are described, in the words of the members lock. */
import { formatCidr } from '../addresses/cidr';
import { fleetVolumes } from '../model/fleet-volumes';
import type { ClusterEntry, Standing, TopicEntry, VolumeEntry } from '../model/locks';
import type { Cluster, Estate, MembersFleet, Region } from '../model/model';

export function describedStanding(estate: Pick<Estate, 'profiles'>, region: Region): Required<Omit<Standing, 'lostZones'>> {
  const clusters = new Map<string, ClusterEntry>();
  const volumes = new Map<string, VolumeEntry>();
  const topics = new Map<string, TopicEntry>();
  for (const cluster of region.clusters) {
    if (cluster.etcd !== undefined || cluster.kafka !== undefined) clusters.set(cluster.name, { generation: cluster.generation });
    for (const fleet of cluster.fleets) {
      if (fleet.kind !== 'members') continue;
      for (const { name, device, gb, type, iops } of volumesOf(estate, cluster, fleet))
        volumes.set(`${cluster.name}/${fleet.name}/${name}`, { device, gb, type, ...(iops === undefined ? {} : { iops }) });
    }
    for (const { name, partitions, replication } of cluster.kafka?.topics ?? [])
      topics.set(`${cluster.name}/${name}`, { partitions, replication });
  }
  return { block: formatCidr(region.block), generation: region.generation, clusters, volumes, topics };
}

function volumesOf({ profiles }: Pick<Estate, 'profiles'>, { etcd }: Cluster, fleet: MembersFleet) {
  return fleetVolumes(fleet, etcd?.voters === fleet.name, profiles);
}
