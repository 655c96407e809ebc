/** Reports in the bucket of an AWS region. Permissions: s3:ListBucket, s3:GetObject. */
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { CloudRegionId } from '../../estate/model/model';
import type { ReportStore } from './host-reports';

export function s3ReportStore(region: CloudRegionId, bucket: string, client = new S3Client({ region })): ReportStore {
  return {
    list: async (prefix) => {
      const found: { key: string; age: number }[] = [];
      try {
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
          for (const { Key, LastModified } of Contents) {
            if (Key !== undefined) found.push({ key: Key, age: Math.max(0, Date.now() - (LastModified?.getTime() ?? 0)) });
          }
        }
      } catch (error) {
        if ((error as { name?: string }).name !== 'NoSuchBucket') throw error;
      }
      return found;
    },
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToString();
      } catch (error) {
        if ((error as { name?: string }).name !== 'NoSuchKey') throw error;
        return undefined;
      }
    },
  };
}
