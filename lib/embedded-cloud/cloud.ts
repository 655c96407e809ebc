import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolder } from '../disk/scratch';
import { visible } from '../encode/terminal';
import { clock } from '../engine/clock';
import type { Engine } from '../engine/engine';
import { type Fault, Faults } from '../engine/faults';
import { Signals } from '../engine/signals';
import { DEFAULT_ACCOUNT, type EmbeddedAliyun, embedAliyun, rosEngine } from './aliyun/embedded';
import { type AliyunHostOptions, AliyunHosts } from './aliyun/hosts/hosts';
import { aliyunHandlers } from './aliyun/resources';
import type { Handler as AliyunHandler } from './aliyun/resources/handler';
import { type SpecExtract, specExtract } from './aws/dialect/schema';
import { cloudFormationEngine, type EmbeddedAws, embedAws, gateSignals } from './aws/embedded';
import { Functions } from './aws/functions/functions';
import { type HostOptions, Hosts } from './aws/hosts/hosts';
import { handlers } from './aws/resources';
import type { Backend } from './backend';
import { CloudServer } from './http/server';
import { tell } from './incidents';
import { INCIDENTS_PATH, incidentAnswer } from './incidents/door';
import type { Said } from './incidents/incident';
import { Keys } from './keys';
import { ObjectStore } from './store/objects';
import { Saver } from './store/saver';
import { readWorld } from './store/world-file';

/** How an embedded cloud is started. */
export interface EmbeddedCloudOptions {
  /** The account that `env` and what names no other are of; default `111111111111`. */
  account?: string;
  /** Aliyun's account (UID), default `1234567890123456`, and its resource types, default all that there are. */
  aliyun?: { account?: string; handlers?: Record<string, AliyunHandler> };
  /** Default `aws`. */
  partition?: 'aws' | 'aws-cn';
  /** Loopback port; default 0: a free one. */
  port?: number;
  /** Folder in which the world is kept between processes; default: nothing is kept. */
  stateDir?: string;
  /** Simulated to real time; default 1/600: a time-out of fifteen minutes takes 1.5 seconds. */
  timeScale?: number;
  /** Regions of AWS -> the image that their public parameters name (`/aws/service/ami-*`), whichever is asked; default: there are none. */
  images?: Readonly<Record<string, string>>;
  /** How simulated hosts behave; default: all become healthy. */
  hosts?: HostOptions;
  /** How simulated hosts of Aliyun behave; default: all become healthy. */
  aliyunHosts?: AliyunHostOptions;
  /** Milliseconds that `DescribeStacks` of a stack in progress may be held until its operation ends; default 10,000. */
  patience?: number;
  /** Least real seconds that a function's code gets, unless its own time-out is less; default 20. */
  functionPatience?: number;
  /** Told of mistakes in this program and in functions' code (never of a cloud's own errors). */
  log?: (line: string) => void;
}

/** A cloud on loopback, for as long as this process lives: AWS's side, and what both have. */
export interface EmbeddedCloud extends EmbeddedAws {
  readonly url: string;
  readonly port: number;
  /** Aliyun's side: the same world, port and process. */
  readonly aliyun: EmbeddedAliyun;
  /** Plants a fault. */
  fail(fault: Fault): void;
  /** Takes planted faults away. */
  clearFaults(): void;
  /** CloudFormation's engine itself, for tests that don't go over HTTP. */
  readonly engine: Engine;
  /** ROS's engine, over the same world. */
  readonly ros: Engine;
  /** What the services work with: the world, objects, functions, hosts. */
  readonly backend: Backend;
  /** How far the functions that ran were kept from this machine, in words; undefined until the first ran. */
  readonly confinement: string | undefined;
  /** Saves, and ends at once. */
  close(): Promise<void>;
  /** What a person at its terminal needs to tell it of incidents. */
  readonly incidents: { readonly url: string; readonly key: string };
  /** Tells it of one, as over HTTP. @throws Untold */
  tell(said: Said): string;
}

/** Starts an embedded cloud. */
export async function startEmbeddedCloud(options: EmbeddedCloudOptions = {}): Promise<EmbeddedCloud> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${visible(line)}\n`));
  const world = readWorld(options.stateDir, options.partition ?? 'aws');
  if (options.images !== undefined) world.publicImages = options.images;
  const saver = new Saver(options.stateDir, world);
  const changed = () => saver.changed();
  const say = (line: string) => log(`embedded cloud: ${line}`);
  const unexpected = (e: unknown) => say(e instanceof Error ? (e.stack ?? e.message) : String(e));
  const keys = new Keys();
  const functions = new Functions(() => url, keys, options.functionPatience ?? 20, say);
  const hosts = new Hosts(
    options.hosts ?? {},
    gateSignals(() => backend),
    clock,
    say,
  );
  const objects = new ObjectStore(options.stateDir && join(options.stateDir, 'objects'));
  const aliyunHosts = new AliyunHosts(world, objects, options.aliyunHosts ?? {}, clock, changed);
  let cut: SpecExtract | undefined;
  const spec = () => (cut ??= specExtract(Object.keys(handlers)));
  const faults = new Faults();
  const machine = {
    clock,
    signals: new Signals(clock),
    faults,
    timeScale: options.timeScale ?? 1 / 600,
    changed,
    save: () => saver.save(),
    unexpected,
  };
  const engine = cloudFormationEngine(machine, world, spec, () => backend);
  const ros = rosEngine(machine, world, options.aliyun?.handlers ?? aliyunHandlers, () => backend);
  const patience = options.patience ?? 10_000;
  const backend: Backend = { world, keys, engine, ros, spec, hosts, aliyunHosts, functions, objects, changed, patience };
  const own = options.stateDir ? undefined : scratchFolder(tmpdir(), 'cdk-home');
  // The CDK CLI makes it.
  const home = own?.path ?? join(options.stateDir as string, 'cdk-home');
  const { aws, protocols } = embedAws(backend, options.account ?? '111111111111', home, () => url, unexpected);
  const aliyun = embedAliyun(backend, options.aliyun?.account ?? DEFAULT_ACCOUNT, () => url, unexpected);
  const scene = { backend, faults };
  const incidentKey = keys.control();
  const server = new CloudServer({
    keys,
    mailbox: functions.mailbox,
    incident: (incoming) => incidentAnswer(scene, incidentKey, incoming),
    protocols: [...protocols, ...aliyun.protocols],
    unexpected,
  });
  aliyunHosts.resume();
  const port = await server.listen(options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  return {
    ...aws,
    url,
    port,
    engine,
    ros,
    backend,
    aliyun: aliyun.aliyun,
    get confinement() {
      return functions.confinementWords;
    },
    fail: (fault) => faults.plant(fault),
    clearFaults: () => faults.clear(),
    incidents: { url: `${url}${INCIDENTS_PATH}`, key: incidentKey },
    tell: (said) => tell(scene, said),
    close: async () => {
      hosts.close();
      aliyunHosts.close();
      functions.close();
      await server.close();
      saver.close();
      engine.halt();
      ros.halt();
      own?.remove();
    },
  };
}
