/** A request, once its signature's scope said which service of which region it is for. */
export interface CloudRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly requestId: string;
  /** The access key that signed it. */
  readonly accessKeyId: string;
}

/** What goes back. */
export interface CloudResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}
