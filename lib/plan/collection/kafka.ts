/** The layout of a collection: ids, addresses and names that its hosts are rendered with. */
import { createHash } from 'node:crypto';
import { formatIpv4 } from '../../estate/addresses/cidr';
import { memberAddress, memberNumbers } from '../../estate/addresses/member-number';
import type { Cluster, Estate, Fleet, KafkaConfig, MembersFleet, Region } from '../../estate/model/model';
import { certificateName, hostPrefix, kafkaMarker } from '../names';
import type { KafkaContext, KafkaController, MirrorFlow } from './kafka-model';
import { mirrorRate, mirrorTasks } from './mirror-load';

export const BROKER_PORT = 9092;
export const CONTROLLER_PORT = 9093;
/** Node ids of brokers begin after it: controllers, at most five, have their member numbers. */
const BROKER_ID_BASE = 100;
/** So many brokers are named to clients; a bootstrap list that grew with the cluster would restart every client. */
const BOOTSTRAP_BROKERS = 3;

const INTERNAL_REPLICATION = 3;

/** What the hosts of a fleet know of the collection that their cluster is; undefined where it is none. */
export function planKafka(estate: Estate, region: Region, cluster: Cluster, fleet: Fleet): KafkaContext | undefined {
  const { kafka } = cluster;
  if (kafka === undefined) return undefined;
  const brokers = membersFleet(cluster, kafka.brokers);
  const controllers = membersFleet(cluster, kafka.controllers);
  if (brokers === undefined || controllers === undefined) return undefined;
  const prefix = (name: string): string => hostPrefix(region.name, cluster.name, name);
  const role = roleOf(kafka, fleet);
  const voters = memberNumbers(controllers).map(
    (number): KafkaController => ({
      number,
      name: `${prefix(controllers.name)}-${number}`,
      address: formatIpv4(memberAddress(region, controllers, number)),
      directoryId: kafkaId(estate.name, region.name, cluster.name, cluster.generation, 'controller', number),
    }),
  );
  return {
    role,
    size: kafka.size,
    clusterId: kafkaId(estate.name, region.name, cluster.name, cluster.generation),
    formedMarker: kafkaMarker(estate.name, region.name, cluster.name, cluster.generation),
    controllers: voters,
    bootstrap: bootstrapOf(region, brokers),
    controllerBootstrap: voters.map(({ address }) => `${address}:${CONTROLLER_PORT}`).join(','),
    brokerIdBase: kafka.size === 'small' ? 0 : BROKER_ID_BASE,
    into: kafka.into === region.name ? '' : kafka.into,
    mirrorRate: kafka.into === region.name ? 0 : mirrorRate(kafka.load.peak),
    internalReplication: Math.min(INTERNAL_REPLICATION, brokers.count),
    superUsers: ['kafka-broker', 'kafka-controller'].map((user) => `User:${region.name}.${user}`).join(';'),
    topics: kafka.topics,
    spool: kafka.spool,
    flows: role === 'mirror' ? planFlows(estate, region) : [],
    certificate: fleet.profiles.some((name) => estate.profiles.get(name)?.needs.certificates === true)
      ? certificateName(estate.name, region.name, cluster.name, fleet.name)
      : '',
  };
}

/** Collections that are carried into this region's, sorted by region. */
export function planFlows(estate: Estate, into: Region): MirrorFlow[] {
  const flows = estate.regions.flatMap((region) =>
    region.clusters.flatMap((cluster) => {
      const { kafka } = cluster;
      if (kafka === undefined || kafka.into !== into.name || region.name === into.name) return [];
      const brokers = membersFleet(cluster, kafka.brokers);
      const topics = kafka.topics.filter((topic) => topic.mirrored);
      if (brokers === undefined || topics.length === 0) return [];
      const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
      return [
        {
          region: region.name,
          block: region.block,
          bootstrap: bootstrapOf(region, brokers),
          tasks: mirrorTasks(partitions, kafka.load.peak),
          topics: topics.map(({ name }) => name),
          partitions,
          peak: kafka.load.peak,
        },
      ];
    }),
  );
  const byBlock = [...flows].sort((a, b) => a.block.base - b.block.base);
  return flows.map(({ block, ...flow }) => ({ ...flow, number: byBlock.findIndex((other) => other.block === block) }));
}

/**
 * An id as Kafka has them: 16 bytes in base64url. The first byte is small, so that no id begins with a hyphen, which Kafka's
 * tools take for an option.
 */
function kafkaId(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(parts.join('/')).digest().subarray(0, 16);
  bytes[0] = bytes[0]! & 0x7f;
  return bytes.toString('base64url');
}

function roleOf(kafka: KafkaConfig, { name }: Fleet): KafkaContext['role'] {
  if (name === kafka.brokers) return kafka.size === 'small' ? 'combined' : 'broker';
  if (name === kafka.controllers) return 'controller';
  if (name === kafka.frontEnds) return 'front-end';
  return name === kafka.mirrors ? 'mirror' : 'client';
}

function bootstrapOf(region: Region, brokers: MembersFleet): string {
  return memberNumbers(brokers)
    .slice(0, BOOTSTRAP_BROKERS)
    .map((number) => `${formatIpv4(memberAddress(region, brokers, number))}:${BROKER_PORT}`)
    .join(',');
}

function membersFleet(cluster: Cluster, name: string): MembersFleet | undefined {
  return cluster.fleets.find((fleet): fleet is MembersFleet => fleet.kind === 'members' && fleet.name === name);
}
