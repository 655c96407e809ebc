import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolder } from '../disk/scratch';
import { visible } from '../encode/terminal';
import { Engine } from '../engine/engine';
import { type Fault, Faults } from '../engine/faults';
import type { Machine } from '../engine/machine';
import { Signals } from '../engine/signals';
import { rosDialect } from './aliyun/dialect';
import { rosSchema } from './aliyun/dialect/schema';
import { DEFAULT_ACCOUNT, type EmbeddedAliyun, embedAliyun } from './aliyun/embedded';
import { type AliyunHostOptions, AliyunHosts } from './aliyun/hosts/hosts';
import { aliyunHandlers } from './aliyun/resources';
import { AwsError } from './aws/aws-error';
import { cloudFormationDialect } from './aws/dialect/cloudformation';
import { Functions } from './aws/functions/functions';
import { type HostOptions, Hosts, type SendSignal } from './aws/hosts/hosts';
import { inventoryOf, type RegionInventory } from './aws/inventory';
import { handlers } from './aws/resources';
import { terminate } from './aws/resources/ec2/launch';
import { instanceOf } from './aws/resources/ec2/lookup';
import type { Handler } from './aws/resources/handler';
import { dispatch } from './aws/services/dispatch';
import type { Backend } from './aws/services/service';
import { awsProtocol } from './aws/sigv4/authenticate';
import { type SpecExtract, specExtract } from './aws/spec/extract';
import { CloudServer } from './http/server';
import { type AccessKey, Keys } from './keys';
import { ObjectStore } from './store/objects';
import { Saver } from './store/saver';
import { type Region, regionOf } from './store/world';
import { readWorld } from './store/world-file';

/** How an embedded cloud is started. */
export interface EmbeddedCloudOptions {
  /** The account that `env` and what names no other are of; default `111111111111`. */
  account?: string;
  /** Aliyun's account (UID), default `1234567890123456`, and its resource types, default all that there are. */
  aliyun?: { account?: string; handlers?: Record<string, Handler> };
  /** Default `aws`. */
  partition?: 'aws' | 'aws-cn';
  /** Loopback port; default 0: a free one. */
  port?: number;
  /** Folder in which the world is kept between processes; default: nothing is kept. */
  stateDir?: string;
  /** Simulated to real time; default 1/600: a time-out of fifteen minutes takes 1.5 seconds. */
  timeScale?: number;
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

/** A cloud on loopback, for as long as this process lives. */
export interface EmbeddedCloud {
  readonly url: string;
  readonly port: number;
  readonly account: string;
  readonly partition: string;
  /** Aliyun's side: the same world, port and process. */
  readonly aliyun: EmbeddedAliyun;
  /** An AWS account's own access key, made for this run; default: of `account`. Any other key is refused. */
  key(account?: string): AccessKey;
  /** The environment that the CDK CLI and AWS SDKs need to talk to it. */
  env(region?: string): Record<string, string>;
  /** What stands in a region. */
  inventory(region: string, account?: string): RegionInventory;
  /** Plants a fault. */
  fail(fault: Fault): void;
  /** Takes planted faults away. */
  clearFaults(): void;
  /** Signals a resource, as a host does. */
  signal(region: string, stack: string, logicalId: string, uniqueId: string, status?: 'SUCCESS' | 'FAILURE'): void;
  /** Terminates an instance behind CloudFormation's back. */
  terminate(region: string, instanceId: string): void;
  /** The engine itself, for tests that don't go over HTTP. */
  readonly engine: Engine;
  /** How far the functions that ran were kept from this machine, in words; undefined until the first ran. */
  readonly confinement: string | undefined;
  /** ROS's engine, over the same world. */
  readonly ros: Engine;
  /** The region's own records. */
  region(name: string, account?: string): Region;
  /** Saves, and ends at once. */
  close(): Promise<void>;
}

/** Starts an embedded cloud. */
export async function startEmbeddedCloud(options: EmbeddedCloudOptions = {}): Promise<EmbeddedCloud> {
  const account = options.account ?? '111111111111';
  const partition = options.partition ?? 'aws';
  const log = options.log ?? ((line: string) => process.stderr.write(`${visible(line)}\n`));
  const world = readWorld(options.stateDir, partition);
  const saver = new Saver(options.stateDir, world);
  const unexpected = (e: unknown) => log(`embedded cloud: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`);
  const signals = new Signals();
  const keys = new Keys();
  const functions = new Functions(
    () => url,
    keys,
    options.functionPatience ?? 20,
    (line) => log(`embedded cloud: ${line}`),
  );
  const send: SendSignal = (region, gate, instanceId, status) => {
    const stack = engine.find(region, gate.stack);
    if (!stack) return 'later';
    try {
      signals.deliver(stack, gate.resource, instanceId, status);
      return 'taken';
    } catch {
      return /_COMPLETE$/.test(stack.resources[gate.resource]?.status ?? '') ? 'over' : 'later';
    }
  };
  const hosts = new Hosts(options.hosts ?? {}, send);
  const objects = new ObjectStore(options.stateDir && join(options.stateDir, 'objects'));
  const aliyunHosts = new AliyunHosts(world, objects, options.aliyunHosts ?? {}, () => saver.changed());
  let spec: SpecExtract | undefined;
  const specOf = () => (spec ??= specExtract(Object.keys(handlers)));
  const machine: Machine = {
    world,
    hosts,
    aliyunHosts,
    signals,
    functions,
    faults: new Faults(),
    handlers,
    dialect: cloudFormationDialect(specOf),
    timeScale: options.timeScale ?? 1 / 600,
    changed: () => saver.changed(),
    unexpected,
  };
  const engine = new Engine(machine);
  const ros = new Engine({ ...machine, dialect: rosDialect(rosSchema), handlers: options.aliyun?.handlers ?? aliyunHandlers });
  const backend: Backend = {
    world,
    keys,
    engine,
    ros,
    spec: specOf,
    hosts,
    aliyunHosts,
    functions,
    objects,
    changed: () => saver.changed(),
    patience: options.patience ?? 10_000,
  };
  const { aliyun, protocols } = embedAliyun(backend, options.aliyun?.account ?? DEFAULT_ACCOUNT, () => url, unexpected);
  const aws = awsProtocol(keys, (request) => dispatch(backend, request, unexpected));
  const server = new CloudServer({ keys, mailbox: functions.mailbox, protocols: [aws, ...protocols], unexpected });
  aliyunHosts.resume();
  const port = await server.listen(options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const own = options.stateDir ? undefined : scratchFolder(tmpdir(), 'cdk-home');
  // The CDK CLI makes it.
  const home = own?.path ?? join(options.stateDir as string, 'cdk-home');
  const keyOf = (of = account): AccessKey => keys.ownKey('aws', of);
  const regionNamed = (name: string, of = account) => regionOf(world, of, name);
  return {
    url,
    port,
    account,
    partition,
    engine,
    ros,
    aliyun,
    get confinement() {
      return functions.confinementWords;
    },
    key: keyOf,
    region: regionNamed,
    env: (region = partition === 'aws-cn' ? 'cn-north-1' : 'us-east-1') => environment(url, region, keyOf(), home),
    inventory: (name, of) => inventoryOf(regionNamed(name, of)),
    fail: (fault) => machine.faults.plant(fault),
    clearFaults: () => machine.faults.clear(),
    signal: (name, stack, logicalId, uniqueId, status = 'SUCCESS') =>
      signals.deliver(engine.stack(regionNamed(name), stack), logicalId, uniqueId, status),
    terminate: (name, instanceId) => {
      const region = regionNamed(name);
      const found = instanceOf(region, instanceId);
      if (found.terminationProtection)
        throw new AwsError('OperationNotPermitted', `The instance '${instanceId}' may not be terminated.`);
      terminate(region, hosts, found);
      saver.changed();
    },
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

function environment(url: string, region: string, { id, secret, account }: AccessKey, home: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: region,
    // The CLI keeps which account an access key is of; a folder of its own keeps it from real ones.
    CDK_HOME: home,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}
