/** The artifact bucket of an Aliyun region. */

import { OssClient } from '../../aliyun/cloud';
import type { CloudRegion } from '../../estate/model/model';
import type { ArtifactStore } from '../artifact-push';

export function ossArtifactStore(region: CloudRegion, bucket: string, client = new OssClient({ region })): ArtifactStore {
  return {
    has: async (key) => (await client.head(bucket, key)) !== undefined,
    // Who came first has put the same bytes there: an object's key is their digest. The bucket keeps versions: there are two of them then.
    put: (entry, bytes) => client.put(bucket, entry.sha256, Buffer.from(bytes)),
  };
}
