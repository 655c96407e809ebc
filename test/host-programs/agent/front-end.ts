/** A front end for the agent's tests, which refuses, hangs and loses answers as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** What becomes of a request. `lost`: the lines are kept, and the connection ends without an answer. */
export type Fate = 'accept' | 'refuse' | 'lost' | 'reset' | 'topic' | 'miscount' | 'hang';

export interface TakenLine {
  readonly topic: string;
  /** As a front end makes it of `X-Meissa-Key`; undefined without that header. */
  readonly key: string | undefined;
  readonly text: string;
}

export class FakeFrontEnd {
  readonly lines: TakenLine[] = [];
  readonly requests: { readonly headers: IncomingMessage['headers']; readonly bytes: number; readonly socket: Socket }[] = [];
  fate: (count: number) => Fate = () => 'accept';
  /** Bytes of a line, and of a request. */
  limits = { line: Number.POSITIVE_INFINITY, request: Number.POSITIVE_INFINITY };
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 400_000 }, (request, response) => this.#answer(request, response));
  }

  static async start(port = 0): Promise<FakeFrontEnd> {
    const frontEnd = new FakeFrontEnd();
    await new Promise<void>((done) => frontEnd.#server.listen(port, '127.0.0.1', done));
    return frontEnd;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  get texts(): string[] {
    return this.lines.map(({ text }) => text);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const { headers, socket } = request;
    const raw = Buffer.concat(chunks);
    this.requests.push({ headers, bytes: raw.length, socket });
    const texts = (headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString().split('\n').slice(0, -1);
    const fate = this.fate(this.requests.length);
    if (fate === 'hang') return;
    if (fate === 'reset') socket.destroy();
    else if (fate === 'refuse') this.#say(response.setHeader('Retry-After', '0'), 503, { error: 'full' });
    else if (fate === 'topic') this.#say(response, 404, { error: 'no such topic' });
    else if (raw.length > this.limits.request || texts.some((text) => Buffer.byteLength(text) > this.limits.line))
      this.#say(response, 413, { error: 'too large' });
    else {
      const topic = /^\/lines\/(.+)$/.exec(request.url ?? '')![1]!;
      const base = headers['x-meissa-key'];
      for (const [index, text] of texts.entries()) this.lines.push({ topic, key: base && `${base}/${index}`, text });
      if (fate === 'lost') socket.destroy();
      else this.#say(response, 200, { accepted: texts.length + (fate === 'miscount' ? 1 : 0) });
    }
  }

  #say(response: ServerResponse, status: number, body: object): void {
    response.statusCode = status;
    response.end(JSON.stringify(body));
  }
}
