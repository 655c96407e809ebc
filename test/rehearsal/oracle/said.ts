/** What the diff and the timeline say of a change: who heard it, and what was said. */
import type { Loss } from '../../../lib/rehearsal/model';
import type { Meaning } from '../../../lib/review/diff';
import type { Harm } from './harm';

export interface Said {
  readonly meanings: readonly Meaning[];
  readonly losses: readonly Loss[];
  /** The engine refuses it: a re-run is refused, too. */
  readonly refused: boolean;
}

const GRAVE = new Set(['data-loss', 'quorum', 'refused', 'replaced']);

/** How bad a word must at least be, for each kind of harm. */
const ENOUGH: Readonly<Record<Harm['kind'], (severity: string) => boolean>> = {
  quorum: (severity) => severity === 'data-loss' || severity === 'quorum' || severity === 'replaced',
  member: (severity) => GRAVE.has(severity),
  disk: (severity) => GRAVE.has(severity),
  cut: (severity) => severity !== 'cosmetic',
};

const CODES: Readonly<Record<Harm['kind'], RegExp>> = {
  quorum: /QUORUM/,
  member: /REPLACED|EMPTIED|DISK|GOES|LOST/,
  disk: /DISK|EMPTIED|DATA/,
  cut: /CUT|REACH|MOVES|REPLACED/,
};

/** Whether one sentence speaks of a harm, in words that are grave enough. */
export function isSaid({ kind, words }: Harm, { meanings, losses }: Said): boolean {
  const speaks = (text: string) => words.some((word) => text.includes(word));
  return (
    meanings.some(
      ({ severity, what, hosts, details, stack }) =>
        ENOUGH[kind](severity) && speaks([stack.replace('/', '-'), what, ...hosts, ...details].join('\n')),
    ) ||
    losses.some(
      ({ code, what, why, hosts, stack }) =>
        CODES[kind].test(code) && speaks([stack.replace('/', '-'), what, why, ...hosts].join('\n')),
    )
  );
}
