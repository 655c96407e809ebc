import { AliyunError, NotFound } from '../cloud/errors';
import type { RosClient } from './client';
import type { Stack } from './model';
import type { StackEvents } from './stack-events';
import { isBusy, isGone } from './status';

/** How an operation is watched. */
export interface Watching {
  /** The first wait between two looks, milliseconds. @default 1000 */
  readonly firstMs?: number;
  /** The longest, milliseconds. @default 10000 */
  readonly longestMs?: number;
  /** For so long the service may fail to answer before we stop watching; ROS goes on by itself. @default 600000 */
  readonly patienceMs?: number;
}

/** How a stack is once ROS has ended. */
export interface Settled {
  /** Nothing when it is gone. */
  readonly stack?: Stack;
  /** It was there while we watched. */
  readonly seen: boolean;
}

/**
 * Watches a stack until ROS has ended what it does, and tells its events. Looks often while something happens and seldom while nothing
 * does.
 * @returns the stack as it then is, or that it is gone
 */
export async function settle(client: RosClient, stackId: string, events: StackEvents, watching: Watching = {}): Promise<Settled> {
  const { firstMs = 1000, longestMs = 10_000, patienceMs = 600_000 } = watching;
  const { clock } = client.rpc;
  let wait = firstMs;
  let answered = clock.now();
  let seen = false;
  for (;;) {
    try {
      const stack = await client.getStack(stackId, false);
      // The state first, then the events: what is told last is then never older than the end.
      const news = await events.tell(stackId);
      answered = clock.now();
      if (isGone(stack.status)) return { seen };
      if (!isBusy(stack.status)) return { stack, seen: true };
      seen = true;
      wait = news > 0 ? firstMs : Math.min(longestMs, wait * 1.5);
    } catch (error) {
      if (error instanceof NotFound) return { seen };
      if (!(error instanceof AliyunError && error.retryable) || clock.now() - answered > patienceMs) throw error;
      wait = longestMs;
    }
    // Many stacks are watched at once: they don't look in step.
    await clock.sleep(Math.round(wait * (0.75 + clock.random() / 2)));
  }
}
