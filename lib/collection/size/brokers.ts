/** How many brokers a cluster needs, and what a number of brokers carries. */

import type { InstancePerformance } from '../../facts/aws/instance-performance';
import { GP3 } from '../../facts/aws/volumes';
import { PARTITION_RATE } from '../../plan/collection/mirror-load';
import {
  BROKER_MEMORY,
  CACHE_SECONDS,
  DISK_FILL,
  GIB,
  HEADROOM,
  MIB,
  PARTITION_STEP,
  REPLICAS_PER_BROKER,
  roundUp,
} from '../assumptions';
import { type Demand, segmentSlack } from '../stream';

/** Brokers by each thing that may run out, before rounding. */
export interface BrokerNeeds {
  readonly copies: number;
  readonly volumes: number;
  readonly networkIn: number;
  readonly networkOut: number;
  readonly memory: number;
  readonly partitions: number;
  readonly disks: number;
}

/**
 * @param consumers groups that read everything once
 * @param replicas of all partitions
 * @param heapGib GiB of a broker's heap. @default - the profile's own
 */
export function brokerNeeds(
  demand: Demand,
  type: InstancePerformance,
  consumers: number,
  replicas: number,
  heapGib: number = BROKER_MEMORY.heapGib,
): BrokerNeeds {
  const { written, copied, kept, copies } = demand;
  const cache = (type.memoryGib - heapGib - BROKER_MEMORY.systemGib) * GIB;
  return {
    copies: Math.max(copies, 3),
    volumes: copied / (HEADROOM * volumeRate(type)),
    networkIn: copied / (HEADROOM * type.network),
    networkOut: (copied - written + consumers * written) / (HEADROOM * type.network),
    memory: (copied * CACHE_SECONDS) / Math.max(cache, GIB),
    partitions: replicas / REPLICAS_PER_BROKER,
    disks: (kept + segmentSlack(replicas)) / (DISK_FILL * GP3.mostGib * GIB),
  };
}

/** The most of the needs, in whole zones, so that every zone has as many. */
export function brokersFor(needs: BrokerNeeds, zones: number): number {
  return roundUp(Math.ceil(Math.max(...Object.values(needs))), zones);
}

/** Bytes a second that a broker's one volume can be bought and its host can carry. */
export function volumeRate(type: InstancePerformance): number {
  return Math.min(type.volumes, GP3.mostThroughput * MIB);
}

/** Partitions of a stream: each is written and read by one at a time. */
export function partitionsFor(peak: number, brokers: number): number {
  return roundUp(Math.max(1, Math.ceil(peak / PARTITION_RATE), brokers), PARTITION_STEP);
}

/** What limits a cluster that stands. */
export interface Capacity {
  /** Raw bytes a second that enter. */
  readonly rate: number;
  readonly by: 'volumes' | 'the hosts’ bandwidth to volumes' | 'network in' | 'network out';
}

/**
 * What enters in a second at most: volumes and network of all brokers, shared by the copies ("Best practices for right-sizing your
 * Apache Kafka clusters", equation 1).
 *
 * @param headroom part of the limits that is planned with; 1 is what the cloud gives at most
 * @param volume bytes a second of a broker's volume; Infinity where it is not known
 */
export function capacityOf(
  demand: Demand,
  brokers: number,
  type: InstancePerformance,
  volume: number,
  consumers: number,
  headroom: number = HEADROOM,
): Capacity {
  const { peak, written, copied } = demand;
  const limits: Capacity[] = [
    { by: 'volumes', rate: (volume * brokers * peak) / copied },
    { by: 'the hosts’ bandwidth to volumes', rate: (type.volumes * brokers * peak) / copied },
    { by: 'network in', rate: (type.network * brokers * peak) / copied },
    { by: 'network out', rate: (type.network * brokers * peak) / (copied - written + consumers * written) },
  ];
  const least = limits.reduce((a, b) => (b.rate < a.rate ? b : a));
  return { by: least.by, rate: least.rate * headroom };
}
