import { memberNumbers } from '../../addresses/member-number';
import { memberKey } from '../../model/locks';
import { membersFleets, type Rule } from '../rule';

/** Every member has an entry in the members lock. Source: "AWS::EC2::Instance" (ImageId: replacement). */
export const membersArePinned: Rule = {
  code: 'MEMBER_NOT_PINNED',
  title: 'Every member has an entry in the members lock of its region.',
  why: "the image, root disk and zone of a host that stands can't change in place, so they are remembered from the day it is made",
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const lock = estate.locks.members.get(region.name);
      const missing = memberNumbers(fleet).filter((n) => !lock?.members.has(memberKey(cluster.name, fleet.name, n)));
      if (missing.length === 0) return [];
      const few = missing.length > 5 ? `${missing.slice(0, 5).join(', ')} and ${missing.length - 5} more` : missing.join(', ');
      const message = `${missing.length === 1 ? 'member' : 'members'} ${few} of ${cluster.name}/${fleet.name} ${missing.length === 1 ? 'is' : 'are'} not in the lock`;
      return [
        { file: region.file, path: [...path, 'count'], message, fix: `run \`meissa pin ${region.name}\` and commit the lock` },
      ];
    }),
};
