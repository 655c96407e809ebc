import type { Context } from '../engine/handler';

/** Waits until something holds, at most some simulated time; false: it never did, or the operation was cancelled. */
export async function holdsWithin(
  c: Pick<Context, 'scaled' | 'cancelled' | 'clock'>,
  milliseconds: number,
  holds: () => boolean,
): Promise<boolean> {
  const end = c.clock.milliseconds() + c.scaled(milliseconds);
  while (!holds()) {
    if (c.clock.milliseconds() >= end || c.cancelled.aborted) return false;
    // In virtual time nobody waits for who asks too often.
    await c.clock.wait(Math.max(10, c.scaled(1000)));
  }
  return true;
}

/** Waits for some simulated time: what a cloud does in the background takes a moment. */
export const moment = (c: Pick<Context, 'scaled' | 'clock'>, seconds: number): Promise<void> =>
  c.clock.wait(c.scaled(seconds * 1000));
