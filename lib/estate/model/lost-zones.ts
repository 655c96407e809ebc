/** Zones that are lost, as `meissa zone lost` wrote them down, and numbers of members that stand elsewhere. */
import { memberPlace } from '../addresses/member-number';
import { type Remedy, set } from '../findings/remedy';
import type { Estate, MembersFleet, Region } from './model';

/** Of a region, sorted. Empty where none is. */
export function lostZones({ locks }: Pick<Estate, 'locks'>, { name }: Pick<Region, 'name'>): readonly string[] {
  return locks.members.get(name)?.standing?.lostZones ?? [];
}

/** What of a fleet says which numbers it has. */
export type Numbers = Pick<MembersFleet, 'count' | 'removed'>;

/**
 * As many members as are described, with none of those that don't stand yet in a zone to avoid: their numbers are left out, and others
 * come behind. A number decides its zone for ever, so nobody who stands is moved by it.
 *
 * @param stands whether a member of this number was made already: it stays
 * @returns undefined where every zone of the fleet is to be avoided
 */
export function numbersAvoiding(
  fleet: Pick<MembersFleet, 'zones' | 'addresses'> & Numbers,
  avoided: readonly string[],
  stands: (n: number) => boolean,
): Numbers | undefined {
  if (fleet.zones.every((zone) => avoided.includes(zone))) return undefined;
  const left = new Set(fleet.removed);
  const isLeft = (n: number): boolean => left.has(n) || (!stands(n) && avoided.includes(memberPlace(fleet, n).zone));
  const wanted = fleet.count - fleet.removed.filter((n) => n <= fleet.count).length;
  const removed = [...left].filter((n) => n > fleet.count);
  let [count, members] = [0, 0];
  while (members < wanted) {
    count++;
    if (isLeft(count)) removed.push(count);
    else members++;
  }
  return { count, removed: [...new Set(removed)].sort((a, b) => a - b) };
}

/** @param path of the fleet in its region's file */
export function numbersRemedy(path: readonly string[], { count, removed }: Numbers): Remedy {
  return [...set([...path, 'count'], count), ...set([...path, 'removed'], removed)];
}
