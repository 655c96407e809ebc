import { instanceType } from '../../../facts/aws/instance-types';
import { set } from '../../findings/remedy';
import { membersFleets, type Rule } from '../rule';

/** Members have no instance store. Source: "Instance store volume and data lifetime" (data is lost when the instance stops). */
export const membersKeepTheirData: Rule = {
  code: 'INSTANCE_STORE',
  title: 'Members have no instance store.',
  why: 'a member stops and starts when its user-data or type changes, and then everything on such a disk is gone',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) => {
      if (!instanceType(fleet.instanceType)?.instanceStore) return [];
      const without = fleet.instanceType.replace(/^([a-z]\d[a-z]*?)d([a-z]*)\./, '$1$2.');
      const instead = without !== fleet.instanceType && instanceType(without) ? without : 'r5.xlarge';
      const message = `the disks of ${fleet.instanceType} are lost when it stops`;
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message,
          write: [set([...path, 'instanceType'], instead)],
          fix: 'data stands on a volume',
        },
      ];
    }),
};
