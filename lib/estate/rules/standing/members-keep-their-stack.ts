import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { Cluster, MembersFleet } from '../../model/model';
import type { Rule } from '../rule';
import { andMore, type StandingMember, standingFleets } from './standing-fleets';

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
          ...back(cluster, fleet, path, whole, first, moved.stack),
          also: [inLock(first.number)],
          acceptable: { region, name },
        },
      ];
    }),
};

/** The number a stack that puts every moved member where it stands, or the quorum that the fleet had. */
function back(
  cluster: Cluster,
  fleet: MembersFleet,
  path: readonly string[],
  whole: string,
  first: StandingMember,
  moved: readonly StandingMember[],
): Advice {
  const unknown: Advice = { fix: 'take `membersPerStack` and `quorum` back from git, as they were when the fleet was made' };
  if (first.described.stack === whole) return { write: [remove([...path, 'quorum'])] };
  if (first.entry.stack === whole)
    return cluster.etcd?.voters === fleet.name ? { write: [set([...path, 'quorum'], 'etcd')] } : unknown;
  const shard = (n: number, each: number): string => `${whole}-${Math.ceil(n / each)}`;
  const each = Array.from({ length: Math.max(...moved.map(({ number }) => number)) }, (_, i) => i + 1).filter((one) =>
    moved.every(({ number, entry }) => shard(number, one) === entry.stack),
  );
  const most = each.at(-1);
  return most === undefined ? unknown : { write: [set([...path, 'membersPerStack'], most)] };
}
