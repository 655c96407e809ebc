import { set } from '../../findings/remedy';
import { membersFleets, type Rule } from '../rule';

/** One voter at a time; elsewhere fewer than a stack holds. Source: etcd, "Failure modes" (majority failure). */
export const membersGoDownFewAtATime: Rule = {
  code: 'MAX_UNAVAILABLE',
  title: 'Members are interrupted one at a time where they vote, and never a whole stack at once.',
  why: 'two voters of three that restart together stop the cluster',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) => {
      const most = fleet.quorum === undefined ? fleet.membersPerStack : 1;
      if (fleet.maxUnavailable <= most) return [];
      return [
        {
          file: region.file,
          path: [...path, 'maxUnavailable'],
          message: `${fleet.maxUnavailable} at once`,
          write: [set([...path, 'maxUnavailable'], most)],
        },
      ];
    }),
};
