import type { MembersLock, Standing } from '../../model/locks';
import type { Estate, Region } from '../../model/model';
import { wholeRegions } from '../rule';

export interface StandingRegion {
  readonly region: Region;
  readonly lock: MembersLock;
  readonly standing: Standing;
}

/** Regions that have members, and what they stand on and hold. */
export function standingRegions(estate: Estate): StandingRegion[] {
  return wholeRegions(estate).flatMap((region) => {
    const lock = estate.locks.members.get(region.name);
    return lock?.standing === undefined || lock.members.size === 0 ? [] : [{ region, lock, standing: lock.standing }];
  });
}
