/**
 * What an update does to each property of the types that are emitted: only what a type's page calls editable changes in place. ROS refuses
 * everything else, unless `ReplacementOption` is Enabled: then it deletes the resource before it makes another. Source: ROS developer
 * reference, the page of each type, column "Editable", and ROS API reference, "UpdateStack". Where the pages of different years differ, or
 * none was found, the reading that warns is taken. ROS's own schema says nothing of updates.
 */
import { type Effect, effectIn, type Json, propertiesWith, type UpdateTables } from '../../effect';
import { balancingUpdates } from './balancing';
import { computeUpdates } from './compute';
import { linkUpdates } from './links';
import { networkUpdates } from './network';
import { serviceUpdates } from './services';

export const rosUpdates: UpdateTables = {
  ...balancingUpdates,
  ...computeUpdates,
  ...linkUpdates,
  ...networkUpdates,
  ...serviceUpdates,
};

/** What no table names is refused, as ROS does. */
export function rosEffect(type: string, property: string, before: Json | undefined, after: Json | undefined): Effect {
  const effect = effectIn(rosUpdates[type], property, before, after) ?? (property === 'Tags' ? 'none' : 'refused');
  return effect === 'unknown' ? 'refused' : effect;
}

/** Editable, and done by another system disk: what stood on the old one is gone ("ReplaceSystemDisk"). */
export const NEW_SYSTEM_DISK = 'ImageId';

/** Properties of an instance whose change a quorum waits for: whatever stops it. A member never gets another image in place. */
export const GATED_PROPERTIES: readonly string[] = propertiesWith('interrupt', rosUpdates['ALIYUN::ECS::Instance']).filter(
  (property) => property !== NEW_SYSTEM_DISK,
);
