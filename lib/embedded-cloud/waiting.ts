import { clock } from '../engine/clock';
import type { Context } from '../engine/handler';

/** Waits until something holds, at most some simulated time; false: it never did, or the operation was cancelled. */
export async function holdsWithin(
  c: Pick<Context, 'scaled' | 'cancelled'>,
  milliseconds: number,
  holds: () => boolean,
): Promise<boolean> {
  const end = clock.milliseconds() + c.scaled(milliseconds);
  while (!holds()) {
    if (clock.milliseconds() >= end || c.cancelled.aborted) return false;
    await clock.wait(10);
  }
  return true;
}

/** Waits for some simulated time: what a cloud does in the background takes a moment. */
export const moment = (c: Pick<Context, 'scaled'>, seconds: number): Promise<void> => clock.wait(c.scaled(seconds * 1000));
