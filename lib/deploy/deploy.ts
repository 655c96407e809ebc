/** Deploys stacks of any provider in waves, and says what happens while it does. */
import type { Provider } from '../estate/model/model';
import { DeployError, type Journal } from './deploy-error';
import type { Applied, DeployingEngine, DeployingEngines, DeployStack, Engines, StackPlace, StackProgress } from './engine';
import { engineOf } from './engine-of';
import type { RegionLeases } from './lease/region-leases';
import type { DeployRun } from './lease/run';
import { neededOutside } from './order';
import { deployCommand, StackOutputs } from './outputs';
import { type Run, runInWaves, type StackResult } from './run';
import { orderInForce } from './standing-order';
import type { WaveOptions } from './waves';

/** Told of what happens; drawn on a terminal or written line by line by who gives it. */
export interface DeployListener {
  started(stack: StackPlace): void;
  progress(stack: StackPlace, progress: StackProgress): void;
  finished(stack: StackPlace, outcome: StackOutcome): void;
}

export interface StackOutcome {
  readonly outcome: Applied['outcome'] | 'deleted' | 'absent' | 'failed' | 'skipped';
  readonly warnings: readonly string[];
  readonly error?: DeployError;
}

export interface DeployInput {
  readonly stacks: readonly DeployStack[];
  readonly engines: DeployingEngines;
  readonly options: WaveOptions;
  /** `<path>/<logicalId>` of resources that may be replaced. */
  readonly replace: readonly string[];
  readonly listener: DeployListener;
  /** Which run this is, and what it holds. @default - nobody else is looked for */
  readonly exclusion?: Exclusion;
  /** When it aborts nothing new is started. */
  readonly signal?: AbortSignal;
}

export interface Exclusion {
  readonly run: DeployRun;
  readonly leases: RegionLeases;
}

export interface DeployReport {
  readonly stacks: readonly (StackPlace & StackOutcome)[];
  readonly interrupted: boolean;
}

export async function deployStacks(input: DeployInput): Promise<DeployReport> {
  const { stacks, engines, options, replace, listener, exclusion, signal } = input;
  const outputs = new StackOutputs(engines);
  const run = await runInWaves(
    await orderInForce(stacks, engines),
    options,
    (stack) =>
      watched(stack, engines, listener, async (engine) => {
        const parameters = await outputs.of(stack);
        const named = replace
          .filter((name) => name.startsWith(`${stack.path}/`))
          .map((name) => name.slice(stack.path.length + 1));
        const given = {
          parameters,
          replace: named,
          ...(exclusion === undefined
            ? {}
            : { run: exclusion.run, hold: () => exclusion.leases.hold(stack), fence: () => exclusion.leases.fence(stack) }),
          ...(signal === undefined ? {} : { signal }),
        };
        const applied = await engine.apply(stack, given, (progress) => listener.progress(stack, progress));
        outputs.forget(stack.path);
        return applied;
      }),
    signal,
  );
  return reportOf(stacks, run, listener);
}

/** Works on one stack; its failure is worded by its engine. */
export async function watched<
  T extends Applied | { outcome: 'deleted' | 'absent'; warnings: readonly string[] },
  E extends DeployingEngine,
>(stack: StackPlace, engines: ReadonlyMap<Provider, E>, listener: DeployListener, work: (engine: E) => Promise<T>): Promise<T> {
  const engine = engineOf(engines, stack);
  listener.started(stack);
  try {
    const done = await work(engine);
    listener.finished(stack, done);
    return done;
  } catch (error) {
    const words = engine.explain(error, stack);
    words.journals = await journalsOf(engine, stack, words);
    listener.finished(stack, { outcome: 'failed', warnings: [], error: words });
    throw words;
  }
}

/** So many hosts are asked what they wrote: of one fault one host says as much as ten. */
const JOURNALS = 2;

async function journalsOf(engine: DeployingEngine, stack: StackPlace, { hosts }: DeployError): Promise<Journal[]> {
  const journals = await Promise.all(
    hosts.slice(0, JOURNALS).map((host) => engine.journal?.(stack, host).catch(() => undefined)),
  );
  return journals.filter((journal) => journal !== undefined);
}

export function reportOf<T extends Omit<StackOutcome, 'error'>>(
  stacks: readonly StackPlace[],
  { results, interrupted }: Run<T>,
  listener: DeployListener,
): DeployReport {
  const byPath = new Map(stacks.map((stack) => [stack.path, stack]));
  return {
    interrupted,
    stacks: results.map((result) => {
      const { provider, path, name, region, cloudRegion } = byPath.get(result.path)!;
      const place = { provider, path, name, region, cloudRegion };
      const outcome = outcomeOf(result);
      if (outcome.outcome === 'skipped') listener.finished(place, outcome);
      return { ...place, ...outcome };
    }),
  };
}

function outcomeOf<T extends Omit<StackOutcome, 'error'>>(result: StackResult<T>): StackOutcome {
  if (result.outcome === 'done') return { outcome: result.value.outcome, warnings: result.value.warnings };
  if (result.outcome === 'skipped') return { outcome: 'skipped', warnings: [] };
  return { outcome: 'failed', warnings: [], error: result.error as DeployError };
}

/**
 * What the stacks need beside each other stands.
 *
 * @param placeOf where a stack of the estate stands that is not deployed now
 * @throws DeployError that names the first that does not, who needs it, and how to deploy it
 */
export async function refuseMissing(
  stacks: readonly DeployStack[],
  engines: Engines,
  placeOf: (path: string) => StackPlace,
): Promise<void> {
  for (const [path, by] of neededOutside(stacks)) {
    const place = placeOf(path);
    const engine = engineOf(engines, place);
    const stands = await engine.read(place).catch((error) => {
      throw engine.explain(error, place);
    });
    if (stands !== undefined) continue;
    throw new DeployError(
      'NEEDED_FIRST',
      `${by} needs ${path}, which does not stand`,
      `deploy it first or together: ${deployCommand(path)}`,
    );
  }
}
