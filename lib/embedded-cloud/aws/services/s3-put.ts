import { createHash } from 'node:crypto';
import { Crc32, Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc';
import { clock } from '../../../engine/clock';
import { md5 } from '../../../engine/ids';
import type { Backend } from '../../backend';
import type { CloudRequest, CloudResponse } from '../../http/exchange';
import { type Bucket, keepObject } from '../../store/buckets';
import { AwsError } from '../aws-error';

/** What S3 checks a body by. */
const digests: Record<string, (body: Buffer) => Promise<Uint8Array> | Uint8Array> = {
  crc32: (body) => digestOf(new Crc32(), body),
  crc32c: (body) => digestOf(new Crc32c(), body),
  crc64nvme: (body) => digestOf(new Crc64Nvme(), body),
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
};

const digestOf = (checksum: Crc32 | Crc32c | Crc64Nvme, body: Buffer): Promise<Uint8Array> => {
  checksum.update(body);
  return checksum.digest();
};

/** The body of an upload, with the checksums that came with it: in headers or behind the body. */
export async function uploaded({ headers, body }: CloudRequest): Promise<{ bytes: Buffer; checksums: Record<string, string> }> {
  const checksums = Object.fromEntries(
    Object.entries(headers)
      .filter(([k, v]) => /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.test(k) && v !== undefined)
      .map(([k, v]) => [k, String(v)]),
  );
  for (const [algorithm, digest] of Object.entries(digests)) {
    const given = checksums[`x-amz-checksum-${algorithm}`];
    if (given !== undefined && Buffer.from(await digest(body)).toString('base64') !== given) {
      throw new AwsError('BadDigest', `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
    }
  }
  const given = headers['content-md5'];
  if (given !== undefined && createHash('md5').update(body).digest('base64') !== given)
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  return { bytes: body, checksums };
}

/** What the headers of an object's own metadata begin with. */
export const META = 'x-amz-meta-';

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
  keepObject(backend, bucket, key, bytes, {
    headers,
    meta: META,
    etag,
    type: headers['content-type'] ?? 'binary/octet-stream',
    checksums,
  });
}

/** `PutObject`, and `CopyObject` when the request names a source. */
export async function putObject(backend: Backend, bucket: Bucket, key: string, request: CloudRequest): Promise<CloudResponse> {
  const source = request.headers['x-amz-copy-source'];
  if (source !== undefined) return copy(backend, bucket, key, source);
  conditions(bucket.objects[key]?.etag, request.headers);
  const { bytes, checksums } = await uploaded(request);
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
  bucket.objects[key] = { ...found, modified: clock.now() };
  backend.changed();
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<CopyObjectResult><ETag>${found.etag}</ETag><LastModified>${found.modified}</LastModified></CopyObjectResult>`,
  };
}
