/** The planned topics: made where they are missing, with more partitions where more are planned, with the planned settings. */
import {
  ConfigResourceTypes,
  createPartitionsV3,
  createTopicsV7,
  describeConfigsV4,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
} from '@platformatic/kafka';
import { say } from '../shared/log';
import type { Topic } from './configuration';
import { BROKER_PORT, type KafkaLink } from './kafka-link';
import type { Cluster } from './replicas';

const TIMEOUT_MS = 8000;
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

/** @throws Error where Kafka refuses, for example because too few brokers are there for the replication */
export async function makeTopics(link: KafkaLink, address: string, topics: readonly Topic[], cluster: Cluster): Promise<void> {
  const { create, grow } = changesOf(topics, cluster);
  await link.ask(address, BROKER_PORT, async (connection) => {
    if (create.length > 0) {
      const wanted = create.map((topic) => ({
        name: topic.name,
        numPartitions: topic.partitions,
        replicationFactor: topic.replication,
        assignments: [],
        configs: Object.entries(settingsOf(topic)).map(([name, value]) => ({ name, value })),
      }));
      await createTopicsV7.api.async(connection, wanted, TIMEOUT_MS, false);
      say(`made topics ${create.map(({ name }) => name).join(', ')}`);
    }
    if (grow.length > 0) {
      const wanted = grow.map(({ name, partitions }) => ({ name, count: partitions, assignments: null }));
      await createPartitionsV3.api.async(connection, wanted, TIMEOUT_MS, false);
      say(`more partitions: ${grow.map(({ name, partitions }) => `${name} ${partitions}`).join(', ')}`);
    }
    const made = new Set(create.map(({ name }) => name));
    const old = topics.filter(({ name }) => !made.has(name));
    const { results } = await describeConfigsV4.api.async(
      connection,
      old.map(({ name }) => ({ resourceType: ConfigResourceTypes.TOPIC, resourceName: name, configurationKeys: null })),
      false,
      false,
    );
    const resources = old.flatMap((topic) => {
      const has = new Map(
        results.find(({ resourceName }) => resourceName === topic.name)?.configs.map(({ name, value }) => [name, value]),
      );
      const configs = Object.entries(settingsOf(topic))
        .filter(([name, value]) => has.get(name) !== value)
        .map(([name, value]) => ({ name, value, configOperation: IncrementalAlterConfigOperationTypes.SET }));
      return configs.length === 0 ? [] : [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic.name, configs }];
    });
    if (resources.length === 0) return;
    await incrementalAlterConfigsV1.api.async(connection, resources, false);
    say(`new settings of ${resources.map(({ resourceName }) => resourceName).join(', ')}`);
  });
}
