/** What a change of a property does to a resource that stands, as the facts of the stack's cloud have it. */
import { rosEffect } from '../../../facts/aliyun/updates';
import { awsEffect } from '../../../facts/aws/updates';
import type { KnownEffect } from '../../../facts/effect';
import type { Provider } from '../state';
import type { ResourceChange } from './context';

export type { KnownEffect } from '../../../facts/effect';

export function effectOf(
  provider: Provider,
  { type, before, after }: Pick<ResourceChange, 'type' | 'before' | 'after'>,
  property: string,
): KnownEffect {
  const effect = provider === 'aws' ? awsEffect : rosEffect;
  return effect(type, property, before?.Properties[property], after?.Properties[property]);
}
