import { type Remedy, set } from '../../findings/remedy';
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
        const apart = (copies: number, written: number): Remedy => [
          ...(copies < 3 ? set([...path, 'topics', name, 'replication'], 3) : []),
          ...set([...path, 'topics', name, 'minInsync'], copies < 3 ? 2 : written),
        ];
        const at = { file: region.file, path: [...path, 'topics', name, 'minInsync'] };
        if (minInsync >= replication)
          return [
            {
              ...at,
              message: `${minInsync} of ${replication} copies must be written: nothing is written while one broker is away`,
              write: [apart(replication, Math.max(2, replication - 1))],
            },
          ];
        if (minInsync > 1) return [];
        return [
          {
            ...at,
            severity: 'warning',
            message: 'a line is acknowledged when one copy is written',
            write: [apart(replication, 2)],
          },
        ];
      }),
    ),
};
