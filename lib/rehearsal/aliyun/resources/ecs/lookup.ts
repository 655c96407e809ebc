import type { AliyunRegion } from '../../../world/aliyun';
import type { AliyunDisk, AliyunInstance } from '../../../world/aliyun-compute';
import { found } from '../common';

export const instanceOf = (r: AliyunRegion, id: string | undefined): AliyunInstance =>
  found(r.instances, id, 'InvalidInstanceId.NotFound', 'instance');
export const diskOf = (r: AliyunRegion, id: string | undefined): AliyunDisk =>
  found(r.disks, id, 'InvalidDiskId.NotFound', 'disk');
