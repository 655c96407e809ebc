import type { Clock } from './clock';

interface Timer {
  readonly at: number;
  /** Of two at one time the first asked is called first. */
  readonly order: number;
  readonly then: () => void;
  gone: boolean;
}

/** What is waited for never comes: all that is left waits for something that nobody does. */
export class Standstill extends Error {
  constructor(readonly at: number) {
    super(`nothing is left to happen after ${Math.round(at / 1000)} s, and not all is done`);
  }
}

/**
 * Time that passes only when everything waits: then it jumps to the next thing that is due. What takes hours takes as long as it computes,
 * and the same work happens in the same order every time.
 */
export class VirtualClock implements Clock {
  private time: number;
  private asked = 0;
  private ticks = 0;
  /** The earliest last. */
  private readonly timers: Timer[] = [];

  /** @param start milliseconds since 1970 @default 0 */
  constructor(start = 0) {
    this.time = start;
  }

  milliseconds(): number {
    return this.time;
  }

  now(): string {
    return new Date(this.time).toISOString();
  }

  tick(): string {
    this.ticks = Math.max(this.time, this.ticks + 1);
    return new Date(this.ticks).toISOString();
  }

  after(milliseconds: number, then: () => void): () => void {
    const timer: Timer = { at: this.time + Math.max(0, milliseconds), order: this.asked++, then, gone: false };
    this.push(timer);
    return () => {
      timer.gone = true;
    };
  }

  wait(milliseconds: number, until?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (until?.aborted) {
        resolve();
        return;
      }
      const done = () => {
        forget();
        until?.removeEventListener('abort', done);
        resolve();
      };
      const forget = this.after(milliseconds, done);
      until?.addEventListener('abort', done);
    });
  }

  breathe(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Runs until the work is done; what is still due after it stays due.
   *
   * @throws Standstill, or what the work throws
   */
  async run<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    for (;;) {
      // Everything that can go on without time has gone on when the event loop comes round.
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return work;
      const next = this.pop();
      if (next === undefined) throw new Standstill(this.time);
      this.time = Math.max(this.time, next.at);
      next.then();
      for (let same = this.peek(); same !== undefined && same.at <= this.time; same = this.peek()) this.pop()?.then();
    }
  }

  private peek(): Timer | undefined {
    while (this.timers.at(-1)?.gone) this.timers.pop();
    return this.timers.at(-1);
  }

  private pop(): Timer | undefined {
    return this.peek() && this.timers.pop();
  }

  private push(timer: Timer): void {
    let [low, high] = [0, this.timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(timer, this.timers[middle] as Timer)) low = middle + 1;
      else high = middle;
    }
    this.timers.splice(low, 0, timer);
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
