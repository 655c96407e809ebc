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
import { SENDER_KEY } from '../spool/frame';
import { type Lines, SpoolRefusal } from '../spool/spool';

export interface HttpLimits {
  /** Bytes of a line. */
  readonly line: number;
  /** Bytes of a request's lines, unpacked. */
  readonly request: number;
}

/** Seconds after which a refused sender may come again. */
const RETRY_AFTER = { full: 30, busy: 1, failing: 5, closed: 5 } as const;
const NEWLINE = Buffer.from('\n');

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
  // Node's own limits of time: a minute for the headers, five for a request. Keep-alive outlasts that of balancers, who would else send into
  // a connection that is just being closed.
  const server = createServer({ keepAliveTimeout: 400_000 }, (request, response) => {
    if (intake.stage !== 'open') response.setHeader('connection', 'close');
    answer(request, intake, limits, healthy).then(
      (body) => send(response, 200, body),
      (error) => refuse(request, response, error),
    );
  });
  intake.onShut(() => server.closeIdleConnections());
  return server;
}

async function answer(
  request: IncomingMessage,
  intake: Intake,
  limits: HttpLimits,
  healthy: () => string | undefined,
): Promise<object> {
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  if (path === '/health' && request.method === 'GET') {
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
  return { accepted: await take(request, topic, key, intake, limits) };
}

async function take(
  request: IncomingMessage,
  topic: string,
  key: string | undefined,
  intake: Intake,
  limits: HttpLimits,
): Promise<number> {
  let held = 0;
  try {
    const lines = await readLines(request, topic, limits, (bytes) => {
      if (!intake.hold(bytes)) throw new Refusal(503, 'too much comes at once', {}, RETRY_AFTER.busy);
      held += bytes;
    });
    await intake.keep('http', key === undefined ? lines : { ...lines, key });
    return lines.count;
  } finally {
    intake.release(held);
  }
}

async function readLines(
  request: IncomingMessage,
  topic: string,
  limits: HttpLimits,
  hold: (bytes: number) => void,
): Promise<Lines> {
  const scan = new LineScan(limits.line);
  const body: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(request)) {
    bytes += chunk.length;
    if (bytes > limits.request) throw new Refusal(413, `a request has at most ${limits.request} bytes of lines`);
    hold(chunk.length);
    const line = scan.add(chunk);
    if (line !== undefined) throw new Refusal(413, `line ${line} is longer than ${limits.line} bytes`, { line });
    body.push(chunk);
  }
  if (scan.count === 0) throw new Refusal(400, 'there are no lines');
  if (scan.unended) {
    body.push(NEWLINE);
    bytes++;
  }
  return { topic, body, bytes, count: scan.count };
}

/** The body's bytes. A body that ends too early is an error: half of it is nothing. */
async function* unpacked(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') {
    // Who stops reading still has an answer to send over the same socket.
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    return;
  }
  if (encoding !== 'gzip') throw new Refusal(415, `lines come plain or as gzip, not as ${encoding}`);
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
  // The sender has gone: there is nobody to tell.
  if (request.errored || response.destroyed) return;
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
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
