import { cidrSize, containsCidr, parseCidr } from '../../addresses/cidr';
import { zoneLetter, zoneSubnets } from '../../addresses/layout';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { MembersFleet, Region } from '../../model/model';
import type { Rule } from '../rule';
import { andMore, type StandingMember, standingFleets } from './standing-fleets';

/** A member keeps its container range. Source: the design of this toolkit (a number, its address and its range belong together). */
export const containerRangesStay: Rule = {
  code: 'CONTAINERS_MOVED',
  title: 'A member that stands keeps the range of its containers.',
  why: 'containers that run keep addresses that no route leads to any more, or that another host has, until their host restarts',
  check: (estate) =>
    standingFleets(estate).flatMap(({ region, fleet, path, name, moved, inLock }) => {
      const [first] = moved.containers;
      if (first === undefined) return [];
      const { containers } = first.described;
      const to = containers === undefined ? 'would have none' : `would have ${containers}`;
      const shifted = containers !== undefined && shiftedOnly(region, first);
      return [
        {
          file: region.file,
          path: shifted ? [...path, 'addresses', 'firstRange'] : ['containers'],
          message: `containers of member ${first.number} of ${name} have ${first.entry.containers}, and ${to}${andMore(moved.containers)}`,
          ...(shifted
            ? back(region, fleet, [...path, 'addresses', 'firstRange'], first)
            : { fix: 'take `containers` back from git, as it was when the fleet was made' }),
          also: [inLock(first.number)],
          acceptable: { region, name },
        },
      ];
    }),
};

/** The first range that the fleet was made with, as far as one member tells it. */
function back(
  { containers }: Region,
  fleet: MembersFleet,
  path: readonly string[],
  { entry, described }: StandingMember,
): Advice {
  const [old, now] = [parseCidr(entry.containers!), parseCidr(described.containers!)];
  if (containers.mode === 'prefix' || old === undefined || now === undefined)
    return { fix: 'take `firstRange` and `prefixesPerHost` back from git, as they were when the fleet was made' };
  return { write: [set(path, fleet.addresses.firstRange + (old.base - now.base) / cidrSize(now))] };
}

/** Whether the old range lies where the region's ranges lie today: then the fleet was moved, and not the region. */
function shiftedOnly({ block, containers }: Region, { entry }: StandingMember): boolean {
  const old = parseCidr(entry.containers!);
  const pool = containers.mode === 'prefix' ? zoneSubnets(block, zoneLetter(entry.zone)).members : containers.block;
  return old !== undefined && pool !== undefined && old.bits === containers.hostBits && containsCidr(pool, old);
}
