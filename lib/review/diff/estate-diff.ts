/** The diff of a whole estate: of its stacks, and what belongs to no single one of them. Every kind of words is made from it. */
import type { StackDiff } from './diff';
import type { Meaning, UserDataChange } from './meaning/meaning';

export interface EstateDiff {
  readonly stacks: readonly StackDiff[];
  /** Of no single stack: data centres. */
  readonly meanings: readonly Meaning[];
  /** Of hosts that no stack holds: those of data centres. */
  readonly userData: readonly UserDataChange[];
}

/** What the words take: a list of stacks is an estate of which nothing else is known. */
export type Diffed = EstateDiff | readonly StackDiff[];

export function estateDiff(diffed: Diffed): EstateDiff {
  return 'stacks' in diffed ? diffed : { stacks: diffed, meanings: [], userData: [] };
}

/** Whether what is proposed is other than what stands. */
export function differs({ stacks, meanings, userData }: EstateDiff): boolean {
  return meanings.length > 0 || userData.length > 0 || stacks.some(({ change }) => change.kind !== 'same');
}
