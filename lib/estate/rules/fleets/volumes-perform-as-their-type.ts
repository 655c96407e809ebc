import { cloudOf } from '../../../clouds/clouds';
import type { VolumeFault } from '../../../facts/volume';
import { fleetVolumes } from '../../model/fleet-volumes';
import type { VolumeConfig } from '../../model/model';
import { membersFleets, type Rule } from '../rule';

/** Sizes and performance are those that the volume type takes, also of volumes that only a profile asks for. Source: "Amazon EBS volume types" (gp3, io2 Block Express, st1); ECS, "CreateDisk", "ESSDs". */
export const volumesPerformAsTheirType: Rule = {
  code: 'VOLUME_TYPE',
  title: 'Size, operations and throughput are those that the volume type takes.',
  why: 'the cloud refuses the volume when the member is made, or gives less than is written',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const own = new Set(fleet.volumes.map(({ name }) => name));
      return fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles).flatMap((volume) =>
        faults(region, volume).map((fault) => ({
          file: region.file,
          path: [...path, 'volumes', volume.name, fault.key],
          message: fault.message,
          fix: fix(fault, own.has(volume.name) ? undefined : volume.name),
        })),
      );
    }),
};

/** A volume without a size is told of as incomplete. */
function faults(region: Parameters<typeof cloudOf>[0], { gb, ...volume }: VolumeConfig): VolumeFault[] {
  return gb === 0 ? [] : cloudOf(region).volumeFaults({ ...volume, gib: gb });
}

/** @param profiles name of a volume that only a profile asks for */
function fix({ key, write }: VolumeFault, profiles?: string): string {
  if (write === undefined) return 'leave it out';
  return profiles === undefined ? `write \`${key}: ${write}\`` : `write \`volumes: { ${profiles}: { ${key}: ${write} } }\``;
}
