/** What goes over the network, and between which zones. */

/**
 * Copies of a line that lie in another zone than its leader, on average: replicas are spread evenly over the zones
 * ("Balancing Replicas Across Racks"), and each of them is as often the leader.
 */
export function copiesInOtherZones(replication: number, zones: number): number {
  let same = 0;
  for (let zone = 0; zone < zones; zone++) {
    const inside = Math.floor(replication / zones) + (zone < replication % zones ? 1 : 0);
    same += inside * inside;
  }
  return replication - same / replication;
}

/** Part of what a client sends or reads that is in another zone than the client. */
export function otherZone(zones: number): number {
  return (zones - 1) / zones;
}
