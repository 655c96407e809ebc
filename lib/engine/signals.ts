import type { Clock } from './clock';
import { refused } from './engine-error';

/** Collects the signals of one resource while it is in progress. */
export class SignalBox {
  private readonly received = new Map<string, 'SUCCESS' | 'FAILURE'>();
  private readonly watchers = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly note: (reason: string) => void,
  ) {}

  /** Takes a signal; a second one with the same id changes nothing. */
  deliver(uniqueId: string, status: 'SUCCESS' | 'FAILURE'): void {
    if (this.received.has(uniqueId)) return;
    this.received.set(uniqueId, status);
    this.note(`Received ${status} signal with UniqueId ${uniqueId}`);
    for (const watcher of this.watchers) watcher();
  }

  /** How many signals of a kind came, of some senders or of all. */
  count(status: 'SUCCESS' | 'FAILURE', from?: readonly string[]): number {
    return [...this.received].filter(([id, s]) => s === status && (!from || from.includes(id))).length;
  }

  /**
   * Waits for signals.
   *
   * @returns `done` with enough successes, `failed` with more failures than are allowed, `late` after the time-out,
   * `cancelled` when the operation was
   */
  wait(
    needed: number,
    allowedFailures: number,
    milliseconds: number,
    cancelled: AbortSignal,
    from?: readonly string[],
  ): Promise<'done' | 'failed' | 'late' | 'cancelled'> {
    return new Promise((resolve) => {
      let forget = (): void => undefined;
      const finish = (outcome: 'done' | 'failed' | 'late' | 'cancelled') => {
        forget();
        this.watchers.delete(look);
        cancelled.removeEventListener('abort', stop);
        resolve(outcome);
      };
      const look = () => {
        if (this.count('SUCCESS', from) >= needed) finish('done');
        else if (this.count('FAILURE', from) > allowedFailures) finish('failed');
      };
      const stop = () => finish('cancelled');
      forget = this.clock.after(milliseconds, () => finish('late'));
      this.watchers.add(look);
      cancelled.addEventListener('abort', stop);
      if (cancelled.aborted) stop();
      else look();
    });
  }
}

/** All resources that can be signaled now. */
export class Signals {
  constructor(private readonly clock: Clock) {}

  private readonly boxes = new Map<string, SignalBox>();

  /** Opens a resource for signals until it is closed. */
  open(stackId: string, logicalId: string, note: (reason: string) => void): SignalBox {
    const box = new SignalBox(this.clock, note);
    this.boxes.set(`${stackId} ${logicalId}`, box);
    return box;
  }

  /** The open box of a resource. */
  box(stackId: string, logicalId: string): SignalBox | undefined {
    return this.boxes.get(`${stackId} ${logicalId}`);
  }

  close(stackId: string, logicalId: string): void {
    this.boxes.delete(`${stackId} ${logicalId}`);
  }
}

/** `PT15M` and the like to milliseconds. */
export function duration(text: string | undefined, fallback: string): number {
  const m = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text ?? fallback);
  if (!m) throw refused(`Invalid timeout ${text}`);
  return ((Number(m[1] ?? 0) * 60 + Number(m[2] ?? 0)) * 60 + Number(m[3] ?? 0)) * 1000;
}
