/** What a program says; journald adds the time and the unit. */

/** One line to standard error. */
export function say(words: string): void {
  process.stderr.write(`${words.replaceAll('\n', ' | ')}\n`);
}

const SILENCE_MS = 10_000;
const last = new Map<string, number>();

/**
 * The same for what happens over and over while something is away: one line of a kind in ten seconds.
 *
 * @param kind what counts as the same
 */
export function sayOften(kind: string, words: string): void {
  const now = Date.now();
  if (now - (last.get(kind) ?? Number.NEGATIVE_INFINITY) < SILENCE_MS) return;
  last.set(kind, now);
  say(words);
}

export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  return [error.message, ...inner.map(reason)].filter((words) => words !== '').join(': ');
}
