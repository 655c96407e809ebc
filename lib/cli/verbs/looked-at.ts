/** Stacks that stand, with what drifted of them and how it would be put back. */
import { askEach, standingStacks } from '../../deploy/ask';
import type { Engines, RepairPlan } from '../../deploy/engine';
import { oneVoterAtOnce } from '../../deploy/repair/one-voter';
import type { Template } from '../../deploy/standing-template';
import { type DriftWords, driftWords } from '../words/drift-words';
import type { PlannedStack } from './deploy-target';

export interface LookedAt {
  readonly stack: PlannedStack;
  readonly plan: RepairPlan;
  readonly words: readonly DriftWords[];
}

/** In the order given. */
export async function lookAt(planned: readonly PlannedStack[], engines: Engines): Promise<LookedAt[]> {
  const stacks = (await standingStacks(planned, engines)).map(({ stack }) => stack);
  const looked = await askEach(stacks, engines, async (engine, stack) => {
    const drifted = await engine.drift(stack);
    if (drifted.length === 0) return { template: {}, plan: { items: [], left: [], down: [] } };
    const template: Template = (await engine.readTemplate(stack)) ?? {};
    return { template, plan: await engine.planRepair(stack, drifted, template) };
  });
  const plans = oneVoterAtOnce(looked.map(({ plan }) => plan));
  return stacks.map((stack, at) => {
    const plan = plans[at]!;
    return { stack, plan, words: driftWords(looked[at]!.template, plan, stack.region) };
  });
}
