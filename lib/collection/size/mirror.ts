/** Mirrors of the central region, and how long it takes to catch up. */
import type { InstancePerformance } from '../../facts/aws/instance-performance';
import { mirrorRate, mirrorTasks, PARTITION_RATE } from '../../plan/collection/mirror-load';
import { HEADROOM, MIRROR_HEAP_GIB, roundUp } from '../assumptions';
import { kafkaBytes } from '../framing';
import { demandOf, type Stream } from '../stream';

/** What carries one region's topics. */
export interface MirrorFlow {
  readonly region: string;
  /** As the plan gives them: `tasks.max`. */
  readonly tasks: number;
  /** Raw bytes a second that these tasks carry, and that the region's quota lets through: it counts records. */
  readonly tasksCarry: number;
  readonly quota: number;
}

/** @param partitions of the stream's topics */
export function mirrorFlow(stream: Stream, partitions: number): MirrorFlow {
  const { region, peak, lineBytes } = stream;
  const tasks = mirrorTasks(partitions, peak);
  return { region, tasks, tasksCarry: tasks * PARTITION_RATE, quota: mirrorRate(peak) / kafkaBytes(1, lineBytes) };
}

/** Hosts for so many flows: their network carries the peaks, with one host away. */
export function mirrorHosts(streams: readonly Stream[], type: InstancePerformance, zones: number): number {
  if (streams.length === 0) return 0;
  const network = demandOf(streams, true).written / (HEADROOM * type.network);
  return Math.max(2, roundUp(Math.ceil(network) + 1, zones));
}

/** GiB of memory of a worker: its heap, and as much beside it. Every mirror host runs a worker of each flow. */
export function mirrorWorker(heapGib: number): number {
  return 2 * heapGib;
}

/** GiB of memory of a mirror host: a worker of each flow, and the system. */
export function mirrorMemory(flows: number, heapGib: number = MIRROR_HEAP_GIB): number {
  return flows * mirrorWorker(heapGib) + 1;
}

/**
 * Seconds until a backlog is carried: it goes at what the path can carry less what comes in meanwhile. Infinity where nothing is left
 * for it.
 *
 * @param capacity raw bytes a second
 * @param live raw bytes a second
 * @param backlog raw bytes
 */
export function catchUp(capacity: number, live: number, backlog: number): number {
  if (backlog === 0) return 0;
  const spare = capacity - live;
  return spare > 0 ? backlog / spare : Number.POSITIVE_INFINITY;
}
