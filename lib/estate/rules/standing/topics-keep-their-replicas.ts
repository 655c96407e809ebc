import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { standingTopics } from './standing-topics';

/** A topic keeps the replicas that it was made with. Source: Kafka, "Increasing replication factor" (a reassignment by hand); docs/collection/brokers.md, "Topics and rights". */
export const topicsKeepTheirReplicas: Rule = {
  code: 'TOPIC_REPLICATION',
  title: 'A topic that stands keeps its number of replicas.',
  why: "the brokers' guard makes topics and never reassigns the replicas of one that stands: what is planned about lost brokers and disks would not be what is there",
  check: (estate) =>
    standingTopics(estate).flatMap(({ topic, entry, described, at }) =>
      described === undefined || described.replication === entry.replication
        ? []
        : [
            {
              ...at('replication'),
              message: `the topic "${topic}" has ${entry.replication} replicas of each partition, and would be described with ${described.replication}`,
              write: [set(at('replication').path, entry.replication)],
              fix: 'or reassign its partitions with kafka-reassign-partitions.sh first',
            },
          ],
    ),
};
