/** Works on stacks in waves until nothing is left that may start. */
import { inOrder } from './order';
import { givenUp, regionsOf, type Scheduled, startable, type WaveOptions, type WaveState } from './waves';

export type StackResult<T> =
  | { readonly path: string; readonly outcome: 'done'; readonly value: T }
  | { readonly path: string; readonly outcome: 'failed'; readonly error: unknown }
  /** Never started: it waited for one that failed, its region had failed, or nothing new was to be started. */
  | { readonly path: string; readonly outcome: 'skipped' };

export interface Run<T> {
  /** In the order given. */
  readonly results: readonly StackResult<T>[];
  /** Something was left because of the signal. */
  readonly interrupted: boolean;
}

/**
 * @param stacks in the order of regions; dependencies among them are kept whatever their order
 * @param work does one stack; what it throws is that stack's failure
 * @param signal when it aborts nothing new is started; what runs is waited for
 */
export async function runInWaves<S extends Scheduled, T>(
  stacks: readonly S[],
  options: WaveOptions,
  work: (stack: S) => Promise<T>,
  signal?: AbortSignal,
): Promise<Run<T>> {
  const order = inOrder(stacks);
  const regions = regionsOf(stacks);
  const byPath = new Map(order.map((stack) => [stack.path, stack]));
  const results = new Map<string, StackResult<T>>();
  const state = { done: new Set<string>(), failed: new Set<string>(), running: new Map<string, Promise<void>>() };
  const now = (): WaveState => ({ ...state, running: new Set(state.running.keys()), stopped: signal?.aborted === true });
  const start = async (stack: S): Promise<void> => {
    const { path } = stack;
    try {
      results.set(path, { path, outcome: 'done', value: await work(stack) });
      state.done.add(path);
    } catch (error) {
      results.set(path, { path, outcome: 'failed', error });
      state.failed.add(path);
    } finally {
      state.running.delete(path);
    }
  };
  for (;;) {
    for (const path of startable(order, regions, now(), options)) {
      // Entered before it begins: work may end within the same turn.
      const gate = Promise.resolve().then(() => start(byPath.get(path)!));
      state.running.set(path, gate);
    }
    if (state.running.size === 0) break;
    await Promise.race(state.running.values());
  }
  const lost = givenUp(order, now());
  const left = order.filter((stack) => !results.has(stack.path));
  return {
    results: stacks.map(({ path }) => results.get(path) ?? { path, outcome: 'skipped' }),
    interrupted: signal?.aborted === true && left.some((stack) => !lost.has(stack.path)),
  };
}
