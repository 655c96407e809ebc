/** Disks of members: the estate's classes of volumes in Aliyun's words. */
import type { VolumePlan } from '../../plan/model';
import { type RosResourceJson, resource, type Value } from '../ros';
import { tagList } from '../tags';

/** Operations a second that each performance level of an ESSD gives at most ("ESSDs"). */
const LEVELS: readonly (readonly [level: string, iops: number])[] = [
  ['PL1', 50_000],
  ['PL2', 100_000],
  ['PL3', 1_000_000],
];

/** System disks of members. */
export const SYSTEM_DISK = 'cloud_essd';

/**
 * gp3 is an ESSD of level 1, io2 the least level above it that gives its operations, st1 an ultra disk. Source: ECS, "Disks" (Block
 * storage performance).
 */
export function diskCategory({ type, iops }: Pick<VolumePlan, 'type' | 'iops'>): {
  DiskCategory: string;
  PerformanceLevel?: string;
} {
  if (type === 'st1') return { DiskCategory: 'cloud_efficiency' };
  const least = type === 'io2' ? LEVELS.slice(1) : LEVELS;
  const [level] = least.find(([, most]) => (iops ?? 0) <= most) ?? least.at(-1)!;
  return { DiskCategory: 'cloud_essd', PerformanceLevel: level };
}

/** A data disk; kept when the member goes. Encrypted with the account's own key for ECS ("Encrypt cloud disks"). */
export function dataDisk(name: string, zone: Value<string>, volume: VolumePlan): RosResourceJson {
  return resource(
    'ALIYUN::ECS::Disk',
    {
      ...diskCategory(volume),
      DeleteAutoSnapshot: false,
      DiskName: name,
      Encrypted: true,
      Size: volume.gb,
      Tags: tagList({ Name: name }),
      ZoneId: zone,
    },
    { deletionPolicy: 'Retain' },
  );
}
