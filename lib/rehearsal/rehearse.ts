/** A deploy in virtual time, from what stands to what is proposed. Touches nothing, and takes no longer than it computes. */
import type { Provider } from '../clouds/cloud';
import { deployStacks, type StackOutcome } from '../deploy/deploy';
import type { StackPlace } from '../deploy/engine';
import type { WaveOptions } from '../deploy/waves';
import { regionOf, type World } from '../embedded-cloud/store/world';
import { type HostChange, type VirtualCloud, type VirtualCloudOptions, virtualCloud } from '../embedded-cloud/virtual';
import { copied } from '../engine/json';
import type { Work } from '../engine/work';
import { VirtualMembers } from './aliyun-members';
import type { StackRun, Step } from './model';
import type { RehearsedStack } from './stack';
import { stepOf } from './step';
import { VirtualEngine } from './virtual-engine';

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
  /** Told whenever something may have changed: what a ledger keeps. Seconds since the deploy began. */
  readonly look?: (at: number, world: World) => void;
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

/** Hosts of fleets that nobody waits for boot on: whoever is not well in this time, milliseconds, never is. */
const BOOTING = 3_600_000;

const USUAL: WaveOptions = { concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 };

/** @throws Error when what stands can't be made: then it is not what an engine would have taken */
export async function rehearseDeploy(input: RehearsalInput): Promise<Rehearsal> {
  const { before, after, waves = USUAL } = input;
  let recording = false;
  let start = 0;
  const since = () => (clock.milliseconds() - start) / 1000;
  const works: Work[] = [];
  const up = new Map<string, HostChange>();
  const hosts: HostChange[] = [];
  const cloud = virtualCloud({
    ...(input.seconds && { seconds: (...of) => (recording ? (input.seconds?.(...of) ?? of[2]) : 0) }),
    ...(!input.seconds && { seconds: (_type, _act, usual) => (recording ? usual : 0) }),
    onStart: (host) => (recording ? input.onStart?.(host) : 'healthy'),
    watch: (work) => {
      if (!recording) return;
      works.push(work);
      input.look?.(since(), world);
    },
    onHost: (change) => {
      if (recording) hosts.push(change);
      else if (change.up) up.set(change.instanceId, change);
      else up.delete(change.instanceId);
    },
    ...partitionOf([...before, ...after]),
  });
  const { clock, world } = cloud;
  const engines = enginesOf(cloud, [...before, ...after]);
  prepareRegions(world, [...before, ...after]);
  await clock.run(standing(before, engines));
  await clock.run(clock.wait(BOOTING));
  const stood = copied(world);
  input.prepare?.(cloud);
  start = clock.milliseconds();
  recording = true;
  const runs = new Map<string, StackRun>();
  const begun = new Map<string, number>();
  const paths = new Map(after.map(({ account, region, name, path }) => [`${account} ${region} ${name}`, path]));
  const pathOf = (stackId: string) => paths.get(stackKey(world, stackId));
  const described = new Set(before.map(({ path }) => path));
  // Where the deploy is killed and run again, the second finds done what the first had begun.
  const begunBefore = (path: string): Partial<StackRun> => {
    const first = runs.get(path);
    if (first !== undefined) return first;
    const touched = input.killAt !== undefined && works.some(({ stackId }) => pathOf(stackId) === path);
    return touched ? { outcome: described.has(path) ? 'updated' : 'created' } : {};
  };
  const deploy = (signal?: AbortSignal) =>
    deployStacks({
      stacks: after,
      engines,
      options: waves,
      replace: input.replace ?? [],
      listener: {
        started: ({ path }) => begun.has(path) || begun.set(path, since()),
        progress: () => undefined,
        finished: (place, outcome) => {
          if (signal?.aborted) return;
          const from = begun.get(place.path) ?? since();
          const run = { ...runOf(place, outcome), from, to: since() };
          runs.set(place.path, run.outcome === 'unchanged' ? { ...run, ...begunBefore(place.path) } : run);
        },
      },
      ...(signal && { signal }),
    });
  let killed: number | undefined;
  const kill = (step: number) =>
    killedAt(step, cloud, deploy, () => {
      killed = since();
    });
  await clock.run<unknown>(input.killAt === undefined ? deploy() : kill(input.killAt));
  const seconds = since();
  await clock.run(clock.wait(BOOTING));
  const steps = works.flatMap((work) => stepOf(work, start, pathOf) ?? []).sort((a, b) => a.from - b.from || a.to - b.to);
  const undone = after.filter(({ path }) => /^(failed|skipped)$/.test(runs.get(path)!.outcome));
  return {
    stacks: await Promise.all(after.map(async (stack) => ({ ...runs.get(stack.path)!, ...(await statusOf(engines, stack)) }))),
    steps,
    asked: [
      ...steps.filter(({ rollback, failed }) => !rollback && failed === undefined),
      ...undone.flatMap((stack) => planOf(stack, engines)),
    ],
    seconds,
    ...(killed === undefined ? {} : { killed }),
    hosts: [
      ...[...up.values()].map((one) => ({ ...one, at: 0 })),
      ...hosts.map((one) => ({ ...one, at: (one.at - start) / 1000 })),
    ],
    before: stood,
    after: world,
  };
}

/** What can't even be planned is told by the deploy, which fails for it. */
function planOf(stack: RehearsedStack, engines: ReadonlyMap<Provider, VirtualEngine>): Step[] {
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
async function statusOf(engines: ReadonlyMap<Provider, VirtualEngine>, stack: StackPlace): Promise<Pick<StackRun, 'status'>> {
  const stands = await engines.get(stack.provider)?.read(stack);
  return stands === undefined ? {} : { status: stands.status };
}

/** What stands was deployed once: all of it at once, in its order. */
async function standing(stacks: readonly RehearsedStack[], engines: ReadonlyMap<Provider, VirtualEngine>): Promise<void> {
  const silent = { started: () => undefined, progress: () => undefined, finished: () => undefined };
  const options = { concurrency: 1000, regionsAtOnce: 1000, failureTolerance: 0 };
  const report = await deployStacks({ stacks, engines, options, replace: [], listener: silent });
  const failed = report.stacks.find(({ error }) => error !== undefined);
  if (failed?.error !== undefined) throw failed.error;
}

function enginesOf(cloud: VirtualCloud, stacks: readonly RehearsedStack[]): ReadonlyMap<Provider, VirtualEngine> {
  const accounts = new Map(stacks.map(({ path, account }) => [path, account]));
  const byRegion = new Map(stacks.map(({ region, account }) => [region, account]));
  const accountOf = ({ path, region }: StackPlace) => accounts.get(path) ?? byRegion.get(region) ?? '';
  return new Map<Provider, VirtualEngine>([
    ['aws', new VirtualEngine('aws', cloud, cloud.engine, accountOf)],
    ['aliyun', new VirtualEngine('aliyun', cloud, cloud.ros, accountOf, new VirtualMembers(cloud))],
  ]);
}

function partitionOf(stacks: readonly RehearsedStack[]): { partition?: string } {
  const china = stacks.some(({ provider, region }) => provider === 'aws' && region.startsWith('cn-'));
  return china ? { partition: 'aws-cn' } : {};
}

/** What `cdk bootstrap` leaves in a region and templates ask for: its version. */
function prepareRegions(world: World, stacks: readonly RehearsedStack[]): void {
  for (const { provider, account, region, body } of stacks) {
    if (provider !== 'aws') continue;
    const parameter = /"\/cdk-bootstrap\/[^"]+"/.exec(body)?.[0];
    if (parameter === undefined) continue;
    const name = JSON.parse(parameter) as string;
    const own = regionOf(world, account, region).parameters;
    own[name] ??= { name, type: 'String', value: '30', modified: '', version: 1, tags: {} } as never;
  }
}

function runOf({ path, provider, region }: StackPlace, { outcome, error }: StackOutcome): Omit<StackRun, 'from' | 'to'> {
  const done = outcome === 'deleted' || outcome === 'absent' ? 'unchanged' : outcome;
  return { path, provider, region, outcome: done, ...(error === undefined ? {} : { reason: error.message }) };
}

function stackKey(world: World, stackId: string): string {
  for (const account of Object.values(world.accounts))
    for (const region of Object.values(account.regions)) {
      const stack = region.stacks[stackId];
      if (stack !== undefined) return `${account.id} ${region.name} ${stack.name}`;
    }
  return '';
}
