import { memberNumbers, memberPlace } from '../../addresses/member-number';
import { memberKey } from '../../model/locks';
import { lostZones, numbersAvoiding, numbersRemedy } from '../../model/lost-zones';
import { membersFleets, type Problem, type Rule } from '../rule';

/** No member is made in a zone that is lost. Source: the design of this toolkit (a member's number decides its zone, for ever). */
export const nothingNewInALostZone: Rule = {
  code: 'MEMBER_IN_LOST_ZONE',
  title: 'No member is made in a zone that is lost.',
  why: 'its host never comes up: the deploy waits for it until its gate fails, and of a quorum it is one more that is missing',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }): Problem[] => {
      const lost = lostZones(estate, region);
      if (lost.length === 0) return [];
      const entries = estate.locks.members.get(region.name)?.members;
      const stands = (n: number): boolean => entries?.has(memberKey(cluster.name, fleet.name, n)) === true;
      const there = memberNumbers(fleet).filter((n) => !stands(n) && lost.includes(memberPlace(fleet, n).zone));
      const [first] = there;
      if (first === undefined) return [];
      const instead = numbersAvoiding(fleet, lost, stands);
      return [
        {
          file: region.file,
          path: [...path, 'count'],
          message: `${there.length === 1 ? 'member' : 'members'} ${there.join(', ')} of ${cluster.name}/${fleet.name} would be made in ${memberPlace(fleet, first).zone}, which is lost`,
          ...(instead === undefined
            ? { fix: 'every zone of the fleet is lost: leave its `count` as it is until one is back' }
            : {
                write: [numbersRemedy([...path], instead)],
                fix: `once the zone is back: \`meissa zone back ${region.name}/${memberPlace(fleet, first).zone}\``,
              }),
        },
      ];
    }),
};
