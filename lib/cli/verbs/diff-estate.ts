/** From both sides of a target to the diff of the estate: everything that words are made from. */
import { changedBefore } from '../../deploy/order';
import type { EstatePlan } from '../../plan/model';
import type { Step, Timeline } from '../../rehearsal/model';
import type { Rehearsal } from '../../rehearsal/rehearse';
import {
  diffStates,
  type EstateDiff,
  estateMeanings,
  type FindingsSince,
  type Meaning,
  placesThatChange,
} from '../../review/diff';
import type { VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import type { Sides } from './diff-base';
import type { IdcSides } from './diff-idcs';
import { type RehearsedSides, rehearseSides } from './diff-rehearsal';
import { idcSource, timelineWith } from './ledger';

export interface EstateSides extends Sides {
  /** Findings since the base. @default - nothing was compared */
  readonly findings?: FindingsSince;
  /** Data centres. @default - none was looked at */
  readonly idcs?: IdcSides;
}

export async function diffOf(
  context: Pick<VerbContext, 'output'>,
  target: Pick<DeployTarget, 'stacks' | 'plan'>,
  sides: EstateSides,
): Promise<EstateDiff> {
  const { before, after, findings, idcs, plans } = sides;
  const { timeline, asked, reach = [] } = await rehearsedOf(context, target.plan, sides);
  const places = idcs === undefined ? { meanings: [], userData: [] } : placesThatChange(idcs.before, idcs.after);
  const estate = plans === undefined ? [] : estateMeanings(plans.before, plans.after);
  return {
    stacks: diffStates(before, after, asked),
    meanings: [...reach, ...places.meanings, ...estate],
    userData: places.userData,
    order: new Map(target.stacks.map((stack) => [stack.path, changedBefore(stack)])),
    ...(timeline === undefined ? {} : { timeline }),
    ...(findings === undefined ? {} : { findings }),
  };
}

interface Rehearsed {
  readonly timeline?: Timeline;
  readonly asked?: readonly Step[];
  /** Who reaches whom. */
  readonly reach?: readonly Meaning[];
}

const NOTHING: RehearsedSides = { before: [], after: [] };

/** What stands may be what no engine of this program knows: then the diff says less, and says so. */
async function rehearsedOf(
  { output }: Pick<VerbContext, 'output'>,
  plan: EstatePlan,
  { rehearsed = NOTHING, linked, idcs, plans }: EstateSides,
): Promise<Rehearsed> {
  try {
    const rehearsal = await rehearseSides(rehearsed);
    const differing = [...new Set([...(idcs?.before ?? []), ...(idcs?.after ?? [])].map(({ name }) => name))];
    const turns = (await routesOtherwise(idcs)) || (rehearsal !== undefined && (await turnsPaths(rehearsed, rehearsal)));
    const whole = turns && linked !== undefined ? await linked(differing) : { sides: rehearsed, idcs };
    const reach = turns ? await reachOf(whole.sides, whole.idcs) : [];
    if (rehearsal === undefined) return { reach };
    const timeline = await timelineWith(rehearsal, { ...whole, plans: plans ?? { after: plan } });
    return { timeline, asked: rehearsal.asked, reach };
  } catch (error) {
    output.say(`the deploy was not rehearsed, so what follows from it is not told: ${(error as Error).message}`);
    return {};
  }
}

/** Files of data centres that say nothing of routes leave who reaches whom as it is. */
async function routesOtherwise(idcs: IdcSides | undefined): Promise<boolean> {
  if (idcs === undefined || idcs.before.length + idcs.after.length === 0) return false;
  const { sameRouting } = await import('../../review/diff/reach/same-paths');
  return !sameRouting(idcSource(idcs.before), idcSource(idcs.after), 'idc.out');
}

async function turnsPaths({ before, after }: RehearsedSides, { steps }: Rehearsal): Promise<boolean> {
  const { Standing } = await import('../../rehearsal/ledger/reach/standing');
  return new Standing(before, after).turns(steps).length > 0;
}

/** What comes for the first time has lost nobody. */
async function reachOf({ before, after }: RehearsedSides, idcs: IdcSides = { before: [], after: [] }): Promise<Meaning[]> {
  if (before.length === 0) return [];
  const { Standing } = await import('../../rehearsal/ledger/reach/standing');
  const { reachabilityMeanings } = await import('../../review/diff/reach/reachability-change');
  const [was, is] = [new Standing(before, before), new Standing(after, after)];
  return reachabilityMeanings(was.world(idcSource(idcs.before)), is.world(idcSource(idcs.after)));
}
