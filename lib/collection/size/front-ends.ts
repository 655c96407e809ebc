/** Front ends and their spools. */

import type { InstancePerformance } from '../../facts/aws/instance-performance';
import { GP3 } from '../../facts/aws/volumes';
import { FRONT_END_LINES, GIB, HEADROOM, roundUp } from '../assumptions';
import { kafkaBytes, spoolBytes } from '../framing';
import { type HostSettings, PROFILE_SETTINGS } from '../host-settings';
import type { Stream } from '../stream';
import { volumeRate } from './brokers';
import { diskGib, performance, type VolumeSize } from './disks';

/** Segments beside those that hold the lines: one that is being written, one that is being read. */
const OPEN_SEGMENTS = 2;

/** Front ends by each thing that may run out, before rounding, without the one that may be away. */
export interface FrontEndNeeds {
  readonly network: number;
  readonly volumes: number;
  /** By what the program was measured to take and forward. */
  readonly cpu: number;
}

export interface FrontEndSize {
  /** Hosts that carry the peak, and one that may be away. */
  readonly count: number;
  readonly needs: FrontEndNeeds;
  /** Hosts by what one volume may hold. */
  readonly disks: number;
  /** Spool of all hosts, bytes. */
  readonly spool: number;
  /** Segments of one host's spool. */
  readonly segments: number;
  readonly volume: VolumeSize;
}

/** @param keep seconds of the average load */
export function sizeFrontEnds(
  stream: Stream,
  keep: number,
  type: InstancePerformance,
  zones: number,
  { spoolFill, segmentBytes }: HostSettings = PROFILE_SETTINGS,
): FrontEndSize {
  const { peak, growth, lineBytes } = stream;
  const spool = spoolNeeded(stream, keep, true);
  const needs = frontEndNeeds(peak * growth, lineBytes, type);
  const disks = spool / (spoolFill * GP3.mostGib * GIB);
  const count = roundUp(Math.ceil(Math.max(busiest(needs), disks)) + 1, zones);
  const segments = segmentsOf(spool / count, segmentBytes);
  return {
    count,
    needs,
    disks,
    spool,
    segments,
    volume: {
      gib: diskGib(segments * segmentBytes, spoolFill),
      ...performance(spoolBytes(peak * growth, lineBytes) / Math.max(1, count - 1)),
    },
  };
}

/** Hosts that so many raw bytes a second need: they come in, are written, and go out as Kafka's records. */
export function frontEndNeeds(rate: number, lineBytes: number, type: InstancePerformance): FrontEndNeeds {
  return {
    network: Math.max(rate, kafkaBytes(rate, lineBytes)) / (HEADROOM * type.network),
    volumes: spoolBytes(rate, lineBytes) / (HEADROOM * volumeRate(type)),
    cpu: frontEndTime(rate, rate, lineBytes) / HEADROOM,
  };
}

/** Hosts by the scarcest. */
export function busiest(needs: FrontEndNeeds): number {
  return Math.max(...Object.values(needs));
}

/**
 * Seconds that one front end is busy for each second. Lines that are shorter than the measured ones cost as much as they did, because
 * most of it is done a line; longer ones as much as their bytes, because no others were measured.
 *
 * @param taken raw bytes a second that come in
 * @param forwarded raw bytes a second that go to Kafka
 */
export function frontEndTime(taken: number, forwarded: number, lineBytes: number): number {
  const bytes = Math.min(lineBytes, FRONT_END_LINES.bytes);
  return taken / bytes / FRONT_END_LINES.taken + forwarded / bytes / FRONT_END_LINES.forwarded;
}

/** Bytes that all front ends keep together. */
export function spoolNeeded({ average, growth, lineBytes }: Stream, keep: number, grown: boolean): number {
  return spoolBytes(average * (grown ? growth : 1) * keep, lineBytes);
}

/** Whole segments for so many bytes, and the open ones. */
export function segmentsOf(bytes: number, segmentBytes: number = PROFILE_SETTINGS.segmentBytes): number {
  return Math.ceil(bytes / segmentBytes) + OPEN_SEGMENTS;
}

/**
 * Raw bytes a second that front ends hand to Kafka while they take the live load: what is kept is read from the same disks, by the same
 * program.
 */
export function drainRate(count: number, type: InstancePerformance, volume: number, live: number, lineBytes: number): number {
  const perRaw = spoolBytes(1, lineBytes);
  const disks = HEADROOM * Math.min(volume, type.volumes) * count - live * perRaw;
  const network = (HEADROOM * type.network * count) / kafkaBytes(1, lineBytes);
  const cpu = (HEADROOM * count - frontEndTime(live, 0, lineBytes)) / frontEndTime(0, 1, lineBytes);
  return Math.max(0, Math.min(disks / perRaw, network, cpu));
}
