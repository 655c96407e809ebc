import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { standingVolumes } from './standing-volumes';

/** A volume never gets smaller. Source: "ModifyVolume" (the target size is greater than or equal to the existing size); ECS, "ResizeDisk". */
export const volumesNeverShrink: Rule = {
  code: 'VOLUME_SHRUNK',
  title: 'A data volume that stands never gets smaller.',
  why: 'no cloud makes a disk smaller: the deploy fails at its first member',
  check: (estate) =>
    standingVolumes(estate).flatMap(({ volume, entry, described, at }) =>
      described === undefined || described.gb >= entry.gb
        ? []
        : [
            {
              ...at('gb'),
              message: `the volume "${volume}" has ${entry.gb} GiB, and would have ${described.gb}`,
              write: [set(at('gb').path, entry.gb)],
              fix: 'or a smaller volume of another name beside it',
            },
          ],
    ),
};
