/** How long a broker whose disk is lost copies from the others, and what makes it shorter. */

import type { InstancePerformance } from '../../facts/aws/instance-performance';
import { GP3 } from '../../facts/aws/volumes';
import { HEADROOM, MIB, REFILL_SECONDS, roundUp } from '../assumptions';
import type { Demand } from '../stream';
import { performance } from './disks';

/** Bytes a second of one broker that are left for copying. */
function spare(demand: Demand, brokers: number, rate: number): number {
  return HEADROOM * rate - demand.copiedAverage / brokers;
}

/** Bytes a second that a broker may write, its volume given in bytes a second. */
function writes(type: InstancePerformance, volume: number): number {
  return Math.min(volume, type.volumes, type.network);
}

/** Seconds until a broker whose disk was replaced is in sync again; Infinity where nothing is left for it, 0 where there are no copies. */
export function refillSeconds(demand: Demand, brokers: number, type: InstancePerformance, volume: number): number {
  if (demand.copies < 2) return 0;
  const left = spare(demand, brokers, writes(type, volume));
  return left > 0 ? demand.kept / brokers / left : Number.POSITIVE_INFINITY;
}

/** What brings a refill within the limit; each of the three is enough. */
export interface RefillAdvice {
  /** As many brokers as there are where faster volumes are enough; else more of them, each with such a volume. */
  readonly brokers: number;
  /** MiB/s of each volume. */
  readonly throughput: number;
  readonly iops: number;
  /** Bytes a second that a volume and its host have to take where brokers stay as many as they are. */
  readonly rate: number;
  /** Seconds that every topic may be kept at most, with brokers and volumes as they are; whole hours from one on. 0: no time is short enough. */
  readonly retention: number;
}

/** @param volume bytes a second of a broker's volume as it is */
export function refillAdvice(
  demand: Demand,
  brokers: number,
  type: InstancePerformance,
  volume: number,
  zones: number,
): RefillAdvice {
  const all = (demand.kept / REFILL_SECONDS + demand.copiedAverage) / HEADROOM;
  const most = writes(type, GP3.mostThroughput * MIB);
  const count = all / brokers <= most ? brokers : roundUp(Math.ceil(all / most), zones);
  const { throughput, iops } = performance((all * HEADROOM) / count);
  const left = Math.max(0, spare(demand, brokers, writes(type, volume)));
  return {
    brokers: count,
    throughput: Math.max(throughput, Math.ceil(volume / MIB)),
    iops,
    rate: all / brokers,
    retention: wholeHours((REFILL_SECONDS * left * brokers) / demand.copiedAverage),
  };
}

function wholeHours(seconds: number): number {
  return seconds < 3600 ? Math.floor(seconds) : Math.floor(seconds / 3600) * 3600;
}
