/** Takes stacks down, each before what it depends on, and says what the engines keep. */
import { type DeployListener, type DeployReport, type Exclusion, reportOf, watched } from './deploy';
import type { Engines, StackPlace } from './engine';
import { engineOf } from './engine-of';
import { reversed } from './order';
import { runInWaves } from './run';
import type { Scheduled, WaveOptions } from './waves';

export interface DestroyInput {
  /** In the order in which they are deployed. */
  readonly stacks: readonly (StackPlace & Scheduled)[];
  readonly engines: Engines;
  readonly options: WaveOptions;
  readonly listener: DeployListener;
  /** @default - nobody else is looked for */
  readonly exclusion?: Exclusion;
  readonly signal?: AbortSignal;
}

export async function destroyStacks(input: DestroyInput): Promise<DeployReport> {
  const { stacks, engines, options, listener, exclusion, signal } = input;
  const order = reversed(stacks);
  const run = await runInWaves(
    order,
    options,
    (stack) =>
      watched(stack, engines, listener, async (engine) => {
        const hold = exclusion && (() => exclusion.leases.hold(stack));
        const there = await engine.destroy(stack, (progress) => listener.progress(stack, progress), hold);
        return { outcome: there ? ('deleted' as const) : ('absent' as const), warnings: [] };
      }),
    signal,
  );
  return reportOf(order, run, listener);
}

/** A resource that stays when its stack goes. */
export interface KeptResource {
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
}

/** Resources whose deletion policy keeps them, of stacks that stand. */
export async function keptResources(stacks: readonly StackPlace[], engines: Engines): Promise<KeptResource[]> {
  const kept: KeptResource[] = [];
  for (const stack of stacks) {
    const engine = engineOf(engines, stack);
    const template = await engine.readTemplate(stack);
    const ids = Object.entries((template?.Resources ?? {}) as Record<string, { DeletionPolicy?: unknown }>)
      .filter(([, { DeletionPolicy: policy }]) => policy !== undefined && policy !== 'Delete')
      .map(([id]) => id);
    if (ids.length === 0) continue;
    for (const { logicalId, type, physicalId } of await engine.resources(stack))
      if (ids.includes(logicalId) && physicalId !== undefined) kept.push({ path: stack.path, logicalId, type, physicalId });
  }
  return kept;
}
