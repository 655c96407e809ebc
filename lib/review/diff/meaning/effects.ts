/** What a change of a property does to a resource that stands. */
import type { Provider } from '../state';
import { ALIYUN_EFFECTS } from './effects-aliyun';
import { AWS_EFFECTS } from './effects-aws';

/** `refused`: the engine fails the deploy. */
export type Effect = 'in-place' | 'interrupts' | 'replaces' | 'refused';

/** Properties by effect; `others` holds for those that are not named. */
export interface TypeEffects {
  readonly others: Effect;
  readonly inPlace?: readonly string[];
  readonly interrupts?: readonly string[];
  readonly replaces?: readonly string[];
  readonly refused?: readonly string[];
}

/** A type that is not listed is taken to change in place: nothing is claimed that is not known. */
export function effectOf(provider: Provider, type: string, property: string): Effect {
  const effects = (provider === 'aws' ? AWS_EFFECTS : ALIYUN_EFFECTS)[type];
  if (effects === undefined || property === 'Tags') return 'in-place';
  if (effects.refused?.includes(property)) return 'refused';
  if (effects.replaces?.includes(property)) return 'replaces';
  if (effects.interrupts?.includes(property)) return 'interrupts';
  if (effects.inPlace?.includes(property)) return 'in-place';
  return effects.others;
}
