/** The diff of an estate: pure, the same words for the same templates. */
import type { Step } from '../../rehearsal/model';
import type { Meaning, UserDataChange } from './meaning/meaning';
import { meaningsOf } from './meaning/meanings';
import { type StackChange, stackChange } from './model/stack-change';
import type { StackState } from './state';

export interface StackDiff {
  /** What differs. */
  readonly change: StackChange;
  /** What it means, worst first. */
  readonly meanings: readonly Meaning[];
  /** Fleets whose hosts boot with another text. */
  readonly userData: readonly UserDataChange[];
}

/**
 * @param before the stack as it stands; undefined: it is new
 * @param after as it would be; undefined: it goes
 * @param steps what the deploy does, of all stacks. @default - it was not rehearsed: what follows from another's replacement is not known
 * @throws RangeError when neither is given
 */
export function diffStacks(
  before: StackState | undefined,
  after: StackState | undefined,
  steps: readonly Step[] = [],
): StackDiff {
  const change = stackChange(before, after);
  return { change, ...meaningsOf(change, steps) };
}

/** Stacks are paired by path; in the order of `after`, those that go behind them. */
export function diffStates(
  before: readonly StackState[],
  after: readonly StackState[],
  steps: readonly Step[] = [],
): StackDiff[] {
  const old = new Map(before.map((state) => [state.path, state]));
  const now = new Set(after.map((state) => state.path));
  return [
    ...after.map((state) => diffStacks(old.get(state.path), state, steps)),
    ...before.filter((state) => !now.has(state.path)).map((state) => diffStacks(state, undefined)),
  ];
}
