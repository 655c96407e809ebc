/** What a program says; journald adds the time and the unit. */
import { visible } from '../../encode/terminal';
import { steady } from './steady';

/** Characters of one line: journald parts longer ones (LineMax, 48 KB), and the second half would be a line of somebody else's. */
const LONGEST = 8_000;

/**
 * One line to standard error. Names of topics and what clients and brokers answer stand in it: none of them begins a line, or gives it
 * a priority (journald reads `<3>` at its beginning; sd-daemon(3)).
 */
export function say(words: string): void {
  const line = visible(words.replaceAll('\n', ' | ')).replace(/^<(?=\d)/, '\\<');
  process.stderr.write(`${line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line}\n`);
}

const SILENCE_MS = 10_000;
const last = new Map<string, number>();

/**
 * The same for what happens over and over while something is away: one line of a kind in ten seconds.
 *
 * @param kind what counts as the same
 */
export function sayOften(kind: string, words: string): void {
  const now = steady();
  if (now - (last.get(kind) ?? Number.NEGATIVE_INFINITY) < SILENCE_MS) return;
  last.set(kind, now);
  say(words);
}

export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  return [error.message, ...inner.map(reason)].filter((words) => words !== '').join(': ');
}
