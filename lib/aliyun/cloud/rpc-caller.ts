import type { Json } from './answer';
import { type Attempt, RETRY_POLICY, type RetryPolicy, retrying } from './backoff';
import { type Clock, SYSTEM_CLOCK } from './clock';
import type { CredentialsProvider } from './credentials';
import { API_VERSIONS, endpointOf, type Product } from './endpoint';
import { CredentialsRefused } from './errors';
import { flattenParameters, type Parameters } from './flatten';
import { popCoreCall } from './pop-core-call';

/** What a client needs to call. */
export interface RpcCallerProps {
  readonly credentials: CredentialsProvider;
  readonly clock?: Clock;
  /** Where MEISSA_ALIYUN_ENDPOINT is looked up. @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** @default RETRY_POLICY */
  readonly retry?: Partial<RetryPolicy>;
  /** @default 5000 */
  readonly connectTimeoutMs?: number;
  /** Until the whole answer is read, where a call doesn't say otherwise. @default 30000 */
  readonly readTimeoutMs?: number;
  /** Told of every request that went out: action and what came of it, never what was in it. */
  readonly onRequest?: (request: RequestSeen) => void;
}

/** One request that went out. */
export interface RequestSeen extends Attempt {
  readonly product: Product;
  readonly region: string;
  readonly action: string;
}

/** One call. */
export interface RpcCall {
  readonly product: Product;
  readonly region: string;
  readonly action: string;
  /** By Aliyun's names; lists and objects are flattened. */
  readonly parameters: Parameters;
  /** @default - the product's version of this client */
  readonly version?: string;
  /** Twice is the same as once. @default - reads, and what carries a ClientToken */
  readonly repeatable?: boolean;
  /** @default - the client's */
  readonly readTimeoutMs?: number;
}

/** A body this large takes its time on a thin line: this many bytes a millisecond are counted on (512 kbit/s). */
const BYTES_PER_MS = 64;
const READS = /^(Get|List|Describe|Validate|Preview|Query)/;

/**
 * The only way to Aliyun's RPC APIs: POST, signed by pop-core, with our time-outs, retries and errors. Every request, retries included, is
 * told to `onRequest`.
 */
export class RpcCaller {
  /** Where keys come from; OSS uses the same. */
  readonly credentials: CredentialsProvider;
  /** The clock that waits are measured by. */
  readonly clock: Clock;
  /** Where endpoints are looked up. */
  readonly environment: NodeJS.ProcessEnv;

  readonly #props: RpcCallerProps;
  readonly #policy: RetryPolicy;

  constructor(props: RpcCallerProps) {
    this.#props = props;
    this.#policy = { ...RETRY_POLICY, ...props.retry };
    this.clock = props.clock ?? SYSTEM_CLOCK;
    this.environment = props.environment ?? process.env;
    this.credentials = props.credentials;
  }

  /**
   * Calls and gives the answer.
   * @throws an `AliyunError`; never anything of pop-core's
   */
  async call(call: RpcCall): Promise<Record<string, Json>> {
    const parameters = flattenParameters(call.parameters);
    const endpoint = endpointOf(call.product, call.region, this.environment);
    const bytes = Object.values(parameters).reduce((sum, value) => sum + value.length, 0);
    const once = async () =>
      popCoreCall({
        endpoint,
        version: call.version ?? API_VERSIONS[call.product],
        action: call.action,
        parameters,
        credentials: await this.credentials.credentials(),
        connectTimeoutMs: this.#props.connectTimeoutMs ?? 5000,
        readTimeoutMs: (call.readTimeoutMs ?? this.#props.readTimeoutMs ?? 30_000) + bytes / BYTES_PER_MS,
        now: () => this.clock.now(),
      });
    const all = () =>
      retrying(once, {
        repeatable: call.repeatable ?? (READS.test(call.action) || parameters.ClientToken !== undefined),
        policy: this.#policy,
        clock: this.clock,
        onAttempt: (attempt) =>
          this.#props.onRequest?.({ product: call.product, region: call.region, action: call.action, ...attempt }),
      });
    try {
      return await all();
    } catch (error) {
      if (!(error instanceof CredentialsRefused && error.expired)) throw error;
      // A session that ended while we were at it: its source may have the next one by now.
      const ended = await this.credentials.credentials();
      this.credentials.forget();
      const next = await this.credentials.credentials();
      if (next.securityToken?.reveal() === ended.securityToken?.reveal()) throw error;
      return all();
    }
  }
}
