import { clock } from '../../engine/clock';
import type { EngineError } from '../../engine/engine-error';
import type { JsonObject } from '../../engine/json';
import type { CloudResponse, RawRequest } from '../http/exchange';
import type { ObjectStore } from './objects';

type Tags = Record<string, string>;
type Headers = RawRequest['headers'];

/** A bucket; its objects lie in the object store. */
export interface Bucket {
  name: string;
  region: string;
  account: string;
  /** When it was made. @default - before its day was kept */
  created?: string;
  versioned: boolean;
  policy?: JsonObject;
  properties: JsonObject;
  objects: Record<string, StoredObject>;
}

/** An object of a bucket. */
export interface StoredObject {
  /** SHA-256 of its content: where the bytes lie. */
  digest: string;
  size: number;
  etag: string;
  type: string;
  modified: string;
  metadata: Tags;
  checksums: Tags;
  /** @default - none */
  tags?: Tags;
  /** Made by OSS's AppendObject. @default - put whole */
  appendable?: true;
}

/** Puts an object into a bucket. `meta` begins the names of headers that are its metadata: `x-amz-meta-`. */
export function keepObject(
  { objects, changed }: { objects: ObjectStore; changed(): void },
  bucket: Bucket,
  key: string,
  bytes: Buffer,
  {
    headers,
    meta,
    ...own
  }: Pick<StoredObject, 'etag' | 'type' | 'checksums' | 'appendable'> & { headers: Headers; meta: string },
): void {
  const metadata = Object.entries(headers).filter(([k]) => k.startsWith(meta));
  bucket.objects[key] = {
    digest: objects.write(bytes),
    size: bytes.length,
    modified: clock.now(),
    metadata: Object.fromEntries(metadata.map(([k, v]) => [k.slice(meta.length), v ?? ''])),
    ...own,
  };
  changed();
}

/** The headers that tell an object. */
export const objectHeaders = (o: StoredObject, meta: string): Tags => ({
  etag: o.etag,
  'content-type': o.type,
  'last-modified': new Date(o.modified).toUTCString(),
  'accept-ranges': 'bytes',
  ...Object.fromEntries(Object.entries(o.metadata).map(([k, v]) => [meta + k, v])),
});

/**
 * `GetObject` and `HeadObject`, whole or a range of it.
 *
 * @param headers what tells the object
 * @param Refusal the service's own error
 * @param outside the refusal of a range that begins behind the end; undefined: the whole object is given
 */
export function objectAnswer(
  objects: ObjectStore,
  found: StoredObject,
  request: Pick<RawRequest, 'method' | 'headers'>,
  headers: Tags,
  Refusal: new (code: string, message: string, status?: number) => EngineError,
  outside?: EngineError,
): CloudResponse {
  if (request.headers['if-none-match'] === found.etag) return { status: 304, headers: { etag: found.etag } };
  if (request.method === 'HEAD') return { headers: { ...headers, 'content-length': String(found.size) } };
  if (request.method !== 'GET')
    throw new Refusal('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  const bytes = objects.read(found.digest);
  if (!bytes) throw new Refusal('InternalError', 'We encountered an internal error. Please try again.', 500);
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (!first && !last) return { headers, body: bytes };
  const from = first ? Number(first) : Math.max(0, bytes.length - Number(last));
  const to = first && last ? Math.min(Number(last), bytes.length - 1) : bytes.length - 1;
  if (from >= bytes.length) {
    if (outside) throw outside;
    return { headers, body: bytes };
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    body: bytes.subarray(from, to + 1),
  };
}
