/** What a region's file has beside what it needs. */
import { GP3 } from '../facts/aws/volumes';
import type { Unit } from './figure';
import { neededPartitions } from './size/cluster';
import type { PlaceSize } from './sizing';
import type { WrittenCollection, WrittenFleet } from './written';

export interface Comparison {
  readonly name: string;
  readonly needed: number;
  readonly written: number;
  readonly unit: Unit;
  readonly enough: boolean;
}

/** Hosts, and what their disks have together: more hosts may have smaller disks. */
export function compare(size: PlaceSize, written: WrittenCollection): Comparison[] {
  const { cluster, controllers, frontEnds, mirrors } = size;
  const row = (name: string, needed: number, has: number, unit: Unit): Comparison[] =>
    needed === 0 ? [] : [{ name, needed, written: has, unit, enough: has >= needed }];
  const partitions = written.kafka.topics.reduce((sum, topic) => sum + topic.partitions, 0);
  return [
    ...row('brokers', cluster.brokers, written.brokers.count, 'hosts'),
    ...row('disks of all brokers', cluster.brokers * cluster.volume.gib, gib(written.brokers), 'GiB'),
    ...row('their throughput', cluster.brokers * cluster.volume.throughput, throughput(written.brokers), 'MiB/s'),
    ...row('controllers', controllers, written.controllers.count, 'hosts'),
    ...row('partitions', neededPartitions(size.input.own, cluster.brokers), partitions, 'partitions'),
    ...row('front ends', frontEnds.count, most(written.frontEnds), 'hosts'),
    ...row('disks of all front ends', frontEnds.count * frontEnds.volume.gib, gib(written.frontEnds), 'GiB'),
    ...row('mirror hosts', mirrors.hosts, most(written.mirrors), 'hosts'),
  ];
}

/** Hosts at the peak: of an elastic fleet the most. */
function most(written: WrittenFleet | undefined): number {
  return written?.fleet.kind === 'elastic' ? written.fleet.max : (written?.count ?? 0);
}

function gib(fleet: WrittenFleet | undefined): number {
  return fleet === undefined ? 0 : fleet.count * (fleet.volume?.gb ?? fleet.fleet.rootGb);
}

function throughput({ count, volume }: WrittenFleet): number {
  return count * (volume?.throughput ?? GP3.throughput);
}
