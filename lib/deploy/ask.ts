/** Questions about many stacks to their engines; an error is worded by the engine that gave it. */
import type { Provider } from '../clouds/cloud';
import { each } from './each';
import type { Engines, StackEngine, StackPlace, StandingStack } from './engine';
import { engineOf } from './engine-of';

/** How many stacks are asked about at once: one question each, far below the engines' limits. */
const AT_ONCE = 8;

export function askEach<S extends StackPlace, R, E extends Pick<StackEngine, 'explain'>>(
  stacks: readonly S[],
  engines: ReadonlyMap<Provider, E>,
  ask: (engine: E, stack: S) => Promise<R>,
): Promise<R[]> {
  return each(stacks, AT_ONCE, async (stack) => {
    const engine = engineOf(engines, stack);
    try {
      return await ask(engine, stack);
    } catch (error) {
      throw engine.explain(error, stack);
    }
  });
}

/** Those that stand, with how. */
export async function standingStacks<S extends StackPlace>(
  stacks: readonly S[],
  engines: Engines,
): Promise<{ stack: S; standing: StandingStack }[]> {
  const read = await askEach(stacks, engines, (engine, stack) => engine.read(stack));
  return stacks.flatMap((stack, at) => (read[at] === undefined ? [] : [{ stack, standing: read[at] }]));
}
