/** A request as it came in, before it is known whose it is. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
}

/** One of the protocols behind the one address: undefined says that a request isn't of it. */
export type Door = (request: RawRequest) => Promise<CloudResponse> | undefined;

/** A request, once its signature's scope said which service of which region it is for. */
export interface CloudRequest extends RawRequest {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** The access key that signed it. */
  readonly accessKeyId: string;
}

/** What goes back. */
export interface CloudResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Nothing is answered at all: the client waits until it gives up. */
  hang?: boolean;
}
