/** Brokers, controllers, partitions, disks and memory, explained. */

import type { InstancePerformance } from '../../estate/clouds/aws-instance-performance';
import {
  BROKER_MEMORY,
  CACHE_SECONDS,
  DISK_FILL,
  HEADROOM,
  MIB,
  PARTITION_RATE,
  REPLICAS_PER_BROKER,
  SOURCES,
} from '../assumptions';
import { type Figure, figure } from '../figure';
import { KAFKA_RECORD_BYTES, KAFKA_SEGMENT_BYTES } from '../framing';
import type { ClusterSize } from '../size/cluster';
import type { PlaceSize } from '../sizing';

export function brokerFigures({ input, cluster, controllers, types }: PlaceSize): Figure[] {
  const { demand, needs, brokers, volume, replicas } = cluster;
  const { own } = input;
  const { brokers: type } = types;
  const fleet = type.name;
  return [
    figure(
      'lines at the peak',
      Math.round([own, ...input.carried].reduce((sum, s) => sum + (s.peak * s.growth) / s.lineBytes, 0)),
      'lines/s',
      'peak * growth / bytes of a line',
      [
        ['peak with growth', demand.peak, 'B/s'],
        ['line', own.lineBytes, 'B'],
      ],
      SOURCES.ours,
    ),
    figure(
      'written at the peak',
      demand.written,
      'B/s',
      `peak * growth * (line + ${KAFKA_RECORD_BYTES} B of key and record) / line, one copy, uncompressed`,
      [
        ['peak with growth', demand.peak, 'B/s'],
        ['line', own.lineBytes, 'B'],
      ],
      SOURCES.record,
    ),
    figure(
      'brokers',
      brokers,
      'hosts',
      `the most of what copies, volumes, network, memory, partitions and disk sizes need, each at ${HEADROOM * 100} % of what ${fleet} has all day, in whole zones`,
      [
        ['for copies', needs.copies, 'hosts'],
        ['for volumes', needs.volumes, 'hosts'],
        ['for the network in', needs.networkIn, 'hosts'],
        ['for the network out', needs.networkOut, 'hosts'],
        ['for memory', needs.memory, 'hosts'],
        [`for partitions (${REPLICAS_PER_BROKER} copies a broker)`, needs.partitions, 'hosts'],
        ['for disk sizes', needs.disks, 'hosts'],
        ['zones', input.zones, 'zones'],
      ],
      SOURCES.rightSizing,
    ),
    figure(
      'controllers',
      controllers,
      'hosts',
      controllers === 0
        ? 'small: the brokers are the controllers'
        : 'three, so that two are a majority when one is away; five where two may be',
      [],
      SOURCES.kraft,
    ),
    figure(
      'partitions',
      cluster.partitions.reduce((a, b) => a + b, 0),
      'partitions',
      `for each region: peak * growth / what one partition is planned with, at least one a broker, in steps of 6`,
      [
        ['peak with growth', demand.peak, 'B/s'],
        ['a partition', PARTITION_RATE, 'B/s'],
        ['regions', cluster.partitions.length, 'regions'],
      ],
      SOURCES.partitions,
    ),
    figure(
      'kept on all brokers',
      demand.kept,
      'B',
      'average * growth * (line + record) / line * retention * copies',
      [
        ['average with growth', demand.average, 'B/s'],
        ['written on average, all copies', demand.copiedAverage, 'B/s'],
      ],
      SOURCES.topicSettings,
    ),
    figure(
      'disk of a broker',
      volume.gib,
      'GiB',
      `(kept + a segment for every copy of a partition) / brokers / ${DISK_FILL * 100} % full at most, in steps of 10`,
      [
        ['kept', demand.kept, 'B'],
        ['copies of partitions', replicas, 'copies'],
        ['segment', KAFKA_SEGMENT_BYTES, 'B'],
        ['brokers', brokers, 'hosts'],
      ],
      `${SOURCES.msk}; ${SOURCES.topicSettings}`,
    ),
    figure(
      'a replaced disk has its copies again after',
      refillSeconds(cluster, type),
      's',
      `kept by a broker / (${HEADROOM * 100} % of what its disk and host take, less what comes in on average)`,
      [
        ['kept', demand.kept, 'B'],
        ['brokers', brokers, 'hosts'],
        ['written on average, all copies', demand.copiedAverage, 'B/s'],
      ],
      SOURCES.rightSizing,
    ),
    figure(
      'throughput of that disk',
      volume.throughput,
      'MiB/s',
      `written by a broker / ${HEADROOM * 100} %, from 125 on`,
      [
        ['written at the peak, all copies', demand.copied, 'B/s'],
        ['brokers', brokers, 'hosts'],
        [`${fleet} to its volumes`, type.volumes, 'B/s'],
      ],
      SOURCES.gp3,
    ),
    figure(
      'operations of that disk',
      volume.iops,
      'IOPS',
      '4 for each MiB/s, and one for each 64 KiB written, from 3,000 on',
      [['throughput', volume.throughput, 'MiB/s']],
      SOURCES.gp3,
    ),
    figure(
      'memory of a broker',
      cluster.memoryGib,
      'GiB',
      `${BROKER_MEMORY.heapGib} of heap, ${BROKER_MEMORY.systemGib} for the system, and what it writes in ${CACHE_SECONDS} s: who keeps up reads no disk`,
      [
        ['written at the peak, all copies', demand.copied, 'B/s'],
        ['brokers', brokers, 'hosts'],
        [`${fleet} has`, type.memoryGib, 'GiB'],
      ],
      SOURCES.hardware,
    ),
  ];
}

/** Seconds until a broker whose disk was replaced is in sync again. */
function refillSeconds({ demand, brokers, volume }: ClusterSize, type: InstancePerformance): number {
  const spare = HEADROOM * Math.min(volume.throughput * MIB, type.volumes, type.network) - demand.copiedAverage / brokers;
  return spare > 0 ? demand.kept / brokers / spare : Number.POSITIVE_INFINITY;
}
