/** Tags as ROS's resources take them. */
import type { Value } from './ros';

export interface RosTag {
  readonly Key: string;
  readonly Value?: Value<string>;
}

/** Sorted by key, so that the order in which they come doesn't show. */
export function tagList(tags: Readonly<Record<string, Value<string>>>): RosTag[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}

/** Key of the tag that names a member's gate: `<stack id>/<logical id of the handle>`. */
export const GATE_TAG = 'meissa:gate';
