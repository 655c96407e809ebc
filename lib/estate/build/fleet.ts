/** From a fleet as written to the fleet of the model: defaults that depend on something else are filled in here. */
import type { Fleet, VolumeConfig } from '../model/model';
import type { Profile } from '../model/profile';
import type { FleetFile, MembersFleetFile } from '../schema/fleet-schema';
import type { ParametersByProfile } from './parameters';

/** What of a fleet is the same for every kind. */
export function buildFleet(
  name: string,
  written: FleetFile,
  zones: readonly string[],
  parameters: ParametersByProfile,
  profiles: ReadonlyMap<string, Profile>,
): Fleet {
  const common = { name, parameters, zones: written.zones ?? zones };
  if (written.kind === 'elastic') return { ...written, ...common };
  return { ...written, ...common, maxUnavailable: interrupted(written), volumes: volumes(written, profiles) };
}

/**
 * Members interrupted at once: one where they vote, else a tenth of the fleet. Of the fleet and not of a stack's room: three members
 * in a stack for ninety would otherwise all stop together.
 */
function interrupted(fleet: MembersFleetFile): number {
  if (fleet.maxUnavailable !== undefined) return fleet.maxUnavailable;
  return fleet.quorum === undefined ? Math.max(1, Math.floor(Math.min(fleet.count, fleet.membersPerStack) / 10)) : 1;
}

/** Volumes as written, completed from the profile's volume of the same name. What is still missing is a finding of VolumesAreComplete. */
function volumes(fleet: MembersFleetFile, profiles: ReadonlyMap<string, Profile>): VolumeConfig[] {
  const asked = new Map(fleet.profiles.flatMap((p) => profiles.get(p)?.volumes ?? []).map((v) => [v.name, v]));
  return Object.keys(fleet.volumes)
    .sort()
    .map((name) => {
      const written = fleet.volumes[name]!;
      const from = asked.get(name);
      return {
        name,
        device: written.device ?? from?.device ?? '',
        gb: written.gb ?? from?.gb ?? 0,
        type: written.type ?? from?.type ?? 'gp3',
        ...(written.iops === undefined ? {} : { iops: written.iops }),
        ...(written.throughput === undefined ? {} : { throughput: written.throughput }),
        mount: written.mount ?? from?.mount ?? '',
        filesystem: written.filesystem ?? from?.filesystem ?? 'ext4',
      };
    });
}
