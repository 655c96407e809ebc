let last = 0;

/** The time as ISO text, never the same twice: the CDK CLI sorts events by their time alone. */
export function tick(): string {
  last = Math.max(Date.now(), last + 1);
  return new Date(last).toISOString();
}

/** The time without moving the clock on. */
export const now = (): string => new Date().toISOString();
