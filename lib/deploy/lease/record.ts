/** What stands in a region's lease: who holds it, or that it was given back. */
import type { DeployRun } from './run';

export interface LeaseRecord {
  readonly run: DeployRun;
  /** Counts writes of this run: no two are the same text. */
  readonly beat: number;
  readonly released: boolean;
}

const FORMAT = 'meissa-lease 1';

/** One line. */
export function recordText(record: LeaseRecord): string {
  return `${FORMAT} ${JSON.stringify(record)}\n`;
}

/**
 * The record that was written last. What stands there may be of anybody who can write to the bucket, and is printed: every word of it is
 * held to a pattern.
 *
 * @returns undefined for what is none of ours
 */
export function parseRecord(text: string): LeaseRecord | undefined {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith(`${FORMAT} `)) return undefined;
  let read: { run?: Record<string, unknown>; beat?: unknown; released?: unknown } | null;
  try {
    read = JSON.parse(line.slice(FORMAT.length + 1));
  } catch {
    return undefined;
  }
  const run = read?.run;
  if (run === undefined || run === null || typeof run !== 'object') return undefined;
  const word = (name: string, pattern: RegExp, otherwise: string) => {
    const value = run[name];
    return typeof value === 'string' && pattern.test(value) ? value : otherwise;
  };
  const id = word('id', /^[\w-]{1,80}$/, '');
  const { pid } = run;
  if (id === '' || !Number.isSafeInteger(pid) || !Number.isSafeInteger(read!.beat)) return undefined;
  return {
    run: {
      id,
      pid: pid as number,
      host: word('host', /^[\w.-]{1,255}$/, 'unknown'),
      user: word('user', /^[\w.-]{1,64}$/, 'unknown'),
      verb: word('verb', /^[a-z ]{1,40}$/, 'deploy'),
      since: word('since', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'an unknown time'),
      space: word('space', /^[\w:/[\].-]{0,200}$/, ''),
      start: word('start', /^[\w/-]{0,200}$/, ''),
    },
    beat: read!.beat as number,
    released: read!.released === true,
  };
}
