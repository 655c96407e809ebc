import { remove } from '../../findings/remedy';
import { membersFleets, type Problem, type Rule } from '../rule';

/** A retired number was once a member: 1 to count, each named once. Source: the design of this toolkit. */
export const removedMembersWereCounted: Rule = {
  code: 'REMOVED_MEMBER',
  title: 'Retired numbers lie between 1 and count, each once.',
  why: 'members are numbered 1 to count, and a retired number keeps its place for ever',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) =>
      fleet.removed.flatMap((number, i): Problem[] => {
        const at = { file: region.file, path: [...path, 'removed', i] };
        if (number > fleet.count) return [{ ...at, message: `member ${number} of ${fleet.count}`, write: [remove(at.path)] }];
        return fleet.removed.indexOf(number) === i
          ? []
          : [{ ...at, message: `${number} stands here a second time`, write: [remove(at.path)] }];
      }),
    ),
};
