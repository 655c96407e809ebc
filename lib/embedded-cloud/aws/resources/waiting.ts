import type { Context } from './handler';

/** Waits until something holds, at most some simulated time; false: it never did, or the operation was cancelled. */
export async function holdsWithin(c: Context, milliseconds: number, holds: () => boolean): Promise<boolean> {
  const end = Date.now() + c.scaled(milliseconds);
  while (!holds()) {
    if (Date.now() >= end || c.cancelled.aborted) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
