import type { Json } from '../../../engine/json';
import type { SpecResource } from '../dialect/schema';
import { autoScalingUpdates } from './autoscaling';
import { balancingUpdates } from './balancing';
import { ec2Updates } from './ec2';
import type { Effect, UpdateTable } from './effect';
import { linkUpdates } from './links';
import { otherUpdates } from './others';

export type { Effect, EffectRule, UpdateTable } from './effect';

/** The hand-written tables of all types. */
export const updateTables: Record<string, UpdateTable> = {
  ...ec2Updates,
  ...linkUpdates,
  ...autoScalingUpdates,
  ...balancingUpdates,
  ...otherUpdates,
};

/**
 * What changing a property does: from the hand-written table, else from the published specification. The specification's
 * "maybe" is no answer: a property with it that isn't in the table counts as a replacement, the worst that can happen.
 */
export function effectOf(
  type: string,
  property: string,
  spec: SpecResource | undefined,
  before: Json | undefined,
  after: Json | undefined,
): Effect {
  const rule = updateTables[type]?.properties[property];
  if (rule !== undefined) return typeof rule === 'function' ? rule(before, after) : rule;
  return spec?.properties[property]?.replaces ? 'replace' : 'none';
}
