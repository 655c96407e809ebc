import type { AliyunDisk, AliyunInstance } from '../../world/compute';
import type { AliyunRegion } from '../../world/region';
import { found } from '../values';

export const instanceOf = (r: AliyunRegion, id: string | undefined): AliyunInstance =>
  found(r.instances, id, 'InvalidInstanceId.NotFound', 'instance');
export const diskOf = (r: AliyunRegion, id: string | undefined): AliyunDisk =>
  found(r.disks, id, 'InvalidDiskId.NotFound', 'disk');
