/** Which engine a stack is asked of. */
import type { Provider } from '../clouds/cloud';
import type { StackPlace } from './engine';

/** @throws Error where nobody made one: whoever deploys makes one for each provider of its stacks */
export function engineOf<E>(engines: ReadonlyMap<Provider, E>, { provider }: Pick<StackPlace, 'provider'>): E {
  const engine = engines.get(provider);
  if (engine === undefined) throw new Error(`no engine for ${provider}`);
  return engine;
}
