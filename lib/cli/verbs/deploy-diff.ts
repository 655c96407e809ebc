/** The diff behind a deploy: what stands in the clouds beside what is about to be deployed, rehearsed. */
import type { DeployStack, Engines } from '../../deploy/engine';
import { madeSource } from '../../estate/files/disk-source';
import type { EstateDiff, StackState } from '../../review/diff';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { rehearsedStacks } from '../rehearsed-stacks';
import type { VerbContext } from '../verb';
import { acceptedOf, refuseLosses } from './deploy-losses';
import type { DeployTarget } from './deploy-target';
import { deployedStates, sayUnasked } from './diff-deployed';
import { diffOf } from './diff-estate';
import { standingStacks } from './diff-rehearsal';

export interface Deployed {
  readonly target: DeployTarget;
  readonly stacks: readonly DeployStack[];
  readonly engines: Engines;
  /** Holds what was emitted. */
  readonly folder: string;
  /** `<path>/<logicalId>` of resources that may be replaced. */
  readonly replace: readonly string[];
}

export async function deployDiff(
  context: Pick<VerbContext, 'output'>,
  { target, stacks, engines, folder, replace }: Deployed,
): Promise<EstateDiff> {
  const after = assemblyStates(madeSource(folder));
  const deployed = await deployedStates(target.stacks, after, async () => engines);
  sayUnasked(context.output, deployed);
  const { states } = deployed;
  return diffWith(context, { target, stacks, engines, folder, replace }, after, states);
}

/**
 * The same where nobody is asked: a region whose stacks can't be read is told and left out, because its deploy says itself that it can't,
 * and others may be meant to go on without it.
 */
export async function readableDiff(context: Pick<VerbContext, 'output'>, deployed: Deployed): Promise<EstateDiff> {
  const { target, stacks, engines, folder } = deployed;
  const after = assemblyStates(madeSource(folder));
  const states: StackState[] = [];
  const unread = new Set<string>();
  for (const region of new Set(stacks.map((stack) => stack.region))) {
    const own = target.stacks.filter((stack) => stack.region === region);
    try {
      const deployed = await deployedStates(own, after, async () => engines);
      sayUnasked(context.output, deployed);
      states.push(...deployed.states);
    } catch (error) {
      unread.add(region);
      context.output.say(`${region} was not rehearsed: ${(error as Error).message}`);
    }
  }
  const read = stacks.filter(({ region }) => !unread.has(region));
  const paths = new Set(read.map(({ path }) => path));
  return diffWith(
    context,
    { ...deployed, stacks: read },
    after.filter(({ path }) => paths.has(path)),
    states,
  );
}

function diffWith(
  context: Pick<VerbContext, 'output'>,
  { target, stacks, replace }: Deployed,
  after: readonly StackState[],
  states: readonly StackState[],
): Promise<EstateDiff> {
  const proposed = rehearsedStacks(stacks, target.estate);
  const rehearsed = { before: standingStacks(states, proposed), after: proposed, replace };
  return diffOf(context, target, { before: states, after, rehearsed });
}

/**
 * A deploy is bound by its rehearsal. Where what stands is what no engine of this program knows there is none, which was said.
 *
 * @param accept `--accept`
 * @throws FindingsError with all that is lost and was not accepted by name
 */
export function boundBy({ timeline }: EstateDiff, accept: unknown): void {
  refuseLosses(timeline ?? { losses: [] }, acceptedOf(accept));
}
