import { cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { membersFleets, type Rule } from '../rule';

/**
 * Members have no instance store. Sources: "Instance store volume and data lifetime" (data is lost when the instance stops); Aliyun ECS,
 * "Local disks" (data may be lost when the machine fails).
 */
export const membersKeepTheirData: Rule = {
  code: 'INSTANCE_STORE',
  title: 'Members have no disks that go with their machine.',
  why: 'a member moves to another machine when its user-data or type changes or its machine fails, and then everything on such a disk is gone',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) => {
      const cloud = cloudOf(region);
      const instead = cloud.insteadOfLocalDisks(fleet.instanceType);
      if (instead === undefined) return [];
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message: `the disks of ${fleet.instanceType} are lost when it ${cloud.localDisksEnd}`,
          write: [set([...path, 'instanceType'], instead)],
          fix: 'data stands on a volume',
        },
      ];
    }),
};
