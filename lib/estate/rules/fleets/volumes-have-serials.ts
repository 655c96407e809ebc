import { cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import { membersFleets, type Rule } from '../rule';

/**
 * Hosts with data volumes have types on which a volume says which one it is. Sources: "Amazon EBS and NVMe" (the volume's id is the NVMe
 * serial number; Xen types have /dev/xvd*); Aliyun ECS, "Query the serial numbers of block storage devices" (I/O optimized types only).
 * Where containers have prefixes, NITRO tells; of a type with instance store, INSTANCE_STORE does.
 */
export const volumesHaveSerials: Rule = {
  code: 'VOLUME_SERIAL',
  title: 'Members with volumes have types whose disks carry serial numbers.',
  why: 'a host finds each volume by its id, and waits for one that it never finds: nothing that lives on it starts',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const cloud = cloudOf(region);
      const instead = cloud.insteadOfNoSerials(fleet.instanceType);
      if (instead === undefined || cloud.insteadOfLocalDisks(fleet.instanceType) !== undefined) return [];
      if (region.provider === 'aws' && region.containers.mode === 'prefix') return [];
      const volumes = fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles);
      if (volumes.length === 0) return [];
      const names = volumes.map(({ name }) => `"${name}"`).join(', ');
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message: `disks of ${fleet.instanceType} have no serial number, so its hosts would wait for ever for ${names}`,
          write: [set([...path, 'instanceType'], instead)],
        },
      ];
    }),
};
