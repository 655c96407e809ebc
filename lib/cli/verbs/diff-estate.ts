/** From both sides of a target to the diff of the estate: everything that words are made from. */
import type { Step, Timeline } from '../../rehearsal/model';
import { diffStates, type EstateDiff, estateMeanings, type FindingsSince, placesThatChange } from '../../review/diff';
import type { VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import type { Sides } from './diff-base';
import type { IdcSides } from './diff-idcs';
import { rehearseSides } from './diff-rehearsal';

export interface EstateSides extends Sides {
  /** Findings since the base. @default - nothing was compared */
  readonly findings?: FindingsSince;
  /** Data centres. @default - none was looked at */
  readonly idcs?: IdcSides;
}

export async function diffOf(
  context: Pick<VerbContext, 'output'>,
  { stacks }: Pick<DeployTarget, 'stacks'>,
  { before, after, findings, idcs, plans, rehearsed }: EstateSides,
): Promise<EstateDiff> {
  const { timeline, asked } = rehearsed === undefined ? {} : await rehearsedOf(context, rehearsed);
  const places = idcs === undefined ? { meanings: [], userData: [] } : placesThatChange(idcs.before, idcs.after);
  return {
    stacks: diffStates(before, after, asked),
    meanings: [...places.meanings, ...(plans === undefined ? [] : estateMeanings(plans.before, plans.after))],
    userData: places.userData,
    order: new Map(stacks.map(({ path, dependsOn }) => [path, dependsOn])),
    ...(timeline === undefined ? {} : { timeline }),
    ...(findings === undefined ? {} : { findings }),
  };
}

/** What stands may be what no engine of this program knows: then the diff says less, and says so. */
async function rehearsedOf(
  { output }: Pick<VerbContext, 'output'>,
  sides: NonNullable<Sides['rehearsed']>,
): Promise<{ readonly timeline?: Timeline; readonly asked?: readonly Step[] }> {
  try {
    const found = await rehearseSides(sides);
    return found === undefined ? {} : { timeline: { ...found, losses: [] }, asked: found.asked };
  } catch (error) {
    output.say(`the deploy was not rehearsed, so what follows from it is not told: ${(error as Error).message}`);
    return {};
  }
}
