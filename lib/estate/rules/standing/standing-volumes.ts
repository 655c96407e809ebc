import type { VolumeEntry } from '../../model/locks';
import type { Estate } from '../../model/model';
import { describedStanding } from '../../standing/described';
import type { Problem } from '../rule';
import { type StandingRegion, standingRegions } from './standing-regions';

/** A data volume of the members of a fleet that is described. */
export interface StandingVolume extends StandingRegion {
  readonly volume: string;
  readonly entry: VolumeEntry;
  /** @default - it is no longer described */
  readonly described?: VolumeEntry;
  /** What every finding about it has. */
  readonly at: (key: string) => Pick<Problem, 'file' | 'path' | 'also' | 'acceptable'>;
}

/** Volumes in the lock whose fleets are described; a fleet that is gone is told by PinnedMembersAreDescribed. */
export function standingVolumes(estate: Estate): StandingVolume[] {
  return standingRegions(estate).flatMap((standing) => {
    const { region, lock } = standing;
    const { volumes } = describedStanding(estate, region);
    return [...standing.standing.volumes].flatMap(([name, entry]): StandingVolume[] => {
      const [cluster = '', fleet = '', volume = ''] = name.split('/');
      const found = region.clusters.find((c) => c.name === cluster)?.fleets.find((f) => f.name === fleet);
      if (found?.kind !== 'members') return [];
      const at: StandingVolume['at'] = (key) => ({
        file: region.file,
        path: ['clusters', cluster, 'fleets', fleet, 'volumes', volume, ...(key === '' ? [] : [key])],
        also: [estate.locate(lock.file, ['volumes', name])],
        acceptable: { region, name },
      });
      const described = volumes.get(name);
      return [{ ...standing, volume, entry, at, ...(described === undefined ? {} : { described }) }];
    });
  });
}
