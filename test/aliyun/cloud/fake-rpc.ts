/** A server of Aliyun's RPC style on loopback that checks every signature by itself, from the pages and not from the client. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../lib/aliyun/cloud/clock';
import { explicitCredentials } from '../../../lib/aliyun/cloud/credentials';
import { type RequestSeen, RpcClient, type RpcClientProps } from '../../../lib/aliyun/cloud/rpc';
import { aliyun } from '../../credentials.json';

export const KEY_ID = 'LTAI5tFakeKeyIdForTests';
export const KEY_SECRET = aliyun.keySecret;
export const TOKEN = aliyun.token;

/** What a call said, without its signature. */
export type Call = Readonly<Record<string, string>>;
/** An answer: JSON with a status, or whatever the handler does to the socket itself. */
export type Answer = { status?: number; json?: unknown; raw?: string; headers?: Record<string, string> } | 'silence' | 'hang up';

export interface FakeRpc {
  readonly url: string;
  readonly calls: Call[];
  /** How often an action was called. */
  count(action: string): number;
  close(): Promise<void>;
}

const rfc3986 = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The signature of a POST (Alibaba Cloud, "Request syntax and signature method V2"). */
export function signatureOf(parameters: Record<string, string>, secret: string): string {
  const canonical = Object.keys(parameters)
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${rfc3986(name)}=${rfc3986(parameters[name]!)}`)
    .join('&');
  return createHmac('sha1', `${secret}&`)
    .update(`POST&${rfc3986('/')}&${rfc3986(canonical)}`)
    .digest('base64');
}

export async function fakeRpc(handle: (call: Call, nth: number) => Answer | Promise<Answer>): Promise<FakeRpc> {
  const calls: Call[] = [];
  const nonces = new Set<string>();
  const server = createServer(async (request, response) => {
    const parameters = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const refusal = refused(request, parameters, nonces);
    if (refusal) return send(response, refusal);
    calls.push(parameters);
    const nth = calls.filter((call) => call.Action === parameters.Action).length;
    const answer = await handle(parameters, nth);
    if (answer === 'hang up') request.socket.destroy();
    else if (answer !== 'silence') send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    count: (action) => calls.filter((call) => call.Action === action).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function refused(
  request: IncomingMessage,
  parameters: Record<string, string>,
  nonces: Set<string>,
): Exclude<Answer, string> | undefined {
  const error = (status: number, code: string, message: string) => ({
    status,
    json: { Code: code, Message: message, RequestId: 'R-1', HostId: 'fake' },
  });
  if (request.method !== 'POST' || request.url !== '/') return error(405, 'MethodNotAllowed', 'POST / only');
  if (parameters.AccessKeyId !== KEY_ID) return error(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  const signed = signatureOf(parameters, KEY_SECRET);
  if (parameters.Signature !== signed) {
    const canonical = Object.entries(parameters).map(([name, value]) => `${name}%3D${rfc3986(value)}`);
    return error(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:POST&%2F&${canonical.join('%26')}`,
    );
  }
  if (nonces.has(parameters.SignatureNonce!))
    return error(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  nonces.add(parameters.SignatureNonce!);
  return undefined;
}

const send = (response: ServerResponse, answer: Exclude<Answer, string>) => {
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.raw ?? JSON.stringify(answer.json ?? {}));
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A clock that jumps: waits take no time, and are written down. */
export function jumpingClock(random = 0.5): Clock & { readonly waits: number[] } {
  let now = Date.parse('2026-11-25T12:00:00Z');
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => random,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A client of it. */
export function clientOf(server: FakeRpc, props: Partial<RpcClientProps> = {}): RpcClient & { readonly seen: RequestSeen[] } {
  const seen: RequestSeen[] = [];
  const client = new RpcClient({
    credentials: explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET }),
    environment: { MEISSA_ALIYUN_ENDPOINT: server.url },
    clock: jumpingClock(),
    onRequest: (request) => seen.push(request),
    ...props,
  });
  return Object.assign(client, { seen });
}
