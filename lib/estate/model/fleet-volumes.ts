import type { MembersFleet, VolumeConfig } from './model';
import type { Profile } from './profile';

/** Volumes of a members fleet: those of its profiles that its hosts have, with the fleet's own and its changes. Sorted by name. */
export function fleetVolumes(
  fleet: Pick<MembersFleet, 'profiles' | 'volumes'>,
  voter: boolean,
  profiles: ReadonlyMap<string, Profile>,
): VolumeConfig[] {
  const all = new Map<string, VolumeConfig>();
  for (const profile of fleet.profiles) {
    for (const { on, ...volume } of profiles.get(profile)?.volumes ?? []) if (on === 'all' || voter) all.set(volume.name, volume);
  }
  for (const volume of fleet.volumes) all.set(volume.name, volume);
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
