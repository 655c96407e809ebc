/** Asks a broker what it knows of the others and of all partitions. */
import { metadataV12 } from '@platformatic/kafka';
import { BROKER_PORT, type KafkaLink } from './kafka-link';
import type { Cluster } from './replicas';

export function askCluster(link: KafkaLink, address: string): Promise<Cluster> {
  return link.ask(address, BROKER_PORT, async (connection) => {
    const { clusterId, brokers, topics } = await metadataV12.api.async(connection, null, false, false);
    const partitions = topics.flatMap(({ name, partitions: all }) =>
      all.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
        ...{ topic: name ?? '', index: partitionIndex, leader: leaderId, replicas: replicaNodes, insync: isrNodes },
      })),
    );
    return { id: clusterId ?? '', brokers: brokers.map(({ nodeId }) => nodeId), partitions };
  });
}
