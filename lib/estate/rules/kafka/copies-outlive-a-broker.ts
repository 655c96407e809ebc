import type { Problem, Rule } from '../rule';
import { collections } from './collections';

/** Fewer copies must be written than there are, and more than one. Source: Apache Kafka, "Topic Configs" (min.insync.replicas). */
export const copiesOutliveABroker: Rule = {
  code: 'KAFKA_MIN_INSYNC',
  title: 'A line is acknowledged by more than one copy and fewer than all.',
  why: 'with all copies needed, every restart of a broker stops writing; with one, an acknowledged line is lost with its only disk',
  check: (estate) =>
    collections(estate).flatMap(({ region, kafka, path }) =>
      kafka.topics.flatMap(({ name, replication, minInsync }): Problem[] => {
        const at = { file: region.file, path: [...path, 'topics', name, 'minInsync'] };
        if (minInsync >= replication)
          return [
            {
              ...at,
              message: `${minInsync} of ${replication} copies must be written: nothing is written while one broker is away`,
              fix:
                replication < 3
                  ? `write \`replication: 3\` and \`minInsync: 2\` in ${name}`
                  : `write \`minInsync: ${Math.max(2, replication - 1)}\` in ${name}`,
            },
          ];
        if (minInsync > 1) return [];
        return [
          {
            ...at,
            severity: 'warning',
            message: 'a line is acknowledged when one copy is written',
            fix:
              replication < 3 ? `write \`replication: 3\` and \`minInsync: 2\` in ${name}` : `write \`minInsync: 2\` in ${name}`,
          },
        ];
      }),
    ),
};
