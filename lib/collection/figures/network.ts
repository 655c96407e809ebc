/** What goes over the network, explained. */
import { CONSUMERS, SOURCES } from '../assumptions';
import { type Figure, figure } from '../figure';
import { kafkaBytes } from '../framing';
import { copiesInOtherZones, otherZone } from '../size/network';
import type { PlaceSize } from '../sizing';
import { demandOf, onlyCarried, type Stream } from '../stream';

export function networkFigures({ input, cluster }: PlaceSize): Figure[] {
  const { demand, brokers } = cluster;
  const out = demand.copied - demand.written + CONSUMERS * demand.written;
  return [
    figure(
      'a broker takes, at the peak',
      demand.copied / brokers,
      'B/s',
      'all copies / brokers',
      [
        ['written at the peak, all copies', demand.copied, 'B/s'],
        ['brokers', brokers, 'hosts'],
      ],
      SOURCES.rightSizing,
    ),
    figure(
      'a broker sends, at the peak',
      out / brokers,
      'B/s',
      '(copies to other brokers + everything once to each group of readers) / brokers',
      [
        ['copies to others', demand.copied - demand.written, 'B/s'],
        ['groups', CONSUMERS, 'groups'],
        ['written at the peak', demand.written, 'B/s'],
        ['brokers', brokers, 'hosts'],
      ],
      SOURCES.rightSizing,
    ),
    figure(
      'between zones, on average',
      betweenZones(input),
      'B/s',
      'without growth: senders to front ends, front ends to brokers and readers in the region cross with (zones - 1) / zones; copies lie in other zones than their leader',
      [
        ['zones', input.zones, 'zones'],
        ['written on average', cluster.now.writtenAverage, 'B/s'],
        ['copies in other zones', copiesInOtherZones(cluster.demand.copies, input.zones), 'copies'],
      ],
      SOURCES.rack,
    ),
    ...(input.leaves
      ? [
          figure(
            'to the central region, on average',
            leaving(input),
            'B/s',
            'without growth: what is written into topics that are carried, once',
            [['average', input.own.average, 'B/s']],
            SOURCES.ours,
          ),
        ]
      : []),
  ];
}

/** Bytes a second that cross a zone's border, at today's average. Mirrors of another region read across the link instead. */
export function betweenZones({ own, carried, zones, leaves }: PlaceSize['input']): number {
  const cross = otherZone(zones);
  const copies = [own, ...carried].reduce((sum, stream) => sum + crossingCopies(stream, zones), 0);
  const { writtenAverage } = demandOf([own, ...carried], false);
  return own.average * cross + writtenAverage * cross + copies + (leaves ? 0 : CONSUMERS * writtenAverage * cross);
}

/** Bytes a second that go to the central region, at today's average. */
export function leaving({ own, leaves }: PlaceSize['input']): number {
  return leaves ? demandOf([onlyCarried(own)], false).writtenAverage : 0;
}

function crossingCopies({ average, lineBytes, topics }: Stream, zones: number): number {
  return topics.reduce(
    (sum, { share, replication }) => sum + kafkaBytes(average * share, lineBytes) * copiesInOtherZones(replication, zones),
    0,
  );
}
