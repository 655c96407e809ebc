import { createHmac } from 'node:crypto';
import { encode, sha256 } from '../../http/signing';

/** The string to sign of signature version 1.0 (HMAC-SHA1): all parameters but the signature, sorted. */
export function stringToSign(method: string, parameters: Readonly<Record<string, string>>): string {
  const canonical = Object.keys(parameters)
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] as string)}`)
    .join('&');
  return `${method}&${encode('/')}&${encode(canonical)}`;
}

/** Signature version 1.0. */
export const signV1 = (text: string, secret: string): string => createHmac('sha1', `${secret}&`).update(text).digest('base64');

/** The `ACS3-HMAC-SHA256` header, taken apart. */
export interface Acs3 {
  accessKeyId: string;
  signedHeaders: string[];
  signature: string;
}

export function readAcs3(authorization: string | undefined): Acs3 | undefined {
  if (!authorization?.startsWith('ACS3-HMAC-SHA256')) return undefined;
  const part = (name: string): string => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '';
  return { accessKeyId: part('Credential'), signedHeaders: part('SignedHeaders').split(';'), signature: part('Signature') };
}

/** The string to sign of ACS3-HMAC-SHA256 ("Request syntax and signature method V3"). */
export function acs3StringToSign(
  request: {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: Readonly<Record<string, string | undefined>>;
    body: Buffer;
  },
  signedHeaders: readonly string[],
): string {
  const query = [...request.query.entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([k, v]) => `${encode(k)}=${encode(v)}`)
    .join('&');
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join('');
  const canonical = [request.method, request.path, query, headers, signedHeaders.join(';'), sha256(request.body)].join('\n');
  return `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
}

/** Signs with ACS3-HMAC-SHA256. */
export const signAcs3 = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('hex');
