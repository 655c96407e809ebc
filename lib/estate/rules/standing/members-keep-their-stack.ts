import type { Rule } from '../rule';
import { andMore, standingFleets } from './standing-fleets';

/** A member stays in the stack that it was made in. Source: the design of this toolkit (growth moves nobody between stacks). */
export const membersKeepTheirStack: Rule = {
  code: 'STACK_CHANGED',
  title: 'A member that stands keeps its stack.',
  why: 'the new stack would make the host while the old one still has its address: the deploy fails, and the old stack deletes the instance',
  check: (estate) =>
    standingFleets(estate).flatMap(({ region, cluster, fleet, path, name, moved, inLock }) => {
      const [first] = moved.stack;
      if (first === undefined) return [];
      // A quorum fleet stands in one stack, another one in shards.
      const whole = `${cluster.name}-${fleet.name}`;
      return [
        {
          file: region.file,
          path: [...path, [first.entry.stack, first.described.stack].includes(whole) ? 'quorum' : 'membersPerStack'],
          message: `member ${first.number} stands in the stack ${first.entry.stack}, and would stand in ${first.described.stack}${andMore(moved.stack)}`,
          fix: 'write `membersPerStack` and `quorum` as they were when the fleet was made',
          also: [inLock(first.number)],
          acceptable: { region, name },
        },
      ];
    }),
};
