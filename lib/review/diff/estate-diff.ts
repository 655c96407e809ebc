/** The diff of a whole estate: of its stacks, and what belongs to no single one of them. Every kind of words is made from it. */
import type { Finding } from '../../estate/findings/finding';
import type { Timeline } from '../../rehearsal/model';
import type { StackDiff } from './diff';
import type { Meaning, UserDataChange } from './meaning/meaning';

export interface EstateDiff {
  readonly stacks: readonly StackDiff[];
  /** Of no single stack: data centres, clusters, who reaches whom, money. */
  readonly meanings: readonly Meaning[];
  /** Of hosts that no stack holds: those of data centres. */
  readonly userData: readonly UserDataChange[];
  /** The deploy in virtual time. @default - it was not run */
  readonly timeline?: Timeline;
  /** Findings of what is proposed, beside those of what it is compared with. @default - nothing was compared */
  readonly findings?: FindingsSince;
  /**
   * Which stack is deployed after which others, by construct path.
   *
   * @default - not known; a timeline says it too
   */
  readonly order?: ReadonlyMap<string, readonly string[]>;
}

export interface FindingsSince {
  /** What they are new since: `origin/main`. */
  readonly since: string;
  readonly new: readonly Finding[];
  /** How many stood before. */
  readonly standing: number;
}

/** What the words take: a list of stacks is an estate of which nothing else is known. */
export type Diffed = EstateDiff | readonly StackDiff[];

export function estateDiff(diffed: Diffed): EstateDiff {
  return 'stacks' in diffed ? diffed : { stacks: diffed, meanings: [], userData: [] };
}

/** Whether what is proposed is other than what stands. Findings alone are no difference. */
export function differs({ stacks, meanings, userData }: EstateDiff): boolean {
  return meanings.length > 0 || userData.length > 0 || stacks.some(({ change }) => change.kind !== 'same');
}

/** Findings are the same when they say the same of the same place, on whichever line it stands. */
export function findingsSince(since: string, before: readonly Finding[], after: readonly Finding[]): FindingsSince {
  const key = ({ code, file, path, message }: Finding) => JSON.stringify([code, file, path, message]);
  const stood = new Set(before.map(key));
  const fresh = after.filter((finding) => !stood.has(key(finding)));
  return { since, new: fresh, standing: after.length - fresh.length };
}
