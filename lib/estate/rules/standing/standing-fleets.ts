import { memberNumbers, memberPlace } from '../../addresses/member-number';
import type { Location } from '../../findings/finding';
import type { MemberEntry, MembersLock } from '../../model/locks';
import { memberKey } from '../../model/locks';
import type { Estate, MembersFleet } from '../../model/model';
import { type MemberStands, memberStands } from '../../standing/member-place';
import { type FleetPlace, membersFleets } from '../rule';

/** A member that is in the lock: where it was made, and where it is described. */
export interface StandingMember {
  readonly number: number;
  readonly entry: MemberEntry;
  readonly described: MemberStands;
}

/** A fleet whose members stand in the zones that they are described in; another zone is told by MembersAreNeverReplaced. */
export interface StandingFleet extends FleetPlace<MembersFleet> {
  /** `<cluster>/<fleet>`. */
  readonly name: string;
  /** How many of its members are in the lock. */
  readonly count: number;
  /** Those that are described at another place than the lock remembers, by what of it is another. */
  readonly moved: Readonly<Record<keyof MemberStands, readonly StandingMember[]>>;
  /** Those whose place the lock doesn't remember. */
  readonly unknown: readonly number[];
  /** Where a member's entry stands in the lock. */
  readonly inLock: (number: number) => Location;
}

/** Several rules ask, of tens of thousands of members. */
const known = new WeakMap<Estate, readonly StandingFleet[]>();

export function standingFleets(estate: Estate): readonly StandingFleet[] {
  const before = known.get(estate);
  if (before !== undefined) return before;
  const fleets = membersFleets(estate).flatMap((place) => {
    const lock = estate.locks.members.get(place.region.name);
    const fleet = lock === undefined || place.fleet.zones.length === 0 ? undefined : standingFleet(place, lock, estate);
    return fleet === undefined ? [] : [fleet];
  });
  known.set(estate, fleets);
  return fleets;
}

function standingFleet(place: FleetPlace<MembersFleet>, lock: MembersLock, { locate }: Estate): StandingFleet | undefined {
  const { region, cluster, fleet } = place;
  const stands = memberStands(region, cluster, fleet);
  const moved = { address: [] as StandingMember[], containers: [] as StandingMember[], stack: [] as StandingMember[] };
  const unknown: number[] = [];
  let count = 0;
  for (const number of memberNumbers(fleet)) {
    const entry = lock.members.get(memberKey(cluster.name, fleet.name, number));
    if (entry === undefined) continue;
    if (entry.zone !== memberPlace(fleet, number).zone) return undefined;
    count++;
    const described = stands(number);
    for (const part of PARTS) {
      const before = entry[part];
      if (before !== undefined && before !== described[part]) moved[part].push({ number, entry, described });
    }
    if (PARTS.some((part) => entry[part] === undefined && described[part] !== undefined)) unknown.push(number);
  }
  const inLock = (number: number): Location => locate(lock.file, ['members', memberKey(cluster.name, fleet.name, number)]);
  return { ...place, name: `${cluster.name}/${fleet.name}`, count, moved, unknown, inLock };
}

const PARTS = ['address', 'containers', 'stack'] as const;

/** `(and 3 more)`, for what is told of the first member. */
export function andMore(all: readonly unknown[]): string {
  return all.length > 1 ? ` (and ${all.length - 1} more)` : '';
}
