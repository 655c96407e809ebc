/** Requests that `aws4` signed (an implementation that shares nothing with ours), sent by plain node:http, as they are told to be. */
import { request } from 'node:http';
import { sign } from 'aws4';
import type { EmbeddedCloud } from '../../lib/embedded-cloud';
import type { AccessKey } from '../../lib/embedded-cloud/keys';

/** A request as it goes out: headers in pairs where one comes twice. */
export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string> | string[];
  body: string | Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** Sends exactly this. */
export function send(cloud: EmbeddedCloud, { method, path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: cloud.port, method, path, headers, setHost: false, agent: false } as const;
    const sent = request(options as object, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    // Node.js frames no body of these by itself.
    if (['GET', 'DELETE'].includes(method) && body.length > 0) sent.setHeader('content-length', Buffer.byteLength(body));
    sent.end(body);
  });
}

export interface Wanted {
  service: string;
  method?: string;
  path?: string;
  body?: string;
  headers?: Record<string, string>;
  region?: string;
  key?: Pick<AccessKey, 'id' | 'secret' | 'securityToken'>;
  /** Presigned. */
  signQuery?: boolean;
}

/** Signs, and sends nothing yet. */
export function signedRequest(cloud: EmbeddedCloud, wanted: Wanted): Sent & { headers: Record<string, string> } {
  const { service, body = '', path = '/', region = 'sa-east-1', key = cloud.key(), signQuery = false } = wanted;
  const method = wanted.method ?? (body === '' ? 'GET' : 'POST');
  const headers = { ...wanted.headers };
  const options = {
    service,
    region,
    method,
    path,
    host: `127.0.0.1:${cloud.port}`,
    headers,
    signQuery,
    ...(body === '' ? {} : { body }),
  };
  const signed = sign(options, { accessKeyId: key.id, secretAccessKey: key.secret, sessionToken: key.securityToken as string });
  return { method, path: signed.path as string, headers: signed.headers as Record<string, string>, body };
}

/** A call of the query protocol. */
export const call = (service: string, fields: Record<string, string>, more: Partial<Wanted> = {}): Wanted => ({
  service,
  body: new URLSearchParams(fields).toString(),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  ...more,
});
