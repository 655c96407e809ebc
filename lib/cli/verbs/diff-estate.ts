/** From both sides of a target to the diff of the estate: everything that words are made from. */
import { diffStates, type EstateDiff, type FindingsSince } from '../../review/diff';
import type { DeployTarget } from './deploy-target';
import type { Sides } from './diff-base';

export interface EstateSides extends Sides {
  /** Findings since the base. @default - nothing was compared */
  readonly findings?: FindingsSince;
}

export function diffOf({ stacks }: Pick<DeployTarget, 'stacks'>, { before, after, findings }: EstateSides): EstateDiff {
  return {
    stacks: diffStates(before, after),
    meanings: [],
    userData: [],
    order: new Map(stacks.map(({ path, dependsOn }) => [path, dependsOn])),
    ...(findings === undefined ? {} : { findings }),
  };
}
