/** From both sides of a target to the diff of the estate: everything that words are made from. */
import type { Timeline } from '../../rehearsal/model';
import { diffStates, type EstateDiff, type FindingsSince } from '../../review/diff';
import type { VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import type { Sides } from './diff-base';
import { rehearseSides } from './diff-rehearsal';

export interface EstateSides extends Sides {
  /** Findings since the base. @default - nothing was compared */
  readonly findings?: FindingsSince;
}

export async function diffOf(
  context: Pick<VerbContext, 'output'>,
  { stacks }: Pick<DeployTarget, 'stacks'>,
  { before, after, findings, rehearsed }: EstateSides,
): Promise<EstateDiff> {
  const timeline = rehearsed === undefined ? undefined : await timelineOf(context, rehearsed);
  return {
    stacks: diffStates(before, after, timeline?.steps),
    meanings: [],
    userData: [],
    order: new Map(stacks.map(({ path, dependsOn }) => [path, dependsOn])),
    ...(timeline === undefined ? {} : { timeline }),
    ...(findings === undefined ? {} : { findings }),
  };
}

/** What stands may be what no engine of this program knows: then the diff says less, and says so. */
async function timelineOf(
  { output }: Pick<VerbContext, 'output'>,
  sides: NonNullable<Sides['rehearsed']>,
): Promise<Timeline | undefined> {
  try {
    const rehearsal = await rehearseSides(sides);
    return rehearsal && { ...rehearsal, losses: [] };
  } catch (error) {
    output.say(`the deploy was not rehearsed, so what follows from it is not told: ${(error as Error).message}`);
    return undefined;
  }
}
