/** Puts the locked artifacts into a region's bucket, each under its digest. */

import { createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ArtifactEntry } from '../estate/locks';

export interface ArtifactBucket {
  readonly region: string;
  readonly bucket: string;
}

export type PushOutcome = 'uploaded' | 'there already';

/** Thrown when the bytes are not what the lock says: nothing is uploaded. */
export class DigestMismatch extends Error {
  constructor(entry: ArtifactEntry, actual: string) {
    super(`${entry.file}: SHA-256 is ${actual}, the lock says ${entry.sha256}`);
    this.name = 'DigestMismatch';
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Uploads one artifact unless an object of its digest is there: an object's key is its content, so it never changes.
 *
 * @param read gives the bytes; called only when they are needed
 */
export async function pushArtifact(
  target: ArtifactBucket,
  entry: ArtifactEntry,
  read: () => Promise<Uint8Array>,
  client = new S3Client({ region: target.region }),
): Promise<PushOutcome> {
  if (await exists(client, target.bucket, entry.sha256)) return 'there already';
  const bytes = await read();
  const actual = sha256(bytes);
  if (actual !== entry.sha256) throw new DigestMismatch(entry, actual);
  await client.send(
    new PutObjectCommand({
      Bucket: target.bucket,
      Key: entry.sha256,
      Body: bytes,
      // S3 checks what arrived against the digest that the hosts will check.
      ChecksumSHA256: Buffer.from(entry.sha256, 'hex').toString('base64'),
      Metadata: { name: entry.name, version: entry.version, file: entry.file },
    }),
  );
  return 'uploaded';
}

async function exists(client: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if ((error as { name?: string }).name === 'NotFound') return false;
    throw error;
  }
}
