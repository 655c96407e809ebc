/** What a mirror is given for a region's load: the plan renders it, and the sizing counts with the same. */

/** Mirrors may read at so many times the region's peak: one goes on with what is new, three catch up. */
export const MIRROR_CATCH_UP = 4;

/**
 * Bytes a second that a partition is planned with, and a task of MirrorMaker with it: tens of MB/s are possible ("How to Choose the
 * Number of Topics/Partitions"); this is the low end.
 */
export const PARTITION_RATE = 10e6;

/**
 * Tasks for the catch-up rate (`tasks.max`): at least two, so that both workers carry; a partition is carried by one task.
 *
 * @param partitions of all topics that are carried
 * @param peak raw bytes a second of the region, without growth
 */
export function mirrorTasks(partitions: number, peak: number): number {
  return Math.min(partitions, Math.max(2, Math.ceil((MIRROR_CATCH_UP * peak) / PARTITION_RATE)));
}

/** Bytes a second that a region's brokers together let its mirror read: their quota (`consumer_byte_rate`), counted as they are sent. */
export function mirrorRate(peak: number): number {
  return MIRROR_CATCH_UP * peak;
}
