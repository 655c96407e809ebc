/** Makes the planned topics what they should be. */
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
import { changesOf, settingsOf } from './topics';

const TIMEOUT_MS = 8000;

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
