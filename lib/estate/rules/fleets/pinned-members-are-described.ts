import type { Advice } from '../../findings/finding';
import { run, set } from '../../findings/remedy';
import type { MembersFleet } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** Every entry of a members lock belongs to a member that is described or retired. Source: the design of this toolkit. */
export const pinnedMembersAreDescribed: Rule = {
  code: 'MEMBER_NOT_DESCRIBED',
  title: 'A member that was made stays described, or is retired by name.',
  why: 'the next deploy would delete the host because a number or a name was changed, perhaps by mistake',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      const lock = estate.locks.members.get(region.name);
      const lost = new Map<string, number[]>();
      for (const key of lock?.members.keys() ?? []) {
        const [cluster = '', fleet = '', number = ''] = key.split('/');
        const found = region.clusters.find((c) => c.name === cluster)?.fleets.find((f) => f.name === fleet);
        if (found?.kind === 'members' && Number(number) <= found.count) continue;
        const name = `${cluster}/${fleet}`;
        lost.set(name, [...(lost.get(name) ?? []), Number(number)]);
      }
      return [...lost].map(([name, numbers]): Problem => {
        const [cluster = '', fleetName = ''] = name.split('/');
        const fleet = region.clusters
          .find((c) => c.name === cluster)
          ?.fleets.find((f): f is MembersFleet => f.name === fleetName && f.kind === 'members');
        const list = numbers.sort((a, b) => a - b).join(', ');
        const also = [estate.locate(lock!.file, ['members', `${name}/${numbers[0]}`])];
        if (fleet === undefined) {
          const message = `the members lock holds members ${list} of ${name}, which is no members fleet here`;
          return {
            file: region.file,
            path: ['clusters', cluster],
            message,
            write: [run(`pin --forget ${region.name}/${name}`)],
            fix: `if its hosts may go; describe ${name} again if not`,
            also,
          };
        }
        const all = [...new Set([...fleet.removed, ...numbers])].sort((a, b) => a - b);
        return {
          file: region.file,
          path: ['clusters', cluster, 'fleets', fleetName, 'count'],
          message: `the members lock holds ${name} ${list}, but count is ${fleet.count}`,
          ...counted(['clusters', cluster, 'fleets', fleetName], Math.max(...numbers), all),
          also,
        };
      });
    }),
};

/** Their numbers stay counted: with their hosts, or retired. */
function counted(path: readonly string[], count: number, removed: readonly number[]): Advice {
  const all = set([...path, 'count'], count);
  return { write: [all, [...all, ...set([...path, 'removed'], removed)]], fix: 'the second if those hosts may go' };
}
