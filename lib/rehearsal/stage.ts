/** The embedded clouds in virtual time with what stands in them, and a record of what happens from then on. */
import type { Provider } from '../clouds/cloud';
import { deployStacks } from '../deploy/deploy';
import type { EngineStack } from '../deploy/engine';
import { regionOf, type World } from '../embedded-cloud/store/world';
import { type HostChange, type VirtualCloud, type VirtualCloudOptions, virtualCloud } from '../embedded-cloud/virtual';
import type { Work } from '../engine/work';
import { VirtualMembers } from './aliyun-members';
import type { RehearsedStack } from './stack';
import { VirtualEngine } from './virtual-engine';

export type VirtualEngines = ReadonlyMap<Provider, VirtualEngine>;

export interface StageOptions extends Pick<VirtualCloudOptions, 'seconds' | 'onStart'> {
  readonly before: readonly RehearsedStack[];
  readonly after: readonly RehearsedStack[];
}

/** Hosts of fleets that nobody waits for boot on: whoever is not well in this time, milliseconds, never is. */
const BOOTING = 3_600_000;

export class Stage {
  readonly cloud: VirtualCloud;
  readonly engines: VirtualEngines;
  /** What was done since the record began. */
  readonly works: Work[] = [];
  /** The clock's milliseconds when the record began. @default - it has not begun */
  private start: number | undefined;
  private readonly wellAtFirst = new Map<string, HostChange>();
  private readonly changes: HostChange[] = [];

  private constructor({ before, after, seconds, onStart }: StageOptions) {
    const stacks = [...before, ...after];
    this.cloud = virtualCloud({
      seconds: (type, act, usual) => (this.start === undefined ? 0 : (seconds?.(type, act, usual) ?? usual)),
      onStart: (host) => (this.start === undefined ? 'healthy' : onStart?.(host)),
      watch: (work) => {
        if (this.start !== undefined) this.works.push(work);
      },
      onHost: (change) => this.changed(change),
      ...partitionOf(stacks),
    });
    this.engines = enginesOf(this.cloud, stacks);
    prepareRegions(this.cloud.world, stacks);
  }

  /**
   * With all that stands in it, and every host well.
   *
   * @throws Error when what stands can't be made: then it is not what an engine would have taken
   */
  static async with(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options);
    await stage.cloud.clock.run(standing(options.before, stage.engines));
    await stage.booted();
    return stage;
  }

  /** From now on things take their time, and are written down. */
  begin(): void {
    this.start = this.cloud.clock.milliseconds();
  }

  /** Seconds since the record began. */
  since(at = this.cloud.clock.milliseconds()): number {
    return (at - (this.start ?? at)) / 1000;
  }

  /** Waits for hosts that nobody waits for. */
  booted(): Promise<void> {
    return this.cloud.clock.run(this.cloud.clock.wait(BOOTING));
  }

  /** When hosts became well and went down, seconds since the record began; those that were well then stand at 0. */
  get hosts(): HostChange[] {
    const first = [...this.wellAtFirst.values()].map((one) => ({ ...one, at: 0 }));
    return [...first, ...this.changes.map((one) => ({ ...one, at: this.since(one.at) }))];
  }

  private changed(change: HostChange): void {
    if (this.start !== undefined) this.changes.push(change);
    else if (change.up) this.wellAtFirst.set(change.instanceId, change);
    else this.wellAtFirst.delete(change.instanceId);
  }
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
  const byRegion = new Map(stacks.map(({ provider, cloudRegion, account }) => [`${provider} ${cloudRegion}`, account]));
  const accountOf = ({ provider, path, cloudRegion }: EngineStack) =>
    accounts.get(path) ?? byRegion.get(`${provider} ${cloudRegion}`) ?? '';
  return new Map<Provider, VirtualEngine>([
    ['aws', new VirtualEngine('aws', cloud, cloud.engine, accountOf)],
    ['aliyun', new VirtualEngine('aliyun', cloud, cloud.ros, accountOf, new VirtualMembers(cloud))],
  ]);
}

function partitionOf(stacks: readonly RehearsedStack[]): { partition?: string } {
  const china = stacks.some(({ provider, cloudRegion }) => provider === 'aws' && cloudRegion.startsWith('cn-'));
  return china ? { partition: 'aws-cn' } : {};
}

/** What `cdk bootstrap` leaves in a region and templates ask for: its version. */
function prepareRegions(world: World, stacks: readonly RehearsedStack[]): void {
  for (const { provider, account, cloudRegion, body } of stacks) {
    if (provider !== 'aws') continue;
    const parameter = /"\/cdk-bootstrap\/[^"]+"/.exec(body)?.[0];
    if (parameter === undefined) continue;
    const name = JSON.parse(parameter) as string;
    const own = regionOf(world, account, cloudRegion).parameters;
    own[name] ??= { name, type: 'String', value: '30', modified: '', version: 1, tags: {} } as never;
  }
}
