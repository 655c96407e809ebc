/** Mirrors of the central region, and how long it takes to catch up. */
import type { InstancePerformance } from '../../estate/clouds/aws-instance-performance';
import { HEADROOM, MIRROR_TASK_RATE, MIRROR_WORKER_GIB, roundUp } from '../assumptions';
import { demandOf, type Stream } from '../stream';

/** Tasks of one region's flow: enough for its peak, and no more than it has partitions, because a partition has one reader. */
export function mirrorTasks(stream: Stream, partitions: number): number {
  const { peak } = demandOf([stream], true);
  return Math.max(1, Math.min(partitions, Math.ceil(peak / MIRROR_TASK_RATE)));
}

/** Hosts for so many flows: their network carries the peaks, with one host away. */
export function mirrorHosts(streams: readonly Stream[], type: InstancePerformance, zones: number): number {
  if (streams.length === 0) return 0;
  const network = demandOf(streams, true).written / (HEADROOM * type.network);
  return Math.max(2, roundUp(Math.ceil(network) + 1, zones));
}

/** GiB of memory of a mirror host: a worker of each flow, and the system. */
export function mirrorMemory(flows: number): number {
  return flows * MIRROR_WORKER_GIB + 1;
}

/**
 * Seconds until a backlog is carried: it goes at what the path can carry less what comes in meanwhile. Infinity where nothing is left
 * for it.
 *
 * @param capacity raw bytes a second
 * @param live raw bytes a second
 * @param outage seconds
 */
export function catchUp(capacity: number, live: number, outage: number): number {
  const spare = capacity - live;
  return spare > 0 ? (live * outage) / spare : Number.POSITIVE_INFINITY;
}
