import type { Clock } from './clock';
import { AliyunError } from './errors';

/** How often and how long a call is tried. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** The longest first wait, in milliseconds; each further one may be twice as long. */
  readonly firstMs: number;
  /** No single wait is longer (milliseconds), except where the service asks for one. */
  readonly longestMs: number;
  /** After so many milliseconds since the first attempt none is begun. */
  readonly budgetMs: number;
}

/** Nine attempts over at most two minutes: at 30 % throttling one call in 50,000 isn't answered. */
export const RETRY_POLICY: RetryPolicy = { attempts: 9, firstMs: 400, longestMs: 15_000, budgetMs: 120_000 };

/**
 * How long to wait before the next attempt: anything from nothing to the bound, which doubles ("Exponential Backoff And Jitter", full
 * jitter: callers that were throttled together don't come back together). Never shorter than what the service asks for.
 * @param attempt how many attempts have failed, from 1
 */
export function backoff(attempt: number, policy: RetryPolicy, random: number, retryAfterMs = 0): number {
  const bound = Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(retryAfterMs + random * bound);
}

/** What an attempt came to, for whoever counts. */
export interface Attempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** Code of the failure; none when it was answered. */
  readonly code?: string;
  /** How long is waited before the next one, milliseconds; none when there is no next one. */
  readonly waitMs?: number;
}

/**
 * Does something again while that may help. What failed for certain without being done (throttled, not connected) is repeated whatever it
 * is; what may have been done only where doing it twice is the same as once.
 * @param repeatable doing it twice is the same as once: a read, or a write with the same ClientToken
 */
export async function retrying<T>(
  act: () => Promise<T>,
  {
    repeatable,
    policy,
    clock,
    onAttempt,
  }: { repeatable: boolean; policy: RetryPolicy; clock: Clock; onAttempt?: (attempt: Attempt) => void },
): Promise<T> {
  const began = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await act();
      onAttempt?.({ attempt });
      return result;
    } catch (error) {
      const failure = error instanceof AliyunError ? error : undefined;
      const may = failure?.retryable && (repeatable || failure.untouched);
      const waitMs = backoff(attempt, policy, clock.random(), failure?.retryAfterMs);
      const again = may && attempt < policy.attempts && clock.now() - began + waitMs <= policy.budgetMs;
      onAttempt?.({ attempt, code: failure?.code ?? 'Unexpected', ...(again ? { waitMs } : {}) });
      if (!again) throw error;
      await clock.sleep(waitMs);
    }
  }
}
