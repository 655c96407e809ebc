/** AWS Signature Version 4's arithmetic ("Create a signed AWS API request"). Pure. */
import { encode, hmac, sha256 } from '../../http/signing';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** What a signing key is good for. */
export interface Scope {
  /** `YYYYMMDD`. */
  day: string;
  region: string;
  service: string;
}

/** What is signed of a request. */
export interface Canonical {
  method: string;
  /** As it was sent. */
  path: string;
  query: Iterable<readonly [string, string]>;
  headers: Readonly<Record<string, string | undefined>>;
  signedHeaders: readonly string[];
  /** Hash of the body, or the word that stands for it. */
  payload: string;
}

export const scopeText = ({ day, region, service }: Scope): string => `${day}/${region}/${service}/aws4_request`;

export const signingKey = (secret: string, { day, region, service }: Scope): Buffer =>
  [day, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));

/**
 * S3 signs a key's bytes, encoded once; every other service the path without its dots and double slashes, encoded a second time.
 *
 * @throws URIError for a path of S3 that isn't encoded text
 */
export function canonicalPath(path: string, service: string): string {
  const slashes = (text: string): string => encode(text).replaceAll('%2F', '/');
  if (service === 's3') return slashes(decodeURIComponent(path));
  const kept: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  const end = kept.length > 0 && /\/\.{0,2}$/.test(path) ? '/' : '';
  return slashes(`/${kept.join('/')}${end}`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function canonicalRequest(request: Canonical, service: string): string {
  const { method, path, query, headers, signedHeaders, payload } = request;
  const parameters = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`);
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  return [method, canonicalPath(path, service), parameters.join('&'), lines.join(''), signedHeaders.join(';'), payload].join(
    '\n',
  );
}

/** @param time `YYYYMMDDTHHMMSSZ` */
export const stringToSign = (time: string, scope: Scope, canonical: string): string =>
  [ALGORITHM, time, scopeText(scope), sha256(canonical)].join('\n');
