import { memberNumbers } from '../../addresses/member-number';
import { set } from '../../findings/remedy';
import { votes } from '../../model/fleet-model';
import type { MembersFleet } from '../../model/model';
import { membersFleets, type Rule } from '../rule';

/** A quorum fleet has three or five members. Source: etcd FAQ, "Why an odd number of cluster members?" and "What is maximum cluster size?". */
export const votersAreThreeOrFive: Rule = {
  code: 'VOTERS_COUNT',
  title: 'A quorum fleet has three or five members.',
  why: 'four voters tolerate no more failures than three, one or two tolerate none, and beyond five every write waits for more of them',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) => {
      const voters = memberNumbers(fleet).length;
      if (!votes(fleet.quorum) || voters === 3 || voters === 5) return [];
      return [
        {
          file: region.file,
          path: [...path, 'count'],
          message: `${voters} voters`,
          write: [
            voters < 5
              ? set([...path, 'count'], fleet.count + (voters < 3 ? 3 : 5) - voters)
              : set([...path, 'removed'], retired(fleet)),
          ],
          fix: 'three or five vote, other hosts run a gateway',
        },
      ];
    }),
};

/** The members after the first five voters, with those that are retired already. */
function retired(fleet: MembersFleet): number[] {
  return [...new Set([...fleet.removed, ...memberNumbers(fleet).slice(5)])].sort((a, b) => a - b);
}
