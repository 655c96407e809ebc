import { memberNumbers } from '../../addresses/member-number';
import { votes } from '../../model/fleet-model';
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
          fix: 'write `count: 3`, or 5; other hosts run a gateway',
        },
      ];
    }),
};
