/** The planned topics: made where they are missing, with more partitions where more are planned, with the planned settings. */
import type { Topic } from './configuration';
import type { Cluster } from './replicas';

const DAY = 86_400;
/** Every front end's heartbeat goes through it: docs/collection/watching.md. */
export const HEARTBEATS = 'meissa-heartbeats';

/** The planned topics and the heartbeats' own, which is as safe as the safest of them. */
export function allTopics(topics: readonly Topic[]): Topic[] {
  const replication = Math.max(...topics.map((topic) => topic.replication), 1);
  const minInsync = Math.max(...topics.map((topic) => topic.minInsync), 1);
  const heartbeats = { name: HEARTBEATS, partitions: 1, replication, minInsync, retention: DAY };
  return [...topics.filter(({ name }) => name !== HEARTBEATS), heartbeats];
}

/** Settings of a topic. A segment is deleted as a whole, so that a quarter of the retention is kept beyond it at most. */
export function settingsOf({ minInsync, retention }: Topic): Readonly<Record<string, string>> {
  return {
    'min.insync.replicas': String(minInsync),
    'retention.ms': String(retention * 1000),
    'segment.ms': String(Math.min(retention / 4, DAY) * 1000),
  };
}

export interface Changes {
  readonly create: readonly Topic[];
  readonly grow: readonly Topic[];
}

/** What differs in number. Fewer partitions than there are is no wish that Kafka can grant: docs/collection/brokers.md. */
export function changesOf(topics: readonly Topic[], { partitions }: Cluster): Changes {
  const counts = new Map<string, number>();
  for (const { topic } of partitions) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const create = topics.filter(({ name }) => !counts.has(name));
  return { create, grow: topics.filter((topic) => topic.partitions > (counts.get(topic.name) ?? topic.partitions)) };
}
