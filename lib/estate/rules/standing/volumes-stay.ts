import type { Rule } from '../rule';
import { standingVolumes } from './standing-volumes';

/** A volume that was made stays described. Source: the design of this toolkit (volumes are retained); "Attribute reference: DeletionPolicy". */
export const volumesStay: Rule = {
  code: 'VOLUME_REMOVED',
  title: 'A data volume that stands stays described.',
  why: 'the deploy takes it from members that run on it; it is kept, but no host finds its data any more, and it is paid for until somebody deletes it',
  check: (estate) =>
    standingVolumes(estate).flatMap(({ volume, entry, described, at }) =>
      described !== undefined
        ? []
        : [
            {
              ...at(''),
              message: `the members have a volume "${volume}" (${entry.type}, ${entry.gb} GiB, ${entry.device}) that is no longer described`,
              fix: 'describe it again, under the name that it has',
            },
          ],
    ),
};
