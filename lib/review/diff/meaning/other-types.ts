/** A logical id that means a thing of another type: no engine makes the one out of the other. */
import { cloudOf } from '../../../clouds/clouds';
import { type DiffContext, explained } from './context';
import type { Meaning } from './meaning';

/** Sources: CloudFormation's "Update of resource type is not permitted"; of ROS no page says that it may be. */
export function typesThatChange({ change, resources, hostOf }: DiffContext): Meaning[] {
  return resources.flatMap(({ id, before, after }): Meaning[] => {
    if (before === undefined || after === undefined || before.Type === after.Type) return [];
    const host = hostOf(id);
    const what = `${id} can't become another type, ${cloudOf(change).engine} refuses: ${before.Type} -> ${after.Type}`;
    const hosts = host === undefined ? [] : [host];
    return [
      { kind: 'type-changes', severity: 'refused', stack: change.path, what, hosts, details: [], explains: [explained(id)] },
    ];
  });
}
