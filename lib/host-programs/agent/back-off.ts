/** How long to wait before something that has failed is tried again. */

/** Seconds; the first wait and the longest. */
const FIRST = 0.25;
const LONGEST = 30;

/**
 * Milliseconds until the next try: doubled after every failure, up to 30 s, and anything between the half and the whole of it, so that
 * thousands of agents don't come back at the same moment. A server that names a longer wait gets it, up to a minute.
 *
 * @param failures in a row, from 1
 * @param retryAfter seconds that the server has asked for
 */
export function backOff(failures: number, random: number, retryAfter = 0): number {
  const most = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
  return Math.round(1000 * Math.max(most * (0.5 + random / 2), Math.min(60, retryAfter)));
}
