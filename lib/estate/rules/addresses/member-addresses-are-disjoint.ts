import { set } from '../../findings/remedy';
import type { MembersFleet } from '../../model/model';
import { type FleetPlace, membersFleets, type Problem, type Rule } from '../rule';
import { freeFirst } from './free';

/** Two fleets of a region that share a zone keep different addresses of its members subnet. Source: "CreateNetworkInterface" (InvalidIPAddress.InUse). */
export const memberAddressesAreDisjoint: Rule = {
  code: 'MEMBER_ADDRESS_OVERLAP',
  title: "The address ranges of two fleets in one zone don't overlap.",
  why: 'two members would be given the same address, and the second could never start',
  check(estate) {
    const places = membersFleets(estate).sort((a, b) => a.fleet.addresses.first - b.fleet.addresses.first);
    const problems: Problem[] = [];
    for (const region of estate.regions) {
      const own = places.filter((p) => p.region === region);
      own.forEach((place, i) => {
        for (const other of own.slice(0, i)) {
          if (end(other) <= place.fleet.addresses.first || !other.fleet.zones.some((z) => place.fleet.zones.includes(z)))
            continue;
          const free = freeFirst(estate, place, place.fleet.addresses.perZone);
          problems.push({
            file: region.file,
            path: [...place.path, 'addresses'],
            message: `${words(place)} overlap ${words(other)}`,
            ...(free === undefined
              ? { fix: 'no zone has so many free addresses: lower `perZone`' }
              : { write: [set([...place.path, 'addresses', 'first'], free)], fix: 'unless hosts stand there already' }),
            also: [estate.locate(region.file, [...other.path, 'addresses'])],
          });
        }
      });
    }
    return problems;
  },
};

function end({ fleet }: FleetPlace<MembersFleet>): number {
  return fleet.addresses.first + fleet.addresses.perZone;
}

function words({ cluster, fleet }: FleetPlace<MembersFleet>): string {
  const { first, perZone } = fleet.addresses;
  return `addresses ${first} to ${first + perZone - 1} of ${cluster.name}/${fleet.name}`;
}
