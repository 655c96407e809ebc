import { memberNumbers, memberPlace } from '../../addresses/member-number';
import { votes } from '../../model/fleet-model';
import { lostZones } from '../../model/lost-zones';
import { membersFleets, type Rule } from '../rule';

/** Voters stand so that no zone holds a quorum of them. Source: etcd FAQ, "Should I add a member before removing an unhealthy member?" (quorum). */
export const votersSurviveAZone: Rule = {
  code: 'VOTERS_NOT_SPREAD',
  severity: 'warning',
  title: 'Losing one zone loses no quorum.',
  why: 'without a quorum nothing is written: no unit moves, no reboot is granted, no member is replaced until the zone is back',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) => {
      const numbers = memberNumbers(fleet);
      if (!votes(fleet.quorum) || fleet.zones.length === 0) return [];
      // While one is lost the others can't do without one more; it is asked again when that is back (NoZoneIsLost).
      if (lostZones(estate, region).length > 0) return [];
      const quorum = Math.floor(numbers.length / 2) + 1;
      const lost = fleet.zones.flatMap((zone) => {
        const inside = numbers.filter((n) => memberPlace(fleet, n).zone === zone);
        return numbers.length - inside.length < quorum ? [{ zone, inside }] : [];
      });
      return lost.map(({ zone, inside }) => ({
        file: region.file,
        path: [...path, 'zones'],
        message: `losing zone ${zone} loses the quorum: ${inside.length} of ${numbers.length} voters stand there (${inside.join(', ')})`,
        fix: 'add a third zone if the account sees one; otherwise keep it and know that this zone counts double',
      }));
    }),
};
