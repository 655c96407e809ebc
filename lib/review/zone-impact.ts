/** What a lost zone of a region takes along, in words for whoever is on call: hosts, quorums, copies, and the ways in and out. */
import { cloudOf } from '../clouds/clouds';
import { memberNumbers, memberPlace } from '../estate/addresses/member-number';
import { votes } from '../estate/model/fleet-model';
import { memberKey } from '../estate/model/locks';
import { lostZones } from '../estate/model/lost-zones';
import type { Cluster, Estate, Fleet, MembersFleet, Region } from '../estate/model/model';

/** One sentence a line. Zones that were lost before count as well. */
export function zoneImpact(estate: Estate, regionName: string, zone: string): string[] {
  const region = estate.regions.find(({ name }) => name === regionName);
  if (region === undefined) return [];
  const lost = [...new Set([...lostZones(estate, region), zone])];
  const fleets = region.clusters.flatMap((cluster) => cluster.fleets.map((fleet) => ({ cluster, fleet })));
  return [
    ...hostWords(estate, region, zone),
    ...fleets.flatMap(({ cluster, fleet }) => quorumWords(estate, region, cluster, fleet, lost)),
    ...region.clusters.flatMap((cluster) => copyWords(cluster, lost)),
    ...fleets.flatMap(({ cluster, fleet }) => elasticWords(region, cluster, fleet, zone)),
    ...natWords(region, lost),
    ...entryWords(region, zone),
  ];
}

function standing(estate: Estate, region: Region, cluster: Cluster, fleet: MembersFleet): number[] {
  const entries = estate.locks.members.get(region.name)?.members;
  return memberNumbers(fleet).filter((n) => entries?.has(memberKey(cluster.name, fleet.name, n)));
}

function hostWords(estate: Estate, region: Region, zone: string): string[] {
  const there = region.clusters.flatMap((cluster) =>
    cluster.fleets.flatMap((fleet) => {
      if (fleet.kind !== 'members') return [];
      const numbers = standing(estate, region, cluster, fleet).filter((n) => memberPlace(fleet, n).zone === zone);
      return numbers.length === 0 ? [] : [`${cluster.name}/${fleet.name} ${numbers.join(', ')}`];
    }),
  );
  return [there.length === 0 ? `no member stands in ${zone}` : `members in ${zone}: ${there.join('; ')}`];
}

function quorumWords(estate: Estate, region: Region, cluster: Cluster, fleet: Fleet, lost: readonly string[]): string[] {
  if (fleet.kind !== 'members' || !votes(fleet.quorum)) return [];
  const voters = standing(estate, region, cluster, fleet);
  const left = voters.filter((n) => !lost.includes(memberPlace(fleet, n).zone)).length;
  if (left === voters.length) return [];
  const quorum = Math.floor(voters.length / 2) + 1;
  const of = `${cluster.name}/${fleet.name}: ${left} of ${voters.length} voters are left, ${quorum} are needed`;
  if (left < quorum) return [`${of}: it has no quorum, nothing is written until the zone is back or voters are given up`];
  return [left === quorum ? `${of}: it hangs by one: restart none of them` : `${of}: ${left - quorum} more may fail`];
}

/** Copies are spread over the zones of the brokers (`broker.rack`): a zone holds its share of each partition. */
function copyWords(cluster: Cluster, lost: readonly string[]): string[] {
  const { kafka } = cluster;
  const brokers = cluster.fleets.find((fleet) => fleet.name === kafka?.brokers);
  if (kafka === undefined || brokers?.kind !== 'members' || kafka.topics.length === 0) return [];
  const zones = new Set(memberNumbers(brokers).map((n) => memberPlace(brokers, n).zone));
  const gone = [...zones].filter((zone) => lost.includes(zone)).length;
  if (gone === 0) return [];
  return kafka.topics.map(({ name, replication, minInsync }) => {
    const left = Math.max(0, replication - gone * Math.ceil(replication / zones.size));
    const of = `topic ${cluster.name}/${name}: ${left} of ${replication} copies are left of a partition, ${minInsync} must be written`;
    if (left < minInsync) return `${of}: it takes no lines, and front ends keep them`;
    return left === minInsync ? `${of}: it hangs by one: restart no broker` : of;
  });
}

function elasticWords(region: Region, cluster: Cluster, fleet: Fleet, zone: string): string[] {
  if (fleet.kind !== 'elastic' || !fleet.zones.includes(zone)) return [];
  const name = `${cluster.name}/${fleet.name}`;
  return [
    cloudOf(region).groupZonesInPlace
      ? `${name}: the next deploy takes the zone out of its group, in place; new hosts are launched in the others`
      : `${name}: its group launches in the other zones by itself; leave its zones as they are, to change them exchanges every host`,
  ];
}

function natWords(region: Region, lost: readonly string[]): string[] {
  const { nat, zones } = region.network;
  const [first] = zones;
  if (nat !== 'single' || !lost.includes(first!)) return [];
  const other = zones.find((one) => !lost.includes(one));
  return [
    cloudOf(region).natInZone
      ? `the only NAT gateway stands in ${first}: no host of the region reaches the internet; the next deploy of ${region.name}/network makes one in ${other}, with another public address`
      : `the NAT gateway stands in ${first} and goes on in another zone by itself`,
  ];
}

function entryWords(region: Region, zone: string): string[] {
  return region.clusters.flatMap((cluster) => {
    const fleet = cluster.fleets.find(({ name }) => name === cluster.kafka?.frontEnds);
    if (fleet?.zones.includes(zone) !== true) return [];
    return [
      `the load balancer before ${cluster.name}/${fleet.name} has an address in ${zone}: senders that hold it connect anew, to the others`,
    ];
  });
}
