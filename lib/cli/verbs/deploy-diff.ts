/** The diff behind a deploy: what stands in the clouds beside what is about to be deployed, rehearsed. */
import type { DeployStack, Engines } from '../../deploy/engine';
import { madeSource } from '../../estate/files/disk-source';
import type { EstateDiff } from '../../review/diff';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { rehearsedStacks } from '../rehearsed-stacks';
import type { VerbContext } from '../verb';
import { acceptedOf, refuseLosses } from './deploy-losses';
import type { DeployTarget } from './deploy-target';
import { deployedStates } from './diff-deployed';
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
  const { states } = await deployedStates(target.stacks, after, async () => engines);
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
