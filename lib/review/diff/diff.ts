/** The diff of stacks: pure, the same words for the same templates. */
import { FLEET_TAG } from '../../plan/names';
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
  /** Fleet whose hosts stand in the stack: `<cluster>/<fleet>`, as its tag has it. @default - it holds no fleet, or its tags are not known */
  readonly fleet?: string;
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
  const fleet = (after ?? before)?.tags?.[FLEET_TAG];
  return { change, ...meaningsOf(change, steps), ...(fleet === undefined ? {} : { fleet }) };
}

/**
 * Stacks are paired by path; in the order of `after`. What only stands, or stood, is behind them: a deploy leaves alone what is no longer
 * described.
 */
export function diffStates(
  before: readonly StackState[],
  after: readonly StackState[],
  steps: readonly Step[] = [],
): StackDiff[] {
  const old = new Map(before.map((state) => [state.path, state]));
  const now = new Set(after.map((state) => state.path));
  return [
    ...after.map((state) => diffStacks(old.get(state.path), state, steps)),
    ...before.filter((state) => !now.has(state.path)).map(undescribed),
  ];
}

/** A stack that a deploy does not touch, because nothing describes it any more. */
function undescribed(before: StackState): StackDiff {
  const { meanings, ...gone } = diffStacks(before, undefined);
  const hosts = [...new Set(meanings.filter(({ kind }) => kind === 'host-goes').flatMap((meaning) => meaning.hosts))];
  const where = gone.change.region === undefined ? '' : ` ${gone.change.region}`;
  const told: Meaning = {
    kind: 'stack-undescribed',
    severity: 'network',
    stack: before.path,
    what: `stays${hosts.length === 0 ? '' : ', with its hosts,'} until \`meissa destroy --undescribed${where}\``,
    hosts,
    details: [],
    explains: gone.change.entries.map(({ section, id }) => `${section}/${id}`),
  };
  return { ...gone, userData: [], meanings: [told] };
}
