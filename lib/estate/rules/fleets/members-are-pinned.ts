import { memberNumbers } from '../../addresses/member-number';
import { run } from '../../findings/remedy';
import { membersLockPath } from '../../lock-files/members-lock';
import { memberKey } from '../../model/locks';
import type { Estate, Region } from '../../model/model';
import { membersFleets, type Problem, type Rule, wholeRegions } from '../rule';

/** Every member has an entry in the members lock. Source: "AWS::EC2::Instance" (ImageId: replacement). */
export const membersArePinned: Rule = {
  code: 'MEMBER_NOT_PINNED',
  title: 'Every member has an entry in the members lock of its region.',
  why: "the image, root disk and zone of a host that stands can't change in place, so they are remembered from the day it is made",
  check: (estate) =>
    wholeRegions(estate).flatMap((region): Problem[] => {
      const { entries, file: lockFile } = lockOf(estate, region);
      const missing = membersFleets(estate)
        .filter((place) => place.region === region)
        .map((place) => ({
          ...place,
          numbers: memberNumbers(place.fleet).filter((n) => !entries?.has(memberKey(place.cluster.name, place.fleet.name, n))),
        }))
        .filter(({ numbers }) => numbers.length > 0);
      const [first] = missing;
      if (first === undefined) return [];
      const lost = entries === undefined || entries.size === 0;
      const list = missing.map(({ cluster, fleet, numbers }) => `${few(numbers)} of ${cluster.name}/${fleet.name}`).join('; ');
      const plural = missing.length > 1 || first.numbers.length > 1;
      return [
        {
          file: region.file,
          path: [...first.path, 'count'],
          message: `${plural ? 'members' : 'member'} ${list} ${plural ? 'are' : 'is'} not in the lock`,
          write: [run(`pin ${region.name}`)],
          fix: lost
            ? `and commit the lock, if nothing of ${region.name} stands yet; where hosts stand, take ${lockFile} back from git: a new one would give them the image, the disk and the place of today`
            : 'and commit the lock',
        },
      ];
    }),
};

function lockOf(estate: Estate, { name }: Region) {
  return { file: membersLockPath(name), entries: estate.locks.members.get(name)?.members };
}

function few(numbers: readonly number[]): string {
  return numbers.length > 5 ? `${numbers.slice(0, 5).join(', ')} and ${numbers.length - 5} more` : numbers.join(', ');
}
