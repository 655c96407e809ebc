import type { Json } from '../../../engine/json';

/**
 * What an update of a property does.
 * - `none`: changed while it runs
 * - `interrupt`: changed in place, but what it is stops for a moment (an instance stops and starts)
 * - `replace`: a new one is made, then the old one is deleted
 * - `refused`: the service doesn't take the change
 */
export type Effect = 'none' | 'interrupt' | 'replace' | 'refused';

/** An effect, or one that depends on the values. */
export type EffectRule = Effect | ((before: Json | undefined, after: Json | undefined) => Effect);

/** The effects of one resource type, with the title of the page they are from. */
export interface UpdateTable {
  /** Title of the page in the CloudFormation template reference. */
  page: string;
  properties: Record<string, EffectRule>;
}
