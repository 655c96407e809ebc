/** Reports in the bucket of an Aliyun region. Permissions: oss:ListObjects, oss:GetObject. */
import { NotFound, OssClient } from '../../aliyun/cloud';
import type { CloudRegionId } from '../../estate/model/model';
import type { ReportStore } from './host-reports';

export function ossReportStore(region: CloudRegionId, bucket: string, client = new OssClient({ region })): ReportStore {
  return {
    list: (prefix) => client.list(bucket, prefix),
    get: async (key) => {
      try {
        return (await client.get(bucket, key)).toString();
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
  };
}
