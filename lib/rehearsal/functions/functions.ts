import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../../disk/scratch';
import { AWS_SECRET } from '../aws-key';
import { nameSuffix, uuid } from '../ids';
import type { Json } from '../json';
import type { LambdaFunction } from '../world/functions';
import { BOOTSTRAP, CFN_RESPONSE } from './bootstrap';
import { Mailbox } from './mailbox';

/** Where and as what a function runs. */
export interface Place {
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

/** Where the SDK lies that Lambda's Node.js runtime has: beside what this program itself uses. */
const modules = (): string => dirname(dirname(dirname(require.resolve('@aws-sdk/client-ec2/package.json'))));

/**
 * Runs functions' code, each call in a process of its own that sees the embedded cloud and nothing of this machine's accounts.
 * None outlives `close`, and none this process: its stdin ends with it.
 */
export class Functions {
  /** Answers to custom resources. */
  readonly mailbox: Mailbox;
  private closed = false;
  private readonly children = new Set<ChildProcess>();
  /** Access key of a run -> ARN of the role that it has. */
  private readonly sessions = new Map<string, string>();

  constructor(
    private readonly url: () => string,
    /** Least real seconds that a run gets, if its own time-out isn't less: code is as slow here as anywhere. Its clock runs faster. */
    private readonly patience: number,
    private readonly log: (line: string) => void,
  ) {
    this.mailbox = new Mailbox(url);
  }

  /** The role that an access key is a session of; undefined for any key that isn't a function's. */
  roleOf(accessKeyId: string): string | undefined {
    return this.sessions.get(accessKeyId);
  }

  /** Calls a function once. Ends when its process has ended; a cancelled one is killed. */
  async run(fn: LambdaFunction, place: Place, event: Json, scale: number, cancelled: AbortSignal): Promise<RunOutcome> {
    const requestId = uuid();
    if (cancelled.aborted || this.closed) return { requestId, error: 'cancelled' };
    const { path: folder, remove } = scratchFolder(tmpdir(), 'function');
    const key = `ASIA${place.account}F${nameSuffix(8)}`;
    this.sessions.set(key, fn.role);
    try {
      const seconds = Math.max(fn.timeout * scale, Math.min(fn.timeout, this.patience));
      const file = unpack(folder, fn);
      const call = {
        handler: fn.handler,
        event,
        timeout: fn.timeout,
        speed: fn.timeout / seconds,
        major: Number(/\d+/.exec(fn.runtime)?.[0]),
        context: contextOf(fn, requestId),
      };
      const error = await this.process(file, this.environment(fn, place, key, folder), call, seconds, requestId, cancelled);
      return error === undefined ? { requestId } : { requestId, error };
    } finally {
      this.sessions.delete(key);
      remove();
    }
  }

  /** Ends all that run; nothing begins after it. */
  close(): void {
    this.closed = true;
    for (const child of this.children) child.kill('SIGKILL');
  }

  private process(
    file: string,
    env: NodeJS.ProcessEnv,
    call: object,
    seconds: number,
    requestId: string,
    cancelled: AbortSignal,
  ): Promise<string | undefined> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [file], { cwd: dirname(file), env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
      this.children.add(child);
      let said = '';
      let outcome = '';
      let late = false;
      for (const n of [1, 2] as const)
        child.stdio[n]?.on('data', (part) => {
          said = (said + String(part)).slice(-LOG);
        });
      child.stdio[3]?.on('data', (part) => {
        outcome += String(part);
      });
      const kill = () => child.kill('SIGKILL');
      const timer = setTimeout(() => {
        late = true;
        kill();
      }, seconds * 1000);
      cancelled.addEventListener('abort', kill);
      const done = (error: string | undefined) => {
        clearTimeout(timer);
        cancelled.removeEventListener('abort', kill);
        this.children.delete(child);
        if (error !== undefined && !cancelled.aborted) this.log(`function, request ${requestId}: ${error}\n${said}`);
        resolve(error);
      };
      child.stdin?.on('error', () => undefined);
      child.once('error', (e) => done(e.message));
      child.once('close', () => done(late ? `Task timed out after ${seconds.toFixed(2)} seconds` : errorOf(outcome)));
      child.stdin?.write(`${JSON.stringify(call)}\n`);
    });
  }

  /** Lambda's own variables and the function's; nothing of this process, so that no real credential gets through. */
  private environment(fn: LambdaFunction, place: Place, key: string, folder: string): NodeJS.ProcessEnv {
    return {
      ...fn.environment,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: folder,
      TZ: ':UTC',
      AWS_ENDPOINT_URL: this.url(),
      AWS_REGION: place.region,
      AWS_DEFAULT_REGION: place.region,
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: AWS_SECRET,
      AWS_SESSION_TOKEN: 'rehearsal',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_LAMBDA_FUNCTION_NAME: fn.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
      AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    };
  }
}

/** Lays a function's code out as Lambda does; the process's own file is beside it. */
function unpack(folder: string, fn: LambdaFunction): string {
  const task = join(folder, 'task');
  const response = join(task, 'node_modules', 'cfn-response');
  mkdirSync(response, { recursive: true });
  symlinkSync(modules(), join(folder, 'node_modules'));
  writeFileSync(join(response, 'index.js'), CFN_RESPONSE);
  writeFileSync(join(task, `${fn.handler.split('.')[0]}.js`), fn.code);
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
  logStreamName: `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${requestId.replaceAll('-', '')}`,
});

function errorOf(outcome: string): string | undefined {
  try {
    return (JSON.parse(outcome) as { error?: string }).error;
  } catch {
    return 'Runtime exited without providing a reason';
  }
}
