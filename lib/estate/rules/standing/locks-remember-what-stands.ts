import { run } from '../../findings/remedy';
import type { Region } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';
import { unremembered } from './unremembered';

/** The members lock remembers all that may be lost. Source: the design of this toolkit (no deploy loses data without saying so). */
export const locksRememberWhatStands: Rule = {
  code: 'LOCK_BEHIND',
  severity: 'warning',
  title: 'The members lock remembers what members stand on and hold.',
  why: 'what is not remembered may be moved, shrunk or removed by a change of the region file, and no rule can say so',
  check(estate) {
    const older: Region[] = [];
    const behind = wholeRegions(estate).flatMap((region): Problem[] => {
      const missing = unremembered(estate, region);
      if (missing.length === 0) return [];
      if (estate.locks.members.get(region.name)?.standing?.block !== undefined)
        return [problem(region, `the members lock does not remember ${few(missing)}`, region.name)];
      older.push(region);
      return [];
    });
    return [...toldOnce(older), ...behind];
  },
};

/** Locks of before anything was remembered. */
function toldOnce(regions: readonly Region[]): Problem[] {
  const [first, ...others] = regions;
  if (first === undefined) return [];
  const names = few(regions.map(({ name }) => name));
  const message = `places, generations, volumes and topics are not remembered yet: members lock of ${names}`;
  return [problem(first, message, others.length === 0 ? first.name : '')];
}

function problem({ file }: Region, message: string, pinned: string): Problem {
  return { file, path: ['region'], message, write: [run(`pin ${pinned}`.trim())], fix: 'and commit what it writes' };
}

function few(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
}
