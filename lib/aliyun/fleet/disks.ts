/** Disks of members. */
import { diskCategory } from '../../facts/aliyun/disks';
import type { VolumePlan } from '../../plan/model';
import { type RosResourceJson, resource, type Value } from '../ros';
import { tagList } from '../tags';

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
