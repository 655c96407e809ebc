import './quiet-debug';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { types } from 'node:util';
import RPCClient from '@alicloud/pop-core';
import { type Json, plain, record, text } from './answer';
import { classify, retryAfter } from './classify';
import type { Credentials } from './credentials';
import { AliyunError, BadAnswer, ServiceFault, TimedOut, Unreachable } from './errors';
import { scrub } from './scrub';

/** One attempt of one call. */
export interface PopCoreCall {
  readonly endpoint: string;
  readonly version: string;
  readonly action: string;
  /** Flat already. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
  /** From the first packet until the connection stands, milliseconds. */
  readonly connectTimeoutMs: number;
  /** From then until the whole answer is read, milliseconds. */
  readonly readTimeoutMs: number;
  readonly now: () => number;
}

/** What is seen of an attempt from beside pop-core. */
interface Seen {
  connected: boolean;
  expired?: 'connect' | 'read';
  status?: number;
  retryAfter?: string;
  destroy?: () => void;
  /** What pop-core made for this request and signed it with: signature, nonce. */
  readonly signed: string[];
}

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/**
 * Sends one call with pop-core and gives the answer's JSON, or an error of ours. pop-core ignores the HTTP status, has one time-out for
 * everything, throws things that aren't errors and writes the URL into those that are: so the status is read, and the clock kept, at the
 * agent that it is made to use, and whatever it throws is looked at and dropped. A retry is a new call of this function, with a new nonce.
 */
export async function popCoreCall(call: PopCoreCall): Promise<Record<string, Json>> {
  const seen: Seen = { connected: false, signed: [] };
  const timers = new Set<NodeJS.Timeout>();
  try {
    const client = new RPCClient({
      endpoint: call.endpoint,
      apiVersion: call.version,
      accessKeyId: call.credentials.accessKeyId.reveal(),
      accessKeySecret: call.credentials.accessKeySecret.reveal(),
      ...(call.credentials.securityToken ? { securityToken: call.credentials.securityToken.reveal() } : {}),
    });
    const answered = plain(
      await client.request(call.action, call.parameters, {
        method: 'POST',
        formatParams: false,
        formatAction: false,
        agent: watching(call, seen, timers),
        // httpx would count idle time as time to connect; it gets a limit that ours always comes before.
        timeout: call.connectTimeoutMs + call.readTimeoutMs + 60_000,
      }),
    );
    return checked(call, seen, answered);
  } catch (thrown) {
    throw understood(call, seen, thrown);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/** The shared agent, with an eye on this one request (Node accepts any object with `addRequest` as an agent). */
function watching(call: PopCoreCall, seen: Seen, timers: Set<NodeJS.Timeout>): object {
  const shared = AGENTS[new URL(call.endpoint).protocol as keyof typeof AGENTS] as unknown as {
    addRequest(request: ClientRequest, ...rest: unknown[]): void;
  };
  const expire = (request: ClientRequest, which: 'connect' | 'read', after: number) => {
    timers.add(
      setTimeout(() => {
        seen.expired = which;
        request.destroy(new Error('time-out'));
      }, after),
    );
  };
  return Object.assign(Object.create(shared), {
    addRequest(request: ClientRequest, ...rest: unknown[]) {
      noteSigned(request, seen);
      expire(request, 'connect', call.connectTimeoutMs);
      const connected = () => {
        seen.connected = true;
        for (const timer of timers) clearTimeout(timer);
        expire(request, 'read', call.readTimeoutMs);
      };
      request.once('socket', (socket) => {
        if (!socket.connecting) connected();
        else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
      });
      request.once('response', (response: IncomingMessage) => {
        seen.status = response.statusCode;
        seen.retryAfter = response.headers['retry-after'];
      });
      shared.addRequest(request, ...rest);
    },
  });
}

/** The signature is made by pop-core and stands only in the body that it sends: it is read there, to be taken out of answers. */
function noteSigned(request: ClientRequest, seen: Seen): void {
  const end = request.end.bind(request) as (...given: unknown[]) => ClientRequest;
  request.end = ((body?: unknown, ...rest: unknown[]) => {
    const sent = new URLSearchParams(typeof body === 'string' || Buffer.isBuffer(body) ? String(body) : '');
    for (const name of ['Signature', 'SignatureNonce', 'SecurityToken']) seen.signed.push(...sent.getAll(name));
    return body === undefined ? end() : end(body, ...rest);
  }) as typeof request.end;
}

/** An answer that is JSON without a code: a success only if the status says so, too. */
function checked(call: PopCoreCall, seen: Seen, answered: Json): Record<string, Json> {
  const status = seen.status ?? 200;
  if (status >= 400) throw failure(call, seen, record(answered));
  if (answered === null || typeof answered !== 'object' || Array.isArray(answered))
    throw notTheApi(call, seen, 'JSON that is no object');
  return answered;
}

function failure(call: PopCoreCall, seen: Seen, answered: Record<string, Json>): Error {
  const code = text(answered.Code).slice(0, 100);
  const wait = retryAfter(seen.retryAfter, call.now());
  const known = {
    action: call.action,
    status: seen.status,
    ...(text(answered.RequestId) ? { requestId: scrubbed(call, seen, text(answered.RequestId)) } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
  if (!code && (seen.status ?? 0) >= 500) {
    return new ServiceFault({
      ...known,
      code: `Http${seen.status}`,
      message: 'the service failed without saying why',
      wayOn: 'try again later',
    });
  }
  const message = scrubbed(call, seen, text(answered.Message)) || 'the service refused without saying why';
  return classify({ ...known, code: scrubbed(call, seen, code) || `Http${seen.status}`, message });
}

const scrubbed = (call: PopCoreCall, { signed }: Seen, said: string) =>
  scrub(said, call.parameters, [...secretsOf(call.credentials), ...signed]);

/** What a call is signed with, to be taken out of texts. */
export const secretsOf = (credentials: Credentials): string[] =>
  [credentials.accessKeySecret, credentials.securityToken, credentials.accessKeyId].flatMap((secret) =>
    secret ? [secret.reveal()] : [],
  );

function notTheApi(call: PopCoreCall, seen: Seen, what: string): Error {
  const known = { action: call.action, status: seen.status, code: 'BadAnswer' };
  const wait = retryAfter(seen.retryAfter, call.now());
  if ((seen.status ?? 0) >= 500 || seen.status === 429) {
    return new ServiceFault({
      ...known,
      code: `Http${seen.status}`,
      message: `status ${seen.status} with ${what}`,
      wayOn: 'try again later; if it stays, something between here and Aliyun answers in its place',
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return new BadAnswer({
    ...known,
    message: `what answers at ${call.endpoint} is not Aliyun's API (status ${seen.status ?? 'unknown'}, ${what})`,
    wayOn: 'check MEISSA_ALIYUN_ENDPOINT and whether a proxy or a login page stands in between',
    retryable: what === HALF,
  });
}

const HALF = 'a JSON that ends too early';

/** Whatever pop-core threw, as one of ours; nothing of it is kept but code, request id and scrubbed words. */
function understood(call: PopCoreCall, seen: Seen, thrown: unknown): Error {
  if (thrown instanceof AliyunError) return thrown;
  const known = { action: call.action, status: seen.status };
  const where = new URL(call.endpoint).host;
  if (seen.expired === 'connect' || (!seen.connected && isNetwork(thrown))) {
    const why = seen.expired ? `no connection within ${call.connectTimeoutMs} ms` : `no connection (${networkCode(thrown)})`;
    return new Unreachable({
      ...known,
      code: 'Unreachable',
      message: `${where}: ${why}`,
      wayOn: 'check network, proxy and the name of the region',
    });
  }
  if (seen.expired === 'read') {
    return new TimedOut({
      ...known,
      code: 'Timeout',
      message: `${where}: no whole answer within ${call.readTimeoutMs} ms`,
      wayOn: 'run the same again: what was begun is found and gone on with',
    });
  }
  const data = (thrown as { data?: unknown })?.data;
  if (data) return failure(call, seen, record(plain(data)));
  if (isNetwork(thrown)) {
    return new TimedOut({
      ...known,
      code: 'ConnectionLost',
      message: `${where}: the connection broke before the answer was whole (${networkCode(thrown)})`,
      wayOn: 'run the same again: what was begun is found and gone on with',
    });
  }
  return notTheApi(call, seen, bodyKind(thrown));
}

/** Errors of sockets and of name resolution have a code in capitals, HTTP's parser one that begins with HPE. */
const networkCode = (thrown: unknown): string => {
  const code = String((thrown as { code?: unknown })?.code ?? '');
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'closed';
};

const isNetwork = (thrown: unknown): boolean =>
  types.isNativeError(thrown) &&
  (networkCode(thrown) !== 'closed' || /RequestTimeout/.test(thrown.name) || /aborted|socket hang up/.test(thrown.message));

/** pop-core's JSON parser throws a plain object that holds the text it choked on. */
function bodyKind(thrown: unknown): string {
  const body = (thrown as { text?: unknown })?.text;
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return 'no JSON';
  const start = String(body).trimStart();
  if (start === '') return 'an empty body';
  if (start.startsWith('<')) return 'HTML or XML';
  return start.startsWith('{') ? HALF : 'no JSON';
}
