/** Brokers, controllers, partitions, disks and memory, explained. */

import { PARTITION_RATE } from '../../plan/collection/mirror-load';
import {
  BROKER_MEMORY,
  CACHE_SECONDS,
  DISK_FILL,
  HEADROOM,
  MIB,
  REFILL_SECONDS,
  REPLICAS_PER_BROKER,
  SOURCES,
} from '../assumptions';
import { type Figure, figure } from '../figure';
import { KAFKA_RECORD_BYTES, KAFKA_SEGMENT_BYTES } from '../framing';
import { neededPartitions } from '../size/cluster';
import { refillSeconds } from '../size/refill';
import type { PlaceSize } from '../sizing';

export function brokerFigures(size: PlaceSize): Figure[] {
  const { input, cluster, controllers, types, settings } = size;
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
    partitionsFigure(size),
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
      refillSeconds(demand, brokers, type, volume.throughput * MIB),
      's',
      `kept by a broker / (${HEADROOM * 100} % of what its disk and host take, less what comes in on average); to be at most ${REFILL_SECONDS / 3600} h`,
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
      `${settings.brokerHeapGib} of heap, ${BROKER_MEMORY.systemGib} for the system, and what it writes in ${CACHE_SECONDS} s: who keeps up reads no disk`,
      [
        ['written at the peak, all copies', demand.copied, 'B/s'],
        ['brokers', brokers, 'hosts'],
        [`${fleet} has`, type.memoryGib, 'GiB'],
      ],
      SOURCES.hardware,
    ),
  ];
}

/** Those of the region's file stand, whatever is needed: they can't be lowered. */
function partitionsFigure({ input, cluster }: PlaceSize): Figure {
  const { own, carried } = input;
  const needed = 'peak * growth / what one partition is planned with, at least one a broker, in steps of 6';
  const written = own.topics.every(({ partitions }) => partitions !== undefined);
  return figure(
    'partitions',
    cluster.partitions.reduce((a, b) => a + b, 0),
    'partitions',
    `${written ? `as the region’s file says (needed are ${needed})` : needed}${carried.length === 0 ? '' : '; those that are carried in have as many as in their region'}`,
    [
      ['own peak with growth', own.peak * own.growth, 'B/s'],
      ['a partition', PARTITION_RATE, 'B/s'],
      ['own', cluster.partitions[0]!, 'partitions'],
      ...(written ? ([['needed', neededPartitions(own, cluster.brokers), 'partitions']] as const) : []),
      ['carried in', cluster.partitions.slice(1).reduce((a, b) => a + b, 0), 'partitions'],
    ],
    SOURCES.partitions,
  );
}
