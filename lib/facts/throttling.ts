/**
 * What a stack engine does with a service that turns it away for coming too fast: it waits longer each time and asks again ("Rate exceeded"
 * of an exhausted retry is the resource's failure). No page gives the numbers: ESTIMATES of 2026-11.
 */
const FIRST_SECONDS = 2;
const MOST_SECONDS = 60;
const ATTEMPTS = 12;

/**
 * Seconds to wait after so many requests that were turned away.
 *
 * @returns undefined when the engine gives up
 */
export const throttledWait = (attempt: number): number | undefined =>
  attempt >= ATTEMPTS ? undefined : Math.min(FIRST_SECONDS * 2 ** attempt, MOST_SECONDS);
