import { memberNumbers } from '../../addresses/member-number';
import { set } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';
import { collections, fleetNamed } from './collections';

/** Every copy of a line lies on another broker. Source: Apache Kafka, "Basic Kafka Operations" (Adding and removing topics, replication factor). */
export const copiesHaveBrokers: Rule = {
  code: 'KAFKA_REPLICATION',
  title: 'There are as many brokers as copies of a line.',
  why: 'Kafka refuses to make a topic with more copies than brokers, and front ends keep its lines until they are full',
  check: (estate) =>
    collections(estate).flatMap(({ region, cluster, kafka, path }) => {
      const fleet = fleetNamed(cluster, kafka.brokers);
      if (fleet?.kind !== 'members') return [];
      const brokers = memberNumbers(fleet).length;
      return kafka.topics
        .filter(({ replication }) => replication > brokers)
        .map(
          ({ name, replication }): Problem => ({
            file: region.file,
            path: [...path, 'topics', name, 'replication'],
            message: `${replication} copies on ${brokers} broker${brokers === 1 ? '' : 's'}`,
            write: [set(['clusters', cluster.name, 'fleets', fleet.name, 'count'], fleet.count + replication - brokers)],
            fix: 'or fewer copies',
          }),
        );
    }),
};
