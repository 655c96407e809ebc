import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error';
import { unchunk } from '../http/body';
import type { CloudRequest, CloudResponse } from '../http/exchange';
import { md5 } from '../ids';
import type { Bucket } from '../world/records';
import type { Backend } from './service';

/** The body of an upload without its framing, with the checksums that came with it. */
export function uploaded(request: CloudRequest): { bytes: Buffer; checksums: Record<string, string> } {
  const framed =
    request.headers['content-encoding']?.includes('aws-chunked') ||
    request.headers['x-amz-content-sha256']?.startsWith('STREAMING-');
  const { body, trailers } = framed ? unchunk(request.body) : { body: request.body, trailers: {} };
  const checksums = Object.fromEntries(
    Object.entries({ ...request.headers, ...trailers })
      .filter(([k, v]) => /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.test(k) && v !== undefined)
      .map(([k, v]) => [k, String(v)]),
  );
  for (const algorithm of ['sha1', 'sha256']) {
    const given = checksums[`x-amz-checksum-${algorithm}`];
    if (given !== undefined && createHash(algorithm).update(body).digest('base64') !== given) {
      throw new AwsError('BadDigest', `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
    }
  }
  const given = request.headers['content-md5'];
  if (given !== undefined && createHash('md5').update(body).digest('base64') !== given)
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  return { bytes: body, checksums };
}

/** Puts an object into a bucket. */
export function storeObject(
  backend: Backend,
  bucket: Bucket,
  key: string,
  bytes: Buffer,
  headers: CloudRequest['headers'],
  checksums: Record<string, string>,
  etag = `"${md5(bytes)}"`,
): void {
  bucket.objects[key] = {
    digest: backend.objects.write(bytes),
    size: bytes.length,
    etag,
    type: headers['content-type'] ?? 'binary/octet-stream',
    modified: new Date().toISOString(),
    metadata: Object.fromEntries(
      Object.entries(headers)
        .filter(([k]) => k.startsWith('x-amz-meta-'))
        .map(([k, v]) => [k.slice('x-amz-meta-'.length), v ?? '']),
    ),
    checksums,
  };
  backend.changed();
}

/** `PutObject`, and `CopyObject` when the request names a source. */
export function putObject(backend: Backend, bucket: Bucket, key: string, request: CloudRequest): CloudResponse {
  const source = request.headers['x-amz-copy-source'];
  if (source !== undefined) return copy(backend, bucket, key, source);
  conditions(bucket.objects[key]?.etag, request.headers);
  const { bytes, checksums } = uploaded(request);
  storeObject(backend, bucket, key, bytes, request.headers, checksums);
  return { headers: { etag: bucket.objects[key]?.etag ?? '', ...checksums } };
}

/** "How to prevent object overwrites with conditional writes": against the current version, whether the bucket keeps versions or not. */
function conditions(stands: string | undefined, headers: CloudRequest['headers']): void {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && stands === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  const bare = (etag: string | undefined) => etag?.replaceAll('"', '');
  const holds = ifMatch === undefined || bare(ifMatch) === bare(stands);
  if (holds && !(headers['if-none-match'] === '*' && stands !== undefined)) return;
  throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}

function copy(backend: Backend, bucket: Bucket, key: string, source: string): CloudResponse {
  const [, from = '', ...rest] = `/${decodeURIComponent(source).replace(/^\//, '')}`.split('/');
  const found = backend.world.buckets[from]?.objects[rest.join('/')];
  if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  bucket.objects[key] = { ...found, modified: new Date().toISOString() };
  backend.changed();
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<CopyObjectResult><ETag>${found.etag}</ETag><LastModified>${found.modified}</LastModified></CopyObjectResult>`,
  };
}
