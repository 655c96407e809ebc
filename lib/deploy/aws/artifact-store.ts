/** The artifact bucket of an AWS region. */

import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudRegion } from '../../estate/model/model';
import type { ArtifactStore } from '../artifact-push';

export function s3ArtifactStore(region: CloudRegion, bucket: string, client = new S3Client({ region })): ArtifactStore {
  return {
    has: async (key) => {
      try {
        await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return true;
      } catch (error) {
        if ((error as { name?: string }).name === 'NotFound') return false;
        throw error;
      }
    },
    put: async (entry, bytes) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: entry.sha256,
          Body: bytes,
          // S3 checks what arrived against the digest that the hosts will check.
          ChecksumSHA256: Buffer.from(entry.sha256, 'hex').toString('base64'),
          Metadata: { name: entry.name, version: entry.version, file: entry.file },
        }),
      );
    },
  };
}
