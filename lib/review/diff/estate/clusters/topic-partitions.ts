/** How many partitions a topic has. */
import { ofTopics } from './topic-pair';

/** Sources: Apache Kafka, "Modifying topics" (keys move, partitions never go); the guard raises and never lowers (docs/collection/brokers.md). */
export const topicPartitions = ofTopics(({ old, now, title, meaning }) => {
  if (old.partitions === now.partitions) return [];
  const words = `${title}: partitions ${old.partitions} -> ${now.partitions}`;
  if (now.partitions > old.partitions) {
    const what = `${words}: keys move to other partitions: who removes double lines or relies on an order by partition sees a line's repetition in another one`;
    return [meaning('topic-partitions-more', 'addition', what, ['there is no way back: Kafka takes no partition away'])];
  }
  const what = `${words}: Kafka takes no partition away: the topic keeps its ${old.partitions}, only what is planned by the number (tasks of the mirror) becomes less`;
  const details = [
    `write ${old.partitions} again; for fewer, make a topic of another name, or raise the cluster's generation and lose its lines`,
  ];
  return [meaning('topic-partitions-fewer', 'addition', what, details)];
});
