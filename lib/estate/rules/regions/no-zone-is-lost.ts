import { run } from '../../findings/remedy';
import { membersLockPath } from '../../lock-files/members-lock';
import { lostZones } from '../../model/lost-zones';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** No zone is written down as lost. Source: the design of this toolkit (what was switched over for a while is switched back). */
export const noZoneIsLost: Rule = {
  code: 'ZONE_LOST',
  severity: 'warning',
  title: 'No zone is written down as lost.',
  why: 'nothing new is placed there, and what stands there counts as down: when the zone is back the estate must know of it',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) =>
      lostZones(estate, region).map((zone, index): Problem => {
        const members = [...(estate.locks.members.get(region.name)?.members.values() ?? [])];
        const hosts = members.filter((entry) => entry.zone === zone).length;
        const known = region.network.zones.includes(zone);
        return {
          file: membersLockPath(region.name),
          path: ['lostZones', index],
          message: known
            ? `${zone} is lost, with ${hosts} pinned ${hosts === 1 ? 'member' : 'members'}`
            : `${region.name} has no zone ${zone}`,
          write: [run(`zone back ${region.name}/${zone}`)],
          fix: known ? 'when it is back: docs/runbooks/incidents/zone-lost.md' : 'and commit what it writes',
        };
      }),
    ),
};
