/** How many copies a line has, and how many must have it before it is acknowledged. */
import type { Meaning } from '../../meaning/meaning';
import { ofTopics, type TopicPair } from './topic-pair';

/** Sources: Apache Kafka, "Topic Configs" (min.insync.replicas), "Increasing replication factor" (by hand); the guard sets the first only. */
export const topicCopies = ofTopics((topic) => [...replication(topic), ...minInsync(topic)]);

function replication({ old, now, title, meaning }: TopicPair): Meaning[] {
  if (old.replication === now.replication) return [];
  const what = `${title}: replication ${old.replication} -> ${now.replication}: the topic keeps its ${old.replication} copies: a topic that is there gets others only by a reassignment`;
  return [meaning('topic-replication', 'addition', what, ['by hand, on a broker: `kafka-reassign-partitions`'])];
}

function minInsync({ old, now, title, meaning }: TopicPair): Meaning[] {
  if (old.minInsync === now.minInsync) return [];
  const words = `${title}: min in-sync ${old.minInsync} -> ${now.minInsync}`;
  if (now.minInsync < old.minInsync) {
    const disks = now.minInsync === 1 ? 'one disk' : `${now.minInsync} disks`;
    return [
      meaning(
        'topic-insync-fewer',
        'security',
        `${words}: a line is acknowledged when ${disks} ${now.minInsync === 1 ? 'has' : 'have'} it, and is lost with ${now.minInsync === 1 ? 'it' : 'them'}`,
      ),
    ];
  }
  const spare = Math.max(0, old.replication - now.minInsync);
  return [
    meaning(
      'topic-insync-more',
      spare === 0 ? 'quorum' : 'addition',
      `${words}: lines are refused when more than ${spare} of ${old.replication} copies are away`,
    ),
  ];
}
