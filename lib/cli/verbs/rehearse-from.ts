/** Both sides of a rehearsal: what stands, by `--from`, and what is described; of a revision its plan and its data centres' files too. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { neededOutside } from '../../deploy/order';
import { planEstate } from '../../plan/plan';
import type { StackState } from '../../review/diff';
import { enginesFor } from '../engines';
import { linksAmong } from '../linked-world';
import type { VerbContext } from '../verb';
import { type DeployTarget, placeOf } from './deploy-target';
import { deployedStates } from './diff-deployed';
import { allIdcs } from './diff-idcs';
import { ofRevision, revisionEstate, templateStates } from './diff-offline';
import { type RehearsedSides, standingStacks } from './diff-rehearsal';
import type { Known } from './ledger';

/** @param from a folder that synth wrote, `live`, or else a git revision. @default - nothing stands */
export async function knownFrom(context: VerbContext, target: DeployTarget, from?: string): Promise<Known> {
  const { synthesized } = await import('./diff-states');
  const { states, stacks: after } = synthesized(target);
  const known = (before: RehearsedSides['before']): Known => ({ sides: { before, after }, plans: { after: target.plan } });
  if (from === undefined) return known([]);
  if (from === 'live') return known(await live(context, target, states, after));
  if (statSync(resolve(from), { throwIfNoEntry: false })?.isDirectory())
    return known(standingStacks(templateStates(from), after));
  const past = await ofRevision(from, () => revisionEstate(context, from, target));
  const plan = planEstate(past.estate);
  const needed = [...neededOutside(after).keys()].map((path) => placeOf(target.plan, path).region);
  const places = past.estate.regions.map(({ name }) => name);
  const regions = [...new Set([...needed, ...target.regions])].filter((name) => places.includes(name));
  const links = linksAmong(plan, regions);
  const { stacks: before } = await ofRevision(from, () => synthesized({ estate: past.estate, plan, regions, links }));
  const idcs = await allIdcs(past.estate, from, target.estate);
  return { sides: { before, after }, plans: { before: plan, after: target.plan }, idcs };
}

async function live(
  { output }: VerbContext,
  { estate, stacks }: DeployTarget,
  states: readonly StackState[],
  after: RehearsedSides['after'],
): Promise<RehearsedSides['before']> {
  const { states: stood, unfinished } = await deployedStates(stacks, states, (providers) => enginesFor(estate, providers));
  for (const { path, status } of unfinished)
    output.say(`${path} is ${status}: rehearsed from what was asked for last; the next deploy goes on with it`);
  return standingStacks(stood, after);
}
