/** Tags as ROS's resources take them. */
import { ALIYUN_TAGS } from '../facts/aliyun/tags';
import { takesTag } from '../facts/tags';
import type { Value } from './ros';

export interface RosTag {
  readonly Key: string;
  readonly Value?: Value<string>;
}

/**
 * Sorted by key, so that the order in which they come doesn't show. A name that begins as the cloud's own do, as those of a region that the
 * estate calls `aliyun-...`, has an underscore in front: people's tags are checked where they are read.
 */
export function tagList(tags: Readonly<Record<string, Value<string>>>): RosTag[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({
      Key,
      Value: typeof Value === 'string' && !takesTag(Value, ALIYUN_TAGS.fleet.value) ? `_${Value}` : Value,
    }));
}

/** Key of the tag that names a member's gate: `<stack id>/<logical id of the handle>`. */
export const GATE_TAG = 'meissa:gate';
