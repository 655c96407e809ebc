/** A source of time. What a stack's operations wait for is simulated time, which a machine's `timeScale` makes shorter. */
export interface Clock {
  /** Milliseconds since 1970. */
  milliseconds(): number;
  /** ISO text. */
  now(): string;
  /** ISO text that moves the clock on, never the same twice: the CDK CLI sorts events by their time alone. */
  tick(): string;
  /** Calls back once, some milliseconds later, and keeps no process alive for it. What is returned takes it back. */
  after(milliseconds: number, then: () => void): () => void;
  /** Waits some milliseconds, or until something ends before. */
  wait(milliseconds: number, until?: AbortSignal): Promise<void>;
  /** Lets others go on between two resources. */
  breathe(): Promise<void>;
}

let last = 0;

/** The machine's own clock. */
export const clock: Clock = {
  milliseconds: () => Date.now(),
  now: () => new Date().toISOString(),
  tick() {
    last = Math.max(Date.now(), last + 1);
    return new Date(last).toISOString();
  },
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  wait: (milliseconds, until) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        until?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      until?.addEventListener('abort', done);
      if (until?.aborted) done();
    }),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};
