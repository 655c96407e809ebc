import { memberNumbers, memberPlace } from '../../addresses/member-number';
import type { Location } from '../../findings/finding';
import type { MemberEntry } from '../../model/locks';
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

export interface StandingFleet extends FleetPlace<MembersFleet> {
  /** `<cluster>/<fleet>`. */
  readonly name: string;
  readonly members: readonly StandingMember[];
  /** Where a member's entry stands in the lock. */
  readonly inLock: (number: number) => Location;
}

/** Members fleets whose members are described in the zones that they were made in; another zone is told by MembersAreNeverReplaced. */
export function standingFleets(estate: Estate): StandingFleet[] {
  return membersFleets(estate).flatMap((place) => {
    const { region, cluster, fleet } = place;
    const lock = estate.locks.members.get(region.name);
    if (lock === undefined || fleet.zones.length === 0) return [];
    const stands = memberStands(region, cluster, fleet);
    const members = memberNumbers(fleet).flatMap((number): StandingMember[] => {
      const entry = lock.members.get(memberKey(cluster.name, fleet.name, number));
      return entry === undefined ? [] : [{ number, entry, described: stands(number) }];
    });
    if (members.some(({ number, entry }) => entry.zone !== memberPlace(fleet, number).zone)) return [];
    const inLock = (number: number) => estate.locate(lock.file, ['members', memberKey(cluster.name, fleet.name, number)]);
    return members.length === 0 ? [] : [{ ...place, name: `${cluster.name}/${fleet.name}`, members, inLock }];
  });
}

/** `(and 3 more)`, for what is told of the first member. */
export function andMore(all: readonly unknown[]): string {
  return all.length > 1 ? ` (and ${all.length - 1} more)` : '';
}
