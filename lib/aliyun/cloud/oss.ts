import './quiet-debug';
import { createHash } from 'node:crypto';
import OSS from 'ali-oss';
import { RETRY_POLICY, type RetryPolicy, retrying } from './backoff';
import { type Clock, SYSTEM_CLOCK } from './clock';
import type { Credentials, CredentialsProvider } from './credentials';
import { defaultCredentials } from './default-credentials';
import { givenEndpoint } from './endpoint';
import { AliyunError, BadAnswer, NotFound } from './errors';
import { ossFailure } from './oss-failure';

/** What a client of object storage needs. */
export interface OssClientProps {
  /** Region id, `cn-beijing`. */
  readonly region: string;
  /** @default - as Aliyun's own tools find them */
  readonly credentials?: CredentialsProvider;
  /** Calls by the region's internal network, which only its instances reach. @default false */
  readonly internal?: boolean;
  readonly clock?: Clock;
  /** Where MEISSA_ALIYUN_ENDPOINT is looked up. @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** @default RETRY_POLICY */
  readonly retry?: Partial<RetryPolicy>;
  /** To connect, and again until the answer begins, milliseconds. @default 30000 */
  readonly timeoutMs?: number;
}

/** How an object is put. */
export interface PutOptions {
  /** @default application/octet-stream */
  readonly contentType?: string;
}

/** What is known of an object without reading it. */
export interface ObjectHead {
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** SHA-256 of the content in hex, where `put` wrote it. */
  readonly sha256?: string;
}

/** The end of an object. */
export interface ObjectTail {
  readonly content: Buffer;
  /** Bytes of the whole object. */
  readonly length: number;
  /** Milliseconds since it was written last, by the service's clock. */
  readonly age: number;
}

const SHA256 = 'x-oss-meta-sha256';

/**
 * Objects of a region's buckets: put, get, head; signature V4, https. By ali-oss, which is kept by Aliyun, signs V4 and takes any endpoint;
 * its errors carry the request, so they are dropped like pop-core's, and keys are given to a client that lives for one call.
 */
export class OssClient {
  readonly #props: OssClientProps;
  readonly #policy: RetryPolicy;
  readonly #clock: Clock;
  readonly #credentials: CredentialsProvider;

  constructor(props: OssClientProps) {
    this.#props = props;
    this.#policy = { ...RETRY_POLICY, ...props.retry };
    this.#clock = props.clock ?? SYSTEM_CLOCK;
    this.#credentials = props.credentials ?? defaultCredentials({ environment: props.environment, clock: this.#clock });
  }

  /** Puts an object, over one that is there; its MD5 guards the way, its SHA-256 stands beside it. */
  async put(bucket: string, key: string, content: Buffer | string, options: PutOptions = {}): Promise<void> {
    const body = Buffer.from(content);
    const headers = {
      'Content-MD5': createHash('md5').update(body).digest('base64'),
      'Content-Type': options.contentType ?? 'application/octet-stream',
      [SHA256]: sha256(body),
    };
    await this.#call('PutObject', bucket, key, async (client) => {
      const answer = await client.put(key, body, { headers });
      const etag = (answer.res.headers as Record<string, string | undefined>).etag;
      if (!etag) throw notOss('PutObject');
    });
  }

  /** The content. @throws NotFound */
  async get(bucket: string, key: string): Promise<Buffer> {
    return this.#call('GetObject', bucket, key, async (client) => Buffer.from((await client.get(key)).content));
  }

  /**
   * Appends to an object that only ever grows (OSS, "AppendObject"), where it still ends at a position. This is the one write of OSS that
   * two can't both do: `x-oss-forbid-overwrite` isn't looked at in a bucket that keeps versions.
   *
   * @param position its length, as it was read; 0 where there is none yet
   * @returns the new length; undefined where it ends elsewhere
   */
  async append(bucket: string, key: string, content: string, position: number): Promise<number | undefined> {
    try {
      return await this.#call('AppendObject', bucket, key, async (client) => {
        const answer = await client.append(key, Buffer.from(content), { position: String(position), mime: 'text/plain' });
        return Number(answer.nextAppendPosition);
      });
    } catch (error) {
      if (error instanceof AliyunError && error.code === 'PositionNotEqualToLength') return undefined;
      throw error;
    }
  }

  /** The end of an object. @returns undefined where it isn't there @throws NotFound for the bucket */
  async tail(bucket: string, key: string, bytes: number): Promise<ObjectTail | undefined> {
    try {
      return await this.#call('GetObject', bucket, key, async (client) => {
        const answer = await client.get(key, { headers: { Range: `bytes=-${bytes}` } });
        const headers = answer.res.headers as Record<string, string | undefined>;
        const content = Buffer.from(answer.content);
        const length = Number(headers['content-range']?.split('/')[1] ?? content.length);
        const age = Date.parse(headers.date ?? '') - Date.parse(headers['last-modified'] ?? '');
        return { content, length, age: Number.isFinite(age) ? Math.max(0, age) : 0 };
      });
    } catch (error) {
      if (error instanceof NotFound && error.code !== 'NoSuchBucket') return undefined;
      throw error;
    }
  }

  /** Objects whose keys begin so, and milliseconds since each was written, by the service's clock. A bucket that isn't there has none. */
  async list(bucket: string, prefix: string): Promise<{ key: string; age: number }[]> {
    const found: { key: string; age: number }[] = [];
    let token: string | undefined;
    try {
      do {
        const query = { prefix, 'max-keys': '1000', ...(token === undefined ? {} : { 'continuation-token': token }) };
        const answer = await this.#call('ListObjectsV2', bucket, prefix, (client) => client.listV2(query, {}));
        const now = Date.parse(String((answer.res.headers as Record<string, unknown>).date)) || Date.now();
        for (const { name, lastModified } of answer.objects ?? [])
          found.push({ key: name, age: Math.max(0, now - Date.parse(lastModified)) });
        token = answer.nextContinuationToken || undefined;
      } while (token !== undefined);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
    return found;
  }

  /** What is known of it; nothing where it isn't there. */
  async head(bucket: string, key: string): Promise<ObjectHead | undefined> {
    try {
      return await this.#call('HeadObject', bucket, key, async (client) => {
        const headers = (await client.head(key)).res.headers as Record<string, string | undefined>;
        return {
          size: Number(headers['content-length'] ?? 0),
          etag: (headers.etag ?? '').replaceAll('"', ''),
          sha256: headers[SHA256],
        };
      });
    } catch (error) {
      if (error instanceof NotFound && error.code !== 'NoSuchBucket') return undefined;
      throw error;
    }
  }

  async #call<T>(action: string, bucket: string, key: string, act: (client: OSS) => Promise<T>): Promise<T> {
    const once = async () => {
      const credentials = await this.#credentials.credentials();
      try {
        return await act(this.#client(bucket, credentials));
      } catch (error) {
        throw ossFailure(error, { action, bucket, key, credentials });
      }
    };
    return retrying(once, { repeatable: true, policy: this.#policy, clock: this.#clock });
  }

  #client(bucket: string, credentials: Credentials): OSS {
    const { region, internal = false, timeoutMs = 30_000, environment } = this.#props;
    const endpoint = givenEndpoint(environment);
    const keys = () => ({
      accessKeyId: credentials.accessKeyId.reveal(),
      accessKeySecret: credentials.accessKeySecret.reveal(),
      stsToken: credentials.securityToken?.reveal() ?? '',
    });
    const { stsToken, ...key } = keys();
    return new OSS({
      ...key,
      // Without a way to renew the token ali-oss prints a warning; this client doesn't live that long.
      ...(stsToken ? { stsToken, refreshSTSToken: async () => keys(), refreshSTSTokenInterval: 3_600_000 } : {}),
      region: `oss-${region}`,
      bucket,
      internal,
      secure: true,
      authorizationV4: true,
      timeout: timeoutMs,
      // Path-style: a server on loopback has no names for buckets.
      ...(endpoint ? { endpoint, sldEnable: true } : {}),
    } as OSS.Options);
  }
}

const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

const notOss = (action: string): BadAnswer =>
  new BadAnswer({
    action,
    code: 'BadAnswer',
    message: 'what answered is not object storage (no ETag)',
    wayOn: 'check MEISSA_ALIYUN_ENDPOINT and whether a proxy stands in between',
    retryable: false,
  });
