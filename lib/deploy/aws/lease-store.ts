/**
 * A lease as an object of the bucket that `cdk bootstrap` made: written only over the version that was read (S3, "Conditional writes":
 * If-Match, If-None-Match). Who may publish a stack's template there may write it.
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { LeaseStore, Stored } from '../lease/lease';

/** @param key of the object: an account's regions have a bucket each */
export function s3LeaseStore(client: S3Client, bucket: string, key: string): LeaseStore {
  let clock = Date.now();
  // How old an object is only the service's own clock can say.
  client.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given);
      const date = (result.response as { headers?: Record<string, string> } | undefined)?.headers?.date;
      clock = Date.parse(date ?? '') || Date.now();
      return result;
    },
    { step: 'deserialize', name: 'serviceClock', priority: 'low', override: true },
  );
  return {
    async read(): Promise<Stored | undefined> {
      try {
        const { Body, ETag = '', LastModified } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const text = (await Body?.transformToString()) ?? '';
        return { text, version: ETag, age: Math.max(0, clock - (LastModified?.getTime() ?? clock)) };
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async write(text, over) {
      try {
        const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
        const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'text/plain', ...condition });
        return (await client.send(put)).ETag;
      } catch (error) {
        // 412 where somebody wrote, 409 where somebody is just writing, 404 where somebody deleted it.
        if (/^(PreconditionFailed|ConditionalRequestConflict|NoSuchKey)$/.test(nameOf(error))) return undefined;
        throw error;
      }
    },
  };
}

const nameOf = (error: unknown): string => String((error as { name?: unknown } | undefined)?.name);
