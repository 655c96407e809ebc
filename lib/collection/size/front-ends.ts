/** Front ends and their spools. */

import type { InstancePerformance } from '../../estate/clouds/aws-instance-performance';
import { GP3 } from '../../estate/clouds/aws-limits';
import { GIB, HEADROOM, roundUp, SPOOL_FILL } from '../assumptions';
import { kafkaBytes, SPOOL_SEGMENT_BYTES, spoolBytes } from '../framing';
import type { Stream } from '../stream';
import { volumeRate } from './brokers';
import { diskGib, performance, type VolumeSize } from './disks';

/** Segments beside those that hold the lines: one that is being written, one that is being read. */
const OPEN_SEGMENTS = 2;

export interface FrontEndSize {
  /** Hosts that carry the peak, and one that may be away. */
  readonly count: number;
  /** Spool of all hosts, bytes. */
  readonly spool: number;
  /** Segments of one host's spool. */
  readonly segments: number;
  readonly volume: VolumeSize;
}

/** @param keep seconds of the average load */
export function sizeFrontEnds(stream: Stream, keep: number, type: InstancePerformance, zones: number): FrontEndSize {
  const { peak, growth, lineBytes } = stream;
  const spool = spoolNeeded(stream, keep, true);
  const busy = frontEndsBusy(peak * growth, lineBytes, type);
  const large = spool / (SPOOL_FILL * GP3.mostGib * GIB);
  const count = roundUp(Math.ceil(Math.max(busy, large)) + 1, zones);
  const segments = segmentsOf(spool / count);
  return {
    count,
    spool,
    segments,
    volume: {
      gib: diskGib(segments * SPOOL_SEGMENT_BYTES, SPOOL_FILL),
      ...performance(spoolBytes(peak * growth, lineBytes) / Math.max(1, count - 1)),
    },
  };
}

/** Hosts that so many raw bytes a second keep busy: they come in, are written, and go out as Kafka's records. */
export function frontEndsBusy(rate: number, lineBytes: number, type: InstancePerformance): number {
  const network = Math.max(rate, kafkaBytes(rate, lineBytes)) / (HEADROOM * type.network);
  return Math.max(network, spoolBytes(rate, lineBytes) / (HEADROOM * volumeRate(type)));
}

/** Bytes that all front ends keep together. */
export function spoolNeeded({ average, growth, lineBytes }: Stream, keep: number, grown: boolean): number {
  return spoolBytes(average * (grown ? growth : 1) * keep, lineBytes);
}

/** Whole segments for so many bytes, and the open ones. */
export function segmentsOf(bytes: number): number {
  return Math.ceil(bytes / SPOOL_SEGMENT_BYTES) + OPEN_SEGMENTS;
}

/** Raw bytes a second that front ends hand to Kafka while they take the live load: what is kept is read from the same disks. */
export function drainRate(count: number, type: InstancePerformance, volume: number, live: number, lineBytes: number): number {
  const perRaw = spoolBytes(1, lineBytes);
  const disks = HEADROOM * Math.min(volume, type.volumes) * count - live * perRaw;
  const network = (HEADROOM * type.network * count) / kafkaBytes(1, lineBytes);
  return Math.max(0, Math.min(disks / perRaw, network));
}
