import { cloudOf } from '../../../clouds/clouds';
import type { VolumeFault } from '../../../facts/volume';
import type { Advice, Path } from '../../findings/finding';
import { type Remedy, remove, set } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import type { VolumeConfig } from '../../model/model';
import { membersFleets, type Rule } from '../rule';

/** Sizes and performance are those that the volume type takes, also of volumes that only a profile asks for. Source: "Amazon EBS volume types" (gp3, io2 Block Express, st1); ECS, "CreateDisk", "ESSDs". */
export const volumesPerformAsTheirType: Rule = {
  code: 'VOLUME_TYPE',
  title: 'Size, operations and throughput are those that the volume type takes.',
  why: 'the cloud refuses the volume when the member is made, or gives less than is written',
  check: (estate, { written }) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const own = new Set(fleet.volumes.map(({ name }) => name));
      return fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles).flatMap((volume) => {
        const at = [...path, 'volumes', volume.name];
        const isOwn = own.has(volume.name);
        const all = faults(region, volume);
        return all.map((fault) => {
          const there = { file: region.file, path: [...at, fault.key] };
          // Rates are those of the right size.
          const right = all.filter((one) => one === fault || one.key === 'gb');
          const isWritten = isOwn && written?.(there.file, there.path) !== undefined;
          const advice = fault.write === undefined ? left(there.path, isWritten) : { write: [wrote(at, right, isOwn)] };
          return { ...there, message: fault.message, ...advice };
        });
      });
    }),
};

/** A volume without a size is told of as incomplete. */
function faults(region: Parameters<typeof cloudOf>[0], { gb, ...volume }: VolumeConfig): VolumeFault[] {
  return gb === 0 ? [] : cloudOf(region).volumeFaults({ ...volume, gib: gb });
}

/** @param isOwn whether the fleet names the volume; only a profile asks for it otherwise */
function wrote(at: Path, right: readonly VolumeFault[], isOwn: boolean): Remedy {
  return isOwn
    ? right.flatMap(({ key, write }) => set([...at, key], write))
    : set(at, Object.fromEntries(right.map(({ key, write }) => [key, write])));
}

/** @param isWritten whether the fleet says it; a profile does otherwise */
function left(path: Path, isWritten: boolean): Advice {
  return isWritten ? { write: [remove(path)] } : { fix: `leave \`${path.at(-1)}\` out in the profile` };
}
