/** The embedded clouds without a server, in virtual time: engines, world and hosts, for who looks ahead. */
import type { Engine } from '../engine/engine';
import { Faults } from '../engine/faults';
import { Signals } from '../engine/signals';
import { VirtualClock } from '../engine/virtual-clock';
import type { Work } from '../engine/work';
import { BOOT_SECONDS as ALIYUN_BOOT } from '../facts/aliyun/durations';
import { BOOT_SECONDS as AWS_BOOT } from '../facts/aws/durations';
import type { TimedAct } from '../facts/durations';
import { rosEngine } from './aliyun/embedded';
import { type AliyunHostBehaviour, AliyunHosts } from './aliyun/hosts/hosts';
import { aliyunHandlers } from './aliyun/resources';
import { type SpecExtract, specExtract } from './aws/dialect/schema';
import { cloudFormationEngine, gateSignals } from './aws/embedded';
import { Functions } from './aws/functions/functions';
import { type HostBehaviour, type HostChange, type HostStart, Hosts } from './aws/hosts/hosts';
import { handlers } from './aws/resources';
import { isCustom } from './aws/resources/custom';
import { virtualCustom } from './aws/resources/virtual-custom';
import type { Backend } from './backend';
import { Keys } from './keys';
import { ObjectStore } from './store/objects';
import { emptyWorld, type World } from './store/world';

export type { HostChange } from './aws/hosts/hosts';

export interface VirtualCloudOptions {
  /** @default aws */
  readonly partition?: string;
  /** Asked at every start of a host. @default - every host becomes well */
  onStart?(host: HostStart): (HostBehaviour & AliyunHostBehaviour) | undefined;
  /** Told of everything that is done to a resource. */
  watch?(work: Work): void;
  /** Told when a host becomes well, and when it goes down. */
  onHost?(change: HostChange): void;
  /** Seconds that something takes. @default - as lib/facts estimates it */
  seconds?(type: string, act: TimedAct, usual: number): number;
}

export interface VirtualCloud {
  readonly clock: VirtualClock;
  readonly world: World;
  /** CloudFormation's. */
  readonly engine: Engine;
  /** ROS's, over the same world. */
  readonly ros: Engine;
  readonly backend: Backend;
  readonly faults: Faults;
}

/** Agents ask again after seconds, simulated servers' ones after tens of milliseconds: 20 ms become 5 s. */
const PACE = 250;

let cut: SpecExtract | undefined;
const spec = (): SpecExtract => (cut ??= specExtract(Object.keys(handlers)));

/** Functions of templates don't run in virtual time: their answers would depend on this machine. */
const FUNCTIONS = 'http://functions-do-not-run.invalid';

export function virtualCloud(options: VirtualCloudOptions = {}): VirtualCloud {
  const clock = new VirtualClock();
  const world = emptyWorld(options.partition ?? 'aws');
  const changed = () => undefined;
  const unexpected = (error: unknown) => {
    throw error;
  };
  const told = {
    pace: PACE,
    onStart: (host: HostStart) => options.onStart?.(host) ?? 'healthy',
    onChange: (change: HostChange) => options.onHost?.(change),
  } as const;
  const keys = new Keys();
  const objects = new ObjectStore();
  const hosts = new Hosts(
    { ...told, bootMilliseconds: AWS_BOOT * 1000 },
    gateSignals(() => backend),
    clock,
    changed,
  );
  const aliyunHosts = new AliyunHosts(world, objects, { ...told, bootMilliseconds: ALIYUN_BOOT * 1000 }, clock, changed);
  const functions = new Functions(() => FUNCTIONS, keys, 0, changed);
  const faults = new Faults();
  const watch = (work: Work) => options.watch?.(work);
  const machine = { clock, signals: new Signals(clock), faults, timeScale: 1, changed, unexpected, watch };
  const engine = cloudFormationEngine(machine, world, spec, () => backend);
  const ros = rosEngine(machine, world, aliyunHandlers, () => backend);
  const handler = engine.machine.handler;
  engine.machine.handler = (type) => (isCustom(type) ? (virtualCustom(type) as ReturnType<typeof handler>) : handler(type));
  for (const { machine: own } of [engine, ros])
    own.seconds = (type, act) => {
      const usual = own.dialect.seconds(type, act);
      return options.seconds?.(type, act, usual) ?? usual;
    };
  const backend: Backend = { world, keys, engine, ros, spec, hosts, aliyunHosts, functions, objects, changed, patience: 0 };
  return { clock, world, engine, ros, backend, faults };
}
