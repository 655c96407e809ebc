/** A deploy in virtual time, from what stands to what is proposed. Touches nothing, and takes no longer than it computes. */
import type { Provider } from '../clouds/cloud';
import { deployStacks, type StackOutcome } from '../deploy/deploy';
import type { DeployingEngine, StackPlace } from '../deploy/engine';
import type { WaveOptions } from '../deploy/waves';
import { regionOf, type World } from '../embedded-cloud/store/world';
import { type HostChange, type VirtualCloud, type VirtualCloudOptions, virtualCloud } from '../embedded-cloud/virtual';
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
  readonly seconds?: VirtualCloudOptions['seconds'];
  readonly onStart?: VirtualCloudOptions['onStart'];
  /** Told whenever something may have changed: what a ledger keeps. Seconds since the deploy began. */
  readonly look?: (at: number, world: World) => void;
}

export interface Rehearsal {
  readonly stacks: readonly StackRun[];
  readonly steps: readonly Step[];
  readonly seconds: number;
  /** When hosts became well and went down; those that were well at the begin stand at 0. */
  readonly hosts: readonly HostChange[];
  /** As it stood before the deploy. */
  readonly before: World;
  /** As it stands at the end. */
  readonly after: World;
}

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
  // Hosts of fleets that nobody waits for boot on.
  await clock.run(clock.wait(3_600_000));
  const stood = structuredClone(world);
  input.prepare?.(cloud);
  start = clock.milliseconds();
  recording = true;
  const runs = new Map<string, StackRun>();
  const begun = new Map<string, number>();
  await clock.run(
    deployStacks({
      stacks: after,
      engines,
      options: waves,
      replace: input.replace ?? [],
      listener: {
        started: ({ path }) => begun.set(path, since()),
        progress: () => undefined,
        finished: (place, outcome) => {
          const from = begun.get(place.path) ?? since();
          runs.set(place.path, { ...runOf(place, outcome), from, to: since() });
        },
      },
    }),
  );
  const seconds = since();
  const paths = new Map(after.map(({ account, region, name, path }) => [`${account} ${region} ${name}`, path]));
  const pathOf = (stackId: string) => paths.get(stackKey(world, stackId));
  return {
    stacks: after.map(({ path }) => runs.get(path)!),
    steps: works.flatMap((work) => stepOf(work, start, pathOf) ?? []).sort((a, b) => a.from - b.from || a.to - b.to),
    seconds,
    hosts: [
      ...[...up.values()].map((one) => ({ ...one, at: 0 })),
      ...hosts.map((one) => ({ ...one, at: (one.at - start) / 1000 })),
    ],
    before: stood,
    after: world,
  };
}

/** What stands was deployed once: all of it at once, in its order. */
async function standing(stacks: readonly RehearsedStack[], engines: ReadonlyMap<Provider, DeployingEngine>): Promise<void> {
  const silent = { started: () => undefined, progress: () => undefined, finished: () => undefined };
  const options = { concurrency: 1000, regionsAtOnce: 1000, failureTolerance: 0 };
  const report = await deployStacks({ stacks, engines, options, replace: [], listener: silent });
  const failed = report.stacks.find(({ error }) => error !== undefined);
  if (failed?.error !== undefined) throw failed.error;
}

function enginesOf(cloud: VirtualCloud, stacks: readonly RehearsedStack[]): ReadonlyMap<Provider, DeployingEngine> {
  const accounts = new Map(stacks.map(({ path, account }) => [path, account]));
  const byRegion = new Map(stacks.map(({ region, account }) => [region, account]));
  const accountOf = ({ path, region }: StackPlace) => accounts.get(path) ?? byRegion.get(region) ?? '';
  return new Map<Provider, DeployingEngine>([
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
