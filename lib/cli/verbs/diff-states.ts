/** What synth writes for regions and links, as a diff reads it and a rehearsal deploys it. */
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import type { Estate } from '../../estate/model/model';
import type { EstatePlan, LinkPlan } from '../../plan/model';
import type { RehearsedStack } from '../../rehearsal/stack';
import type { StackState } from '../../review/diff';
import { assemblyStates } from '../../review/diff/read/assemblies';
import type { EmissionOptions } from '../emit-out';
import { rehearsedStacks } from '../rehearsed-stacks';
import { emitStacks } from './deploy-emission';
import { linkStacks, regionStacks } from './deploy-target';

/** Regions and links of an estate. */
export interface Selection {
  readonly estate: Estate;
  readonly plan: EstatePlan;
  readonly regions: readonly string[];
  readonly links: readonly LinkPlan[];
}

export interface Synthesized {
  readonly states: readonly StackState[];
  readonly stacks: readonly RehearsedStack[];
}

/** Written into a folder that is gone afterwards. Throws all findings of what can't be written. */
export function synthesized(selection: Selection, options: Pick<EmissionOptions, 'selected'> = {}): Synthesized {
  const { estate, plan, regions, links } = selection;
  if (regions.length + links.length === 0) return { states: [], stacks: [] };
  const stacks = [...regions.flatMap((name) => regionStacks(plan, name)), ...links.flatMap(linkStacks)];
  return withTemporaryFolder('diff', (folder) => {
    const emitted = emitStacks({ ...selection, stacks }, { links, ...options }, folder);
    return { states: assemblyStates(madeSource(folder)), stacks: rehearsedStacks(emitted, estate) };
  });
}
