import type { Construct } from 'constructs';
import type { EstatePlan, LinkPlan } from '../plan/model';
import type { EmittedStack } from './emitted';

/** Stacks of links, in the order that they deploy. Not written yet: it comes with the links. @param links those of the plan that are wanted */
export function linkStacks(_root: Construct, _links: readonly LinkPlan[], _plan: EstatePlan): EmittedStack[] {
  return [];
}
