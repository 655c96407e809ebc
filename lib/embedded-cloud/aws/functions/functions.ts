import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../../../disk/scratch';
import { clock } from '../../../engine/clock';
import { uuid } from '../../../engine/ids';
import type { Json } from '../../../engine/json';
import type { AccessKey, Keys } from '../../keys';
import type { LambdaFunction } from '../world/functions';
import { BOOTSTRAP, CFN_RESPONSE } from './bootstrap';
import {
  type Cell,
  cellEnvironment,
  cellIn,
  confined,
  hasNamespaces,
  type Level,
  levelHere,
  levelWords,
  startedAs,
} from './confinement';
import { Mailbox } from './mailbox';
import { openPassage } from './passage';

/** Where and as what a function runs. */
export interface FunctionHome {
  account: string;
  region: string;
}

/** How a run ended: without `error` the handler gave something back, whatever it was. */
export interface RunOutcome {
  requestId: string;
  error?: string;
}

/** Longest log that is kept of a run, in characters. */
const LOG = 20_000;

/** Milliseconds in which a process must be ready. */
const LAUNCH = 30_000;
/** Milliseconds that an ended process's last words are waited for. */
const LAST_WORDS = 1000;

/** Where the SDK lies that Lambda's Node.js runtime has: beside what this program itself uses. */
const sdk = (): string => dirname(dirname(dirname(require.resolve('@aws-sdk/client-ec2/package.json'))));

/** Where this package's own function lies: from what is bundled, from what is built and from its source. */
const SHIPPED = ['../ros-stack-handler', '../../../../ros-stack-handler', '../../../../dist/ros-stack-handler'].map((folder) =>
  join(__dirname, folder),
);

/** What functions may load beside their own code: the SDK, and the function of Aliyun's stacks that this package ships, where it is built. */
const modules = (): string[] => [sdk(), ...SHIPPED].filter((folder) => existsSync(folder));

/**
 * Runs functions' code, each call in a process of its own that sees the embedded cloud and nothing of this machine: how far that is kept
 * from it is said once. None outlives its call, `close`, or this process.
 */
export class Functions {
  /** Answers to custom resources. */
  readonly mailbox: Mailbox;
  private closed = false;
  private readonly children = new Set<ChildProcess>();
  private level: Level | undefined;

  constructor(
    private readonly url: () => string,
    private readonly keys: Keys,
    /** Least real seconds that a run gets, if its own time-out isn't less: code is as slow here as anywhere. Its clock runs faster. */
    private readonly patience: number,
    private readonly log: (line: string) => void,
  ) {
    this.mailbox = new Mailbox(url);
  }

  /** How far functions are kept from this machine, in words; undefined until the first ran. */
  get confinementWords(): string | undefined {
    return this.level && `functions run with ${levelWords[this.level]}`;
  }

  /** Calls a function once. Ends when its process has ended; a cancelled one is killed. */
  async run(fn: LambdaFunction, place: FunctionHome, event: Json, scale: number, cancelled: AbortSignal): Promise<RunOutcome> {
    const requestId = uuid();
    if (cancelled.aborted || this.closed) return { requestId, error: 'cancelled' };
    const { path, remove } = scratchFolder(tmpdir(), 'function');
    const folder = realpathSync(path);
    const { account, region } = place;
    const seconds = Math.max(fn.timeout * scale, Math.min(fn.timeout, this.patience));
    const key = this.keys.issue({ provider: 'aws', account, role: fn.role, seconds: Math.ceil(seconds) + 60, bounded: true });
    const level = this.confinement();
    const passage = hasNamespaces(level) ? join(folder, 'cloud') : undefined;
    let way: Server | undefined;
    try {
      if (passage !== undefined) way = await openPassage(passage, Number(new URL(this.url()).port));
      const cell = cellIn(folder, modules(), fn.memory, passage);
      const file = unpack(cell, fn);
      const call = {
        handler: fn.handler,
        event,
        timeout: fn.timeout,
        speed: fn.timeout / seconds,
        major: Number(/\d+/.exec(fn.runtime)?.[0]),
        context: contextOf(fn, requestId),
        environment: { ...fn.environment, ...this.environment(fn, region, key) },
        scratch: cell.scratch,
        url: this.url(),
        passage,
      };
      const error = await this.process(level, cell, file, call, seconds, requestId, cancelled);
      return error === undefined ? { requestId } : { requestId, error };
    } finally {
      this.keys.revoke(key);
      way?.close();
      remove();
    }
  }

  private confinement(): Level {
    if (this.level === undefined) {
      this.level = levelHere(modules());
      if (!hasNamespaces(this.level)) this.log(this.confinementWords as string);
    }
    return this.level;
  }

  /** Ends all that run; nothing begins after it. */
  close(): void {
    this.closed = true;
    for (const child of this.children) end(child);
  }

  private process(
    level: Level,
    cell: Cell,
    file: string,
    call: object,
    seconds: number,
    requestId: string,
    cancelled: AbortSignal,
  ): Promise<string | undefined> {
    const [program, ...args] = confined(level, cell, file);
    return new Promise((resolve) => {
      const child = spawn(program, args, {
        cwd: cell.scratch,
        env: cellEnvironment(cell),
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        ...startedAs(level),
        // A group of its own, which ends as a whole.
        detached: process.platform !== 'win32',
      });
      this.children.add(child);
      let said = '';
      let outcome = '';
      let late = false;
      for (const n of [1, 2] as const)
        child.stdio[n]?.on('data', (part) => {
          said = (said + String(part)).slice(-LOG);
        });
      child.stdio[3]?.once('data', () => {
        clearTimeout(timer);
        timer = setTimeout(expire, seconds * 1000);
      });
      child.stdio[3]?.on('data', (part) => {
        outcome = (outcome + String(part)).slice(0, LOG);
      });
      const kill = () => end(child);
      const expire = () => {
        late = true;
        kill();
      };
      let timer = setTimeout(expire, LAUNCH);
      cancelled.addEventListener('abort', kill);
      if (cancelled.aborted || this.closed) kill();
      const done = (error: string | undefined) => {
        clearTimeout(timer);
        cancelled.removeEventListener('abort', kill);
        this.children.delete(child);
        if (error !== undefined && !cancelled.aborted) this.log(`function, request ${requestId}: ${error}\n${said}`);
        resolve(error);
      };
      child.stdin?.on('error', () => undefined);
      child.once('error', (e) => done(e.message));
      // What it left behind ends with it, and what still holds its pipes isn't waited for.
      child.once('exit', () => {
        kill();
        setTimeout(() => {
          for (const pipe of child.stdio) pipe?.destroy();
        }, LAST_WORDS).unref();
      });
      child.once('close', () => done(late ? `Task timed out after ${seconds.toFixed(2)} seconds` : errorOf(outcome, said)));
      child.stdin?.write(`${JSON.stringify(call)}\n`);
    });
  }

  /** Lambda's own variables. */
  private environment(fn: LambdaFunction, region: string, key: AccessKey): Record<string, string | undefined> {
    return {
      AWS_ENDPOINT_URL: this.url(),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: key.id,
      AWS_SECRET_ACCESS_KEY: key.secret,
      AWS_SESSION_TOKEN: key.securityToken,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_LAMBDA_FUNCTION_NAME: fn.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
      AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    };
  }
}

/** Ends a process and its group. */
function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Lays a function's code out as Lambda does; the process's own file is beside it. */
function unpack({ task }: Cell, fn: LambdaFunction): string {
  const response = join(task, 'code', 'node_modules', 'cfn-response');
  mkdirSync(response, { recursive: true });
  symlinkSync(sdk(), join(task, 'node_modules'), 'junction');
  writeFileSync(join(response, 'index.js'), CFN_RESPONSE);
  writeFileSync(join(task, 'code', `${fn.handler.split('.')[0]}.js`), fn.code);
  const file = join(task, 'bootstrap.cjs');
  writeFileSync(file, BOOTSTRAP);
  return file;
}

const contextOf = (fn: LambdaFunction, requestId: string): object => ({
  functionName: fn.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: fn.arn,
  memoryLimitInMB: String(fn.memory),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${fn.name}`,
  logStreamName: `${clock.now().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${requestId.replaceAll('-', '')}`,
});

function errorOf(outcome: string, said: string): string | undefined {
  try {
    return (JSON.parse(outcome) as { error?: string }).error;
  } catch {
    const fatal = /^(?:FATAL ERROR|setpriv|unshare|chroot|mount|prlimit|sh):.*$/m.exec(said)?.[0];
    return `Runtime exited without providing a reason${fatal === undefined ? '' : `: ${fatal}`}`;
  }
}
