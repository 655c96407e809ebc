/**
 * A lease as an object that only grows: each write goes to the end that was read, so of two that try one gets it. The region's bucket keeps
 * versions, so that creating an object only where none is (`x-oss-forbid-overwrite`) keeps nobody out; OSS has no conditional overwrite and
 * no conditional delete. What was written stays: who deployed when. Permissions: oss:PutObject and oss:GetObject on `meissa/*`.
 */
import type { OssClient } from '../../aliyun/cloud';
import type { LeaseStore } from '../lease/lease';

export const LEASE_KEY = 'meissa/lease';

/** More than one record. */
const TAIL_BYTES = 4096;

export function ossLeaseStore(client: Pick<OssClient, 'append' | 'tail'>, bucket: string): LeaseStore {
  return {
    order: Number,
    async read() {
      const tail = await client.tail(bucket, LEASE_KEY, TAIL_BYTES);
      return tail && { text: tail.content.toString(), version: String(tail.length), age: tail.age };
    },
    async write(text, over) {
      const length = await client.append(bucket, LEASE_KEY, text, over === undefined ? 0 : Number(over));
      return length === undefined ? undefined : String(length);
    },
  };
}
