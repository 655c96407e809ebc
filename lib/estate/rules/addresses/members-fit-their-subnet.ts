import { SUBNET_RESERVED } from '../../../facts/aws/limits';
import { formatCidr } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, MembersFleet } from '../../model/model';
import { type FleetPlace, membersFleets, type Problem, type Rule } from '../rule';
import { freeFirst, isFreeFrom, lastAddress } from './free';

/** The members fit the range that is kept for them, and the range fits the members subnet. Source: "Subnet CIDR blocks" (the first four addresses and the last one are reserved); Aliyun, "VPCs and vSwitches" (the first and the last three). */
export const membersFitTheirSubnet: Rule = {
  code: 'MEMBERS_DONT_FIT',
  title: 'The members of a fleet fit their addresses, and those fit the members subnet.',
  why: 'an address is fixed when the fleet is made: hosts beyond its range would need an address that another fleet keeps, or that the cloud keeps for itself',
  check: (estate) =>
    membersFleets(estate).flatMap((place): Problem[] => {
      const { region, fleet, path } = place;
      const { first, perZone } = fleet.addresses;
      const at = { file: region.file, path: [...path, 'addresses'] };
      const problems: Problem[] = [];
      const places = perZone * fleet.zones.length;
      if (fleet.count > places) {
        const message = `${fleet.count} members, but ${perZone} addresses in each of ${fleet.zones.length} zones hold ${places}`;
        problems.push({
          ...at,
          path: [...at.path, 'perZone'],
          message,
          ...room(estate, place),
        });
      }
      if (first < SUBNET_RESERVED.first)
        problems.push({
          ...at,
          path: [...at.path, 'first'],
          message: `the cloud keeps the first ${SUBNET_RESERVED.first} addresses`,
          ...room(estate, place),
        });
      const end = lastAddress(region, fleet);
      // One cause: more members than a zone has addresses are told by their number.
      if (end !== undefined && first + perZone - 1 > end.last && fleet.count <= places) {
        const message = `addresses ${first} to ${first + perZone - 1}, but the last of a members subnet such as ${formatCidr(end.subnet)} is ${end.last}`;
        problems.push({ ...at, message, ...room(estate, place) });
      }
      return problems;
    }),
};

/** A range that holds the members: where it begins now if there is room, elsewhere if not; and where no zone has so many, as many as it has. */
function room(estate: Estate, place: FleetPlace<MembersFleet>): Advice {
  const { fleet, path } = place;
  const { first, perZone } = fleet.addresses;
  const at = [...path, 'addresses'];
  const need = Math.ceil(fleet.count / fleet.zones.length);
  if (need > perZone && isFreeFrom(estate, place, first, need)) return { write: [set([...at, 'perZone'], need)] };
  // A range that ends too late is cut before it moves.
  for (const size of new Set([Math.max(perZone, need), need])) {
    const end = lastAddress(place.region, fleet)?.last;
    const cut = end === undefined ? size : Math.min(size, end - first + 1);
    if (cut >= need && isFreeFrom(estate, place, first, cut)) return { write: [set([...at, 'perZone'], cut)] };
    const free = freeFirst(estate, place, size);
    if (free !== undefined) {
      const moved = set([...at, 'first'], free);
      const write = [size === perZone ? moved : [...moved, ...set([...at, 'perZone'], size)]];
      return { write, fix: 'unless hosts stand there already' };
    }
  }
  const most = perZone * fleet.zones.length;
  return {
    write: [set([...path, 'count'], most)],
    fix: 'no zone has more addresses free; further members are a fleet of another region',
  };
}
