import type { AccessKey } from '../keys';

/** What a request says before its body. */
export interface RequestHead {
  readonly method: string;
  /** As it was sent: still encoded, nothing of it resolved. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Each of them came once. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestId: string;
}

/** A request whose body is still on its way. */
export interface Incoming extends RequestHead {
  /**
   * Reads the body.
   *
   * @throws Refused where it is longer than `most` bytes
   */
  read(most: number): Promise<Buffer>;
}

/** A whole request, before it is known whose it is. */
export interface RawRequest extends RequestHead {
  readonly body: Buffer;
}

/** A request, once its signature's scope said which service of which region it is for. */
export interface CloudRequest extends RawRequest {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** The access key that signed it. */
  readonly key: AccessKey;
}

/** What goes back. */
export interface CloudResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Nothing is answered at all: the client waits until it gives up. */
  hang?: boolean;
}

/** Whose a request is, and what answers it. The server asks the second only if it knows the first. */
export interface Admission {
  readonly key: AccessKey;
  answer(): Promise<CloudResponse>;
}

/**
 * One of the protocols behind the one address: undefined says that a request isn't signed as of it.
 *
 * @throws Refused for what is signed so, but wrongly
 */
export type Protocol = (incoming: Incoming) => Promise<Admission | undefined>;

/** A request that nobody looks at further. */
export class Refused extends Error {
  constructor(readonly response: CloudResponse) {
    super('refused');
  }
}

/** Longest body of a call with parameters, bytes: ROS takes templates of 512 KiB, three times that when encoded. */
export const CALL_BYTES = 2 * 1024 * 1024;
/** Longest body of an object, bytes; read only when the rest of the request was signed rightly. */
export const OBJECT_BYTES = 1024 * 1024 * 1024;
