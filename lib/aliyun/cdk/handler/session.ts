/** One call of the function: its keys, its patience, its client. */
import { createHash } from 'node:crypto';
import { type Clock, type CredentialsProvider, OssClient, RpcClient, SYSTEM_CLOCK } from '../../cloud';
import type { ObjectStore } from '../../fleet/configurations';
import { RosClient, type Watching } from '../../ros-client';
import type { FileProperty, RosStackProperties } from '../properties';
import { RosStackFailure } from './failure';
import { keysOf } from './keys';
import { Patience } from './patience';

/** What lies outside of the function. */
export interface Surroundings {
  /** Text of the secret that holds Aliyun's keys. */
  secret(): Promise<string>;
  /** A file of the assets' bucket. */
  file(bucket: string, key: string): Promise<Buffer>;
  /** Where MEISSA_ALIYUN_ENDPOINT is looked up. @default - nothing is set */
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly watching?: Watching;
  /** Milliseconds that a call may wait. @default WAITS */
  readonly waits?: Partial<Record<keyof typeof WAITS, number>>;
}

/** Milliseconds; Lambda ends a function after fifteen minutes ("Lambda quotas"). */
export const WAITS = {
  /** A new stack has no id by which it could be asked for again, so its beginning is waited for. */
  toCreate: 12 * 60_000,
  toBegin: 60_000,
  toEnd: 20_000,
} as const;

/** Calls with which an operation has begun. What deletes an empty stack before it makes another one has only begun to begin. */
const BEGINS = { apply: /^(Create|Update|ContinueCreate)Stack$/, delete: /^DeleteStack$/ } as const;

export interface SessionOptions {
  readonly surroundings: Surroundings;
  readonly properties: RosStackProperties;
  /** What is to be begun. */
  readonly verb: keyof typeof BEGINS;
  /** Milliseconds until it must have begun. @default WAITS.toBegin */
  readonly toBegin?: number;
}

export class Session {
  readonly ros: RosClient;
  readonly watching: Watching;
  readonly objects: ObjectStore;
  /** Something was begun in this call. */
  begun = false;
  private readonly patience: Patience;

  readonly properties: RosStackProperties;
  private readonly surroundings: Surroundings;

  private constructor({ surroundings, properties, verb, toBegin }: SessionOptions, keys: CredentialsProvider) {
    this.surroundings = surroundings;
    this.properties = properties;
    const { clock = SYSTEM_CLOCK, environment = {} } = surroundings;
    const waits = { ...WAITS, ...surroundings.waits };
    this.patience = new Patience({ clock, toBegin: toBegin ?? waits.toBegin, toEnd: waits.toEnd });
    const { Region: region } = properties;
    const rpc = new RpcClient({
      credentials: keys,
      clock: this.patience,
      environment,
      onRequest: ({ action, code }) => {
        if (code === undefined && BEGINS[verb].test(action)) this.begin();
      },
    });
    this.ros = new RosClient({ region, rpc });
    this.objects = new OssClient({ region, credentials: keys, clock: this.patience, environment });
    this.watching = surroundings.watching ?? {};
  }

  /** @throws RosStackFailure where the keys are of another account than the stack's */
  static async open(options: SessionOptions): Promise<Session> {
    const session = new Session(options, keysOf(await options.surroundings.secret()));
    await session.checkAccount();
    return session;
  }

  /** What is asked after all that may be waited for: it only reads. */
  allowMore(): void {
    this.patience.begun();
  }

  /** @throws RosStackFailure where the content isn't what its digest says */
  async file({ Bucket, Key, Digest }: FileProperty): Promise<string> {
    const content = await this.surroundings.file(Bucket, Key);
    if (createHash('sha256').update(content).digest('hex') === Digest) return content.toString();
    throw new RosStackFailure('DIGEST_MISMATCH', `asset ${Key} is not what its digest says`, 'publish it anew: cdk deploy');
  }

  private begin(): void {
    this.begun = true;
    this.patience.begun();
  }

  private async checkAccount(): Promise<void> {
    const { Account: wanted, Region: region, StackName: name } = this.properties;
    if (wanted === undefined || wanted === '') return;
    const { AccountId: own } = await this.ros.rpc.call({ product: 'sts', region, action: 'GetCallerIdentity', parameters: {} });
    if (String(own) === wanted) return;
    throw new RosStackFailure(
      'OTHER_ACCOUNT',
      `stack ${name} belongs into account ${wanted}, and the secret's access key is of account ${String(own)}`,
      'put a key of the right account into the secret; nothing was touched',
    );
  }
}
