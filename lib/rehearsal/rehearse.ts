/** A deploy in virtual time, from what stands to what is proposed. Touches nothing, and takes no longer than it computes. */
import { deployStacks, type StackOutcome } from '../deploy/deploy';
import type { StackPlace } from '../deploy/engine';
import type { WaveOptions } from '../deploy/waves';
import type { World } from '../embedded-cloud/store/world';
import type { HostChange, VirtualCloud, VirtualCloudOptions } from '../embedded-cloud/virtual';
import { copied } from '../engine/json';
import { takeAway } from './away';
import type { StackRun, Step } from './model';
import type { RehearsedStack } from './stack';
import { Stage, type VirtualEngines } from './stage';
import { stepOf } from './step';

export interface RehearsalInput {
  /** What stands. */
  readonly before: readonly RehearsedStack[];
  /** What is proposed. What stands and is not among these stays, as `meissa deploy` leaves it. */
  readonly after: readonly RehearsedStack[];
  /** @default - four stacks at once, one region after the other, nothing new after a failure, as `meissa deploy` has it */
  readonly waves?: WaveOptions;
  /** Called when all stands, before the deploy: plants faults, deletes something by hand. */
  readonly prepare?: (cloud: VirtualCloud) => void;
  /** `<path>/<logicalId>` of resources that may be replaced. */
  readonly replace?: readonly string[];
  /** The deploy's process is killed when so many things were asked of the clouds, and run again. @default - it is not */
  readonly killAt?: number;
  readonly seconds?: VirtualCloudOptions['seconds'];
  readonly onStart?: VirtualCloudOptions['onStart'];
}

export interface Rehearsal {
  readonly stacks: readonly StackRun[];
  readonly steps: readonly Step[];
  /**
   * What the templates ask for: the same steps, and of stacks whose deploy does not come that far what their engine plans.
   */
  readonly asked: readonly Step[];
  readonly seconds: number;
  /** When the deploy was killed. @default - it was not */
  readonly killed?: number;
  /** When hosts became well and went down; those that were well at the begin stand at 0. Who boots when the deploy is over is told too. */
  readonly hosts: readonly HostChange[];
  /** As it stood before the deploy. */
  readonly before: World;
  /** As it stands at the end. */
  readonly after: World;
}

const USUAL: WaveOptions = { concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 };

/** @throws Error when what stands can't be made: then it is not what an engine would have taken */
export async function rehearseDeploy(input: RehearsalInput): Promise<Rehearsal> {
  const { after } = input;
  const stage = await Stage.with(input);
  const { cloud, engines } = stage;
  const before = copied(cloud.world);
  input.prepare?.(cloud);
  takeAway(cloud, input.before);
  stage.begin();
  const runs = new Runs(stage, input);
  let killed: number | undefined;
  const deploy = (signal?: AbortSignal) => deployOnce(input, stage, runs, signal);
  const kill = (step: number) =>
    killedAt(step, cloud, deploy, () => {
      killed = stage.since();
    });
  await cloud.clock.run<unknown>(input.killAt === undefined ? deploy() : kill(input.killAt));
  const seconds = stage.since();
  await stage.booted();
  const steps = stage.works
    .flatMap((work) => stepOf(work, (at) => stage.since(at), runs.pathOf) ?? [])
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const done = steps.filter(({ rollback, failed }) => !rollback && failed === undefined);
  const undone = after.filter(({ path }) => /^(failed|skipped)$/.test(runs.of(path).outcome));
  return {
    stacks: await Promise.all(after.map(async (stack) => ({ ...runs.of(stack.path), ...(await statusOf(engines, stack)) }))),
    steps,
    asked: [...done, ...undone.flatMap((stack) => planOf(stack, engines))],
    seconds,
    ...(killed === undefined ? {} : { killed }),
    hosts: stage.hosts,
    before,
    after: cloud.world,
  };
}

/** @param signal aborts when the deploy's process is killed: what it hears after that is nobody's */
function deployOnce(
  { after, waves = USUAL, replace = [] }: RehearsalInput,
  { engines }: Stage,
  runs: Runs,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const listener = {
    started: ({ path }: StackPlace) => runs.began(path),
    progress: () => undefined,
    finished: (place: StackPlace, outcome: StackOutcome) => signal?.aborted || runs.ended(place, outcome),
  };
  return deployStacks({ stacks: after, engines, options: waves, replace, listener, ...(signal && { signal }) });
}

/** What became of each stack. */
class Runs {
  private readonly runs = new Map<string, StackRun>();
  private readonly begun = new Map<string, number>();
  private readonly paths: ReadonlyMap<string, string>;
  private readonly stood: ReadonlySet<string>;
  /** The deploy is run a second time. */
  private readonly again: boolean;

  constructor(
    private readonly stage: Stage,
    { before, after, killAt }: RehearsalInput,
  ) {
    this.again = killAt !== undefined;
    this.paths = new Map(after.map(({ account, cloudRegion, name, path }) => [`${account} ${cloudRegion} ${name}`, path]));
    this.stood = new Set(before.map(({ path }) => path));
  }

  of(path: string): StackRun {
    return this.runs.get(path)!;
  }

  /** Construct path of a stack of the deploy, by its engine's id. */
  readonly pathOf = (stackId: string): string | undefined => this.paths.get(stackKey(this.stage.cloud.world, stackId));

  began(path: string): void {
    if (!this.begun.has(path)) this.begun.set(path, this.stage.since());
  }

  ended(place: StackPlace, outcome: StackOutcome): void {
    const { path } = place;
    const to = this.stage.since();
    const run = { ...runOf(place, outcome), from: this.begun.get(path) ?? to, to };
    this.runs.set(path, run.outcome === 'unchanged' ? { ...run, ...this.before(path) } : run);
  }

  /** Where a deploy is killed and run again, the second finds done what the first had begun. */
  private before(path: string): Partial<StackRun> {
    const first = this.runs.get(path);
    if (first !== undefined) return first;
    const touched = this.again && this.stage.works.some(({ stackId }) => this.pathOf(stackId) === path);
    return touched ? { outcome: this.stood.has(path) ? 'updated' : 'created' } : {};
  }
}

/** What can't even be planned is told by the deploy, which fails for it. */
function planOf(stack: RehearsedStack, engines: VirtualEngines): Step[] {
  try {
    return engines.get(stack.provider)?.plan(stack) ?? [];
  } catch {
    return [];
  }
}

/** The stacks that a killed deploy had begun are gone on with by their engines; who runs it again finds them so. */
async function killedAt(
  step: number,
  { faults }: VirtualCloud,
  deploy: (signal?: AbortSignal) => Promise<unknown>,
  told: () => void,
): Promise<void> {
  const kill = new AbortController();
  const killed = new Promise<void>((resolve) => {
    faults.at(step, () => {
      kill.abort();
      told();
      resolve();
    });
  });
  await Promise.race([deploy(kill.signal), killed]);
  if (kill.signal.aborted) await deploy();
}

/** The engine's last word, where a stack stands. */
async function statusOf(engines: VirtualEngines, stack: StackPlace): Promise<Pick<StackRun, 'status'>> {
  const stands = await engines.get(stack.provider)?.read(stack);
  return stands === undefined ? {} : { status: stands.status };
}

function runOf({ path, provider, region }: StackPlace, { outcome, error }: StackOutcome): Omit<StackRun, 'from' | 'to'> {
  const done = outcome === 'deleted' || outcome === 'absent' ? 'unchanged' : outcome;
  const refused = error === undefined || error.code === 'STACK_FAILED' ? {} : { fix: error.fix };
  return { path, provider, region, outcome: done, ...(error === undefined ? {} : { reason: error.message }), ...refused };
}

function stackKey(world: World, stackId: string): string {
  for (const account of Object.values(world.accounts))
    for (const region of Object.values(account.regions)) {
      const stack = region.stacks[stackId];
      if (stack !== undefined) return `${account.id} ${region.name} ${stack.name}`;
    }
  return '';
}
