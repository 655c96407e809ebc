import type { Json } from '../../../engine/json';
import type { Effect } from '../../aws/updates/effect';
import { computeEdits } from './compute';
import { linkEdits } from './links';
import { networkEdits } from './network';
import { otherEdits } from './others';
import type { EditTable } from './table';

export type { EditTable } from './table';

/** What can be edited in place, by type. */
export const editTables: Record<string, EditTable> = { ...networkEdits, ...computeEdits, ...linkEdits, ...otherEdits };

/**
 * What changing a property of a ROS resource does. Only what its help page calls editable changes in place; everything else needs a
 * replacement, which ROS refuses unless ReplacementOption is Enabled.
 */
export function rosEffect(type: string, property: string, _before: Json | undefined, _after: Json | undefined): Effect {
  const table = editTables[type];
  if (table?.interrupting?.includes(property)) return 'interrupt';
  return property === 'Tags' || table?.editable.includes(property) ? 'none' : 'replace';
}
