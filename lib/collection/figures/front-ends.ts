/** Front ends and their spools, explained. */
import { FRONT_END_LINES, HEADROOM, MIB, SOURCES } from '../assumptions';
import { type Figure, figure } from '../figure';
import { SPOOL_LINE_BYTES } from '../framing';
import { busiest, drainRate } from '../size/front-ends';
import { overSpools } from '../size/losses';
import { catchUp } from '../size/mirror';
import type { PlaceSize } from '../sizing';

export function frontEndFigures({ input, frontEnds, types, cluster, settings }: PlaceSize): Figure[] {
  const { own, keep, outage, whenFull } = input;
  const { count, needs, disks, segments, spool, volume } = frontEnds;
  const drain = drainRate(count, types.frontEnds, volume.throughput * MIB, own.average, own.lineBytes);
  // Where others are carried in, the cluster's room is shared with their live load.
  const room = cluster.capacity.rate - (cluster.now.average - own.average);
  const rate = Math.min(room, drain);
  const over = overSpools(own, keep, outage);
  return [
    figure(
      'front ends',
      count,
      'hosts',
      `the most of what the network and the volumes of ${types.frontEnds.name}, the CPU as it was measured and disk sizes need for peak * growth, each at ${HEADROOM * 100} %, one more that may be away, in whole zones; here ${decider(frontEnds)}`,
      [
        ['for the network', needs.network, 'hosts'],
        ['for volumes', needs.volumes, 'hosts'],
        ['for CPU', needs.cpu, 'hosts'],
        ['for disk sizes', disks, 'hosts'],
        [`measured with lines of ${FRONT_END_LINES.bytes} B, many a request: takes`, FRONT_END_LINES.taken, 'lines/s'],
        ['forwards', FRONT_END_LINES.forwarded, 'lines/s'],
        ['zones', input.zones, 'zones'],
      ],
      SOURCES.frontEndBench,
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
        ['segment', settings.segmentBytes, 'B'],
      ],
      SOURCES.ours,
    ),
    figure(
      'disk of a front end',
      volume.gib,
      'GiB',
      `segments * their size / ${settings.spoolFill * 100} %, in steps of 10`,
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
      'spools can’t keep of the outage',
      over,
      'B',
      whenFull === 'refuse'
        ? 'when Kafka is away: average * (outage - kept for); refused, senders keep them'
        : 'when Kafka is away: average * (outage - kept for); the oldest are dropped, and counted',
      [
        ['outage', outage, 's'],
        ['kept for', keep, 's'],
        ['average', own.average, 'B/s'],
      ],
      SOURCES.ours,
    ),
    figure(
      'Kafka has caught up after',
      catchUp(rate, own.average, own.average * outage - (whenFull === 'refuse' ? 0 : over)),
      's',
      `when Kafka was away: average * ${whenFull === 'refuse' ? 'outage' : 'what is kept of the outage'} / (the lesser of what brokers take and front ends can forward beside the live lines, less the live lines)`,
      [
        ['outage', outage, 's'],
        ['average', own.average, 'B/s'],
        ['brokers take', room, 'B/s'],
        ['front ends forward', drain, 'B/s'],
      ],
      SOURCES.ours,
    ),
  ];
}

/** What asks for the most of them. */
function decider({ needs, disks }: PlaceSize['frontEnds']): string {
  if (disks > busiest(needs)) return 'the size of disks decides';
  const words = { network: 'the network decides', volumes: 'volumes decide', cpu: 'the CPU decides' } as const;
  const [first] = (Object.keys(words) as (keyof typeof words)[]).sort((a, b) => needs[b] - needs[a]);
  return words[first!];
}
