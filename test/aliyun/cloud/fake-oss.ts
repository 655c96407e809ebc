/** Object storage on loopback, path-style, that checks signature V4 by itself (OSS, "Include a V4 signature in the Authorization header"). */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEY_ID, KEY_SECRET } from './fake-rpc';

export interface FakeOss {
  readonly url: string;
  readonly objects: Map<string, { body: Buffer; headers: IncomingMessage['headers'] }>;
  /** Methods that reached it. */
  readonly requests: string[];
  /** Comes first; what it returns is the answer. */
  between?: (request: IncomingMessage, nth: number) => { status: number; body?: string; after?: 'hang up' } | undefined;
  close(): void;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export function signatureV4(request: IncomingMessage, secret: string): string {
  const url = new URL(request.url!, 'http://x');
  const headers = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-oss-') || name === 'content-type' || name === 'content-md5')
    .map(([name, value]) => `${name}:${String(value).trim()}\n`)
    .sort()
    .join('');
  const query = [...url.searchParams]
    .map(([name, value]) => (value ? `${encode(name)}=${encode(value)}` : encode(name)))
    .sort()
    .join('&');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const canonical = [request.method, path, query, headers, '', request.headers['x-oss-content-sha256']].join('\n');
  const scope = /Credential=[^/]+\/([^,]+)/.exec(request.headers.authorization!)![1]!;
  const [date, region] = scope.split('/') as [string, string];
  const key = hmac(hmac(hmac(hmac(`aliyun_v4${secret}`, date), region), 'oss'), 'aliyun_v4_request');
  return hmac(key, ['OSS4-HMAC-SHA256', request.headers['x-oss-date'], scope, sha256(canonical)].join('\n')).toString('hex');
}

const xml = (code: string, message: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>R-oss</RequestId></Error>`;

export async function fakeOss(): Promise<FakeOss> {
  const fake: Omit<FakeOss, 'url' | 'close'> & { between?: FakeOss['between'] } = { objects: new Map(), requests: [] };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    fake.requests.push(`${request.method} ${request.url}`);
    const fail = (status: number, code: string, message: string) =>
      response.writeHead(status, { 'x-oss-request-id': 'R-oss' }).end(request.method === 'HEAD' ? '' : xml(code, message));
    const given = /Credential=([^/]+).*Signature=(\w+)/.exec(request.headers.authorization ?? '');
    if (given?.[1] !== KEY_ID)
      return fail(403, 'InvalidAccessKeyId', 'The OSS Access Key Id you provided does not exist in our records.');
    if (given[2] !== signatureV4(request, KEY_SECRET)) return fail(403, 'SignatureDoesNotMatch', `we calculated for ${KEY_ID}`);
    const instead = fake.between?.(request, fake.requests.length);
    if (instead && !instead.after) return response.writeHead(instead.status).end(instead.body);
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    const there = fake.objects.get(path);
    if (request.method === 'PUT') {
      const md5 = createHash('md5').update(body).digest();
      if (request.headers['content-md5'] !== md5.toString('base64')) return fail(400, 'InvalidDigest', 'x');
      fake.objects.set(path, { body, headers: request.headers });
      if (instead?.after) return request.socket.destroy();
      return response.writeHead(200, { etag: `"${md5.toString('hex').toUpperCase()}"` }).end();
    }
    if (!there) return fail(404, 'NoSuchKey', 'The specified key does not exist.');
    const meta = there.headers['x-oss-meta-sha256'];
    response.writeHead(200, { 'content-length': there.body.length, etag: '"E"', ...(meta ? { 'x-oss-meta-sha256': meta } : {}) });
    return response.end(request.method === 'HEAD' ? undefined : there.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}
