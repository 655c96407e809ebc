let last = 0;

/** The only source of time. What a stack's operations wait for is simulated time, which a machine's `timeScale` makes shorter. */
export const clock = {
  /** Milliseconds since 1970. */
  milliseconds: (): number => Date.now(),
  /** ISO text. */
  now: (): string => new Date().toISOString(),
  /** ISO text that moves the clock on, never the same twice: the CDK CLI sorts events by their time alone. */
  tick(): string {
    last = Math.max(Date.now(), last + 1);
    return new Date(last).toISOString();
  },
  /** Waits some real milliseconds, or until something ends before. */
  wait: (milliseconds: number, until?: AbortSignal): Promise<void> =>
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
};
