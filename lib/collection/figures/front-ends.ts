/** Front ends and their spools, explained. */
import { HEADROOM, MIB, SOURCES, SPOOL_FILL } from '../assumptions';
import { type Figure, figure } from '../figure';
import { SPOOL_LINE_BYTES, SPOOL_SEGMENT_BYTES } from '../framing';
import { drainRate } from '../size/front-ends';
import { catchUp } from '../size/mirror';
import type { PlaceSize } from '../sizing';

export function frontEndFigures({ input, frontEnds, types, cluster }: PlaceSize): Figure[] {
  const { own, keep, outage } = input;
  const { count, segments, spool, volume } = frontEnds;
  const drain = drainRate(count, types.frontEnds, volume.throughput * MIB, own.average, own.lineBytes);
  // Where others are carried in, the cluster's room is shared with their live load.
  const room = cluster.capacity.rate - (cluster.now.average - own.average);
  const rate = Math.min(room, drain);
  return [
    figure(
      'front ends',
      count,
      'hosts',
      `peak * growth at ${HEADROOM * 100} % of what ${types.frontEnds.name} takes all day, one more that may be away, in whole zones`,
      [
        ['peak with growth', own.peak * own.growth, 'B/s'],
        [`${types.frontEnds.name} on the network`, types.frontEnds.network, 'B/s'],
        [`${types.frontEnds.name} to its volumes`, types.frontEnds.volumes, 'B/s'],
        ['zones', input.zones, 'zones'],
      ],
      SOURCES.ours,
    ),
    figure(
      'spool of all front ends',
      spool,
      'B',
      `average * growth * kept for * (line + ${SPOOL_LINE_BYTES} B of frame, as if each came alone) / line`,
      [
        ['average with growth', own.average * own.growth, 'B/s'],
        ['kept for', keep, 's'],
        ['line', own.lineBytes, 'B'],
      ],
      SOURCES.ours,
    ),
    figure(
      'segments of a spool',
      segments,
      'segments',
      'a front end’s part in whole segments, and two that are open',
      [
        ['front ends', count, 'hosts'],
        ['segment', SPOOL_SEGMENT_BYTES, 'B'],
      ],
      SOURCES.ours,
    ),
    figure(
      'disk of a front end',
      volume.gib,
      'GiB',
      `segments * their size / ${SPOOL_FILL * 100} %, in steps of 10`,
      [['segments', segments, 'segments']],
      SOURCES.gp3,
    ),
    figure(
      'throughput of a front end’s disk',
      volume.throughput,
      'MiB/s',
      `peak * growth with frames over all front ends but one / ${HEADROOM * 100} %, from 125 on`,
      [
        ['peak with growth', own.peak * own.growth, 'B/s'],
        ['front ends', count, 'hosts'],
      ],
      SOURCES.gp3,
    ),
    figure(
      'Kafka has caught up after',
      catchUp(rate, own.average, outage),
      's',
      'when Kafka was away: average * outage / (the lesser of what brokers take and front ends can read beside the live lines, less the live lines)',
      [
        ['outage', outage, 's'],
        ['average', own.average, 'B/s'],
        ['brokers take', room, 'B/s'],
        ['front ends read', drain, 'B/s'],
      ],
      SOURCES.ours,
    ),
  ];
}
