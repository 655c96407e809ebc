import { memberNumbers, memberPlace } from '../../addresses/member-number';
import type { MembersFleet, TopicConfig } from '../../model/model';
import type { Rule } from '../rule';
import { collections, fleetNamed } from './collections';

/** Losing a zone stops no writing. Source: Apache Kafka, "Balancing Replicas Across Racks"; "Topic Configs" (min.insync.replicas). */
export const brokersSurviveAZone: Rule = {
  code: 'KAFKA_ZONES',
  severity: 'warning',
  title: 'Losing one zone stops no topic.',
  why: 'copies are spread over the zones of the brokers: a zone that holds too many of them takes the rest of the copies with it',
  check: (estate) =>
    collections(estate).flatMap(({ region, cluster, kafka }) => {
      const fleet = fleetNamed(cluster, kafka.brokers);
      if (fleet?.kind !== 'members' || fleet.zones.length === 0) return [];
      const zones = zonesWithBrokers(fleet);
      const stopped = kafka.topics.flatMap((topic) => {
        const inside = Math.ceil(topic.replication / zones);
        return topic.replication - inside < topic.minInsync ? [{ topic, inside }] : [];
      });
      const [first] = stopped;
      if (first === undefined) return [];
      const names = stopped.map(({ topic }) => topic.name).join(', ');
      return [
        {
          file: region.file,
          path: ['clusters', cluster.name, 'fleets', fleet.name, 'zones'],
          message: `brokers stand in ${zones} zone${zones === 1 ? '' : 's'}: ${lost(first.topic, first.inside, zones)} (${names})`,
          fix: 'add a third zone if the account sees one, and brokers in it; otherwise keep it: front ends hold the lines until the zone is back',
        },
      ];
    }),
};

function lost({ replication, minInsync }: TopicConfig, inside: number, zones: number): string {
  if (zones === 1) return 'without it nothing is written or read, and its disks hold every copy';
  return `a partition with ${inside} of ${replication} copies in the lost one has ${replication - inside} left, fewer than the ${minInsync} that must be written, and takes nothing`;
}

function zonesWithBrokers(fleet: MembersFleet): number {
  return new Set(memberNumbers(fleet).map((n) => memberPlace(fleet, n).zone)).size;
}
