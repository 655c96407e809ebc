/**
 * Lines over HTTP: `POST /lines/<topic>`, 200 when all of them are on disk. With a header `X-Meissa-Key` the lines' keys in Kafka are it and
 * their number in the request, from 0: so a sender that has to send lines again gives them the same keys again, whichever front end it meets. Of a request that is refused, or that ends before its body does,
 * nothing is kept.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { reason, sayOften } from '../../shared/log';
import type { Intake } from '../intake';
import { LineScan } from '../line-scan';
import type { Held } from '../memory';
import { SENDER_KEY } from '../spool/frame';
import { type Lines, SpoolRefusal } from '../spool/spool';

export interface HttpLimits {
  /** Bytes of a line. */
  readonly line: number;
  /** Bytes of a request's lines, unpacked. */
  readonly request: number;
  /** Lines of a request: each costs memory on its way to Kafka, however short it is. */
  readonly lines: number;
}

/** Seconds after which a refused sender may come again. */
const RETRY_AFTER = { full: 30, busy: 1, failing: 5, closed: 5 } as const;
const NEWLINE = Buffer.from('\n');
const BLOCK = 64 << 10;
const CONNECTIONS = 10_000;

class Refusal extends Error {
  constructor(
    readonly status: number,
    words: string,
    readonly more: Readonly<Record<string, unknown>> = {},
    readonly retryAfter?: number,
  ) {
    super(words);
  }
}

/** @param healthy why this front end is not well; undefined where it is */
export function httpInput(intake: Intake, limits: HttpLimits, healthy: () => string | undefined): Server {
  // Keep-alive outlasts that of balancers, who would else send into a connection that is just being closed.
  const times = { keepAliveTimeout: 400_000, headersTimeout: 20_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
  const server = createServer(times, (request, response) => {
    if (intake.stage !== 'open') response.setHeader('connection', 'close');
    const held = intake.memory.holder(() =>
      refuse(request, response, new Refusal(408, 'others need the memory of this slow request')),
    );
    answer(request, held, intake, limits, healthy)
      .finally(() => held.release())
      .then(
        (body) => send(response, 200, body),
        (error) => refuse(request, response, error),
      );
  });
  server.maxConnections = CONNECTIONS;
  // Who has said all that it has to say may close its side, and still wants to hear.
  Object.assign(server, { httpAllowHalfOpen: true });
  intake.onShut(() => server.closeIdleConnections());
  return server;
}

async function answer(
  request: IncomingMessage,
  held: Held,
  intake: Intake,
  limits: HttpLimits,
  healthy: () => string | undefined,
): Promise<object> {
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  if (path === '/health' && (request.method === 'GET' || request.method === 'HEAD')) {
    const ill = healthy();
    if (ill !== undefined) throw new Refusal(503, ill);
    return { healthy: true };
  }
  const topic = /^\/lines\/([^/]+)$/.exec(path)?.[1];
  if (topic === undefined) throw new Refusal(404, 'there are POST /lines/<topic> and GET /health');
  if (request.method !== 'POST') throw new Refusal(405, 'lines are posted');
  if (!intake.knows(topic)) throw new Refusal(404, `there is no topic ${topic}`);
  if (intake.stage === 'shut') throw new Refusal(503, 'this front end takes no more lines', {}, RETRY_AFTER.closed);
  const key = request.headers['x-meissa-key'];
  if (key !== undefined && !(typeof key === 'string' && SENDER_KEY.test(key)))
    throw new Refusal(400, 'X-Meissa-Key is two to four names with slashes between them, at most 200 characters');
  const lines = await readLines(request, topic, limits, held);
  // What waits for the disk now isn't the sender's fault.
  held.open = false;
  await intake.keep('http', key === undefined ? lines : { ...lines, key });
  return { accepted: lines.count };
}

async function readLines(request: IncomingMessage, topic: string, limits: HttpLimits, held: Held): Promise<Lines> {
  const scan = new LineScan(limits.line);
  const body = new Blocks(held);
  for await (const chunk of unpacked(request)) {
    if (body.bytes + chunk.length > limits.request)
      throw new Refusal(413, `a request has at most ${limits.request} bytes of lines`);
    const line = scan.add(chunk);
    if (line !== undefined) throw new Refusal(413, `line ${line} is longer than ${limits.line} bytes`, { line });
    if (scan.count > limits.lines) throw new Refusal(413, `a request has at most ${limits.lines} lines`);
    body.add(chunk);
  }
  if (scan.count === 0) throw new Refusal(400, 'there are no lines');
  if (scan.unended) body.add(NEWLINE);
  return { topic, body: body.parts, bytes: body.bytes, count: scan.count };
}

/** A body in few buffers, however small its pieces are: each of those costs more than its bytes. */
class Blocks {
  bytes = 0;
  private readonly full: Buffer[] = [];
  private last: Buffer = Buffer.alloc(0);
  private filled = 0;

  constructor(private readonly held: Held) {}

  add(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; ) {
      if (this.filled === this.last.length) this.next(chunk.length - from);
      const copied = chunk.copy(this.last, this.filled, from);
      this.filled += copied;
      from += copied;
    }
    this.bytes += chunk.length;
  }

  get parts(): Buffer[] {
    return [...this.full, this.last.subarray(0, this.filled)];
  }

  private next(wanted: number): void {
    if (this.filled > 0) this.full.push(this.last);
    // Most requests are small, and need one small block.
    const size = Math.min(BLOCK, Math.max(wanted, 2 * this.last.length, 1024));
    if (!this.held.hold(this.held.bytes + size)) throw new Refusal(503, 'too much comes at once', {}, RETRY_AFTER.busy);
    this.last = Buffer.allocUnsafeSlow(size);
    this.filled = 0;
  }
}

/** The body's bytes. A body that ends too early is an error: half of it is nothing. */
async function* unpacked(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') {
    // Who stops reading still has an answer to send over the same socket.
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    return;
  }
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new Refusal(415, `lines come plain or as gzip, not as ${encoding}`);
  const gunzip = createGunzip();
  request.on('error', (error) => gunzip.destroy(error));
  const packed: Readable = request.pipe(gunzip);
  try {
    yield* packed as AsyncIterable<Buffer>;
  } catch (error) {
    throw request.errored ? error : new Refusal(400, `the body is no gzip: ${reason(error)}`);
  } finally {
    request.unpipe(gunzip);
    gunzip.destroy();
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof SpoolRefusal) {
    const tooLarge = error.why === 'too-large';
    refuse(
      request,
      response,
      new Refusal(tooLarge ? 413 : 503, error.message, {}, tooLarge ? undefined : RETRY_AFTER[error.why]),
    );
    return;
  }
  // The sender has gone, or was told already.
  if (request.errored || response.destroyed || response.headersSent) return;
  if (!(error instanceof Refusal)) sayOften('http', `a request failed: ${reason(error)}`);
  const { status, message, more, retryAfter } = error instanceof Refusal ? error : new Refusal(500, 'this should not happen');
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  // What is left of the body isn't read.
  if (!request.complete) {
    response.setHeader('connection', 'close');
    response.once('finish', () => setTimeout(() => request.destroy(), 1000).unref());
    request.on('error', () => undefined).resume();
  }
  send(response, status, { error: message, ...more });
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
