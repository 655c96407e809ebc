/** A Kafka cluster for the streams that come into it. */
import type { InstancePerformance } from '../../facts/aws/instance-performance';
import { BROKER_MEMORY, CACHE_SECONDS, GIB, MIB } from '../assumptions';
import { type Demand, demandOf, type Stream } from '../stream';
import { type BrokerNeeds, brokerNeeds, brokersFor, type Capacity, capacityOf, partitionsFor } from './brokers';
import { brokerVolume, type VolumeSize } from './disks';

export interface ClusterSize {
  /** With room for growth. */
  readonly demand: Demand;
  /** As it is now. */
  readonly now: Demand;
  readonly needs: BrokerNeeds;
  readonly brokers: number;
  /** Partitions of each stream, in order. */
  readonly partitions: readonly number[];
  /** Copies of all partitions. */
  readonly replicas: number;
  readonly volume: VolumeSize;
  /** GiB that a broker needs: heap, system and what was written in the last seconds. */
  readonly memoryGib: number;
  readonly capacity: Capacity;
}

/**
 * @param consumers groups that read everything once
 * @param heapGib GiB of a broker's heap. @default - the profile's own
 */
export function sizeCluster(
  streams: readonly Stream[],
  type: InstancePerformance,
  zones: number,
  consumers: number,
  heapGib: number = BROKER_MEMORY.heapGib,
): ClusterSize {
  const demand = demandOf(streams, true);
  const least = streams.map((stream) => partitionsOf(stream, 0));
  const needs = brokerNeeds(demand, type, consumers, replicasOf(streams, least), heapGib);
  const brokers = brokersFor(needs, zones);
  const partitions = streams.map((stream) => partitionsOf(stream, brokers));
  const replicas = replicasOf(streams, partitions);
  const volume = brokerVolume(demand, brokers, replicas);
  return {
    demand,
    now: demandOf(streams, false),
    needs,
    brokers,
    partitions,
    replicas,
    volume,
    memoryGib: brokerMemory(demand, brokers, heapGib),
    capacity: capacityOf(demand, brokers, type, volume.throughput * MIB, consumers),
  };
}

/** GiB of memory of a broker. */
export function brokerMemory(demand: Demand, brokers: number, heapGib: number = BROKER_MEMORY.heapGib): number {
  return heapGib + BROKER_MEMORY.systemGib + (demand.copied * CACHE_SECONDS) / brokers / GIB;
}

/** Partitions for a stream's lines, whatever a file says. */
export function neededPartitions({ peak, growth }: Stream, brokers: number): number {
  return partitionsFor(peak * growth, brokers);
}

/** Partitions as they stand, or as many as the stream needs. */
function partitionsOf(stream: Stream, brokers: number): number {
  return stream.topics.reduce(
    (sum, { partitions, share }) => sum + (partitions ?? partitionsFor(stream.peak * stream.growth * share, brokers)),
    0,
  );
}

/** Copies of partitions; streams whose topics have different copies share their partitions by load. */
export function replicasOf(streams: readonly Stream[], partitions: readonly number[]): number {
  return streams.reduce((sum, { topics }, i) => {
    const shares = topics.reduce((all, { share }) => all + share, 0);
    const copies = topics.reduce((all, { share, replication }) => all + share * replication, 0);
    return sum + (shares === 0 ? 0 : (partitions[i]! * copies) / shares);
  }, 0);
}
