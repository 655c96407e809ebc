import { remove } from '../../findings/remedy';
import { membersFleets, type Problem, type Rule } from '../rule';

/**
 * A profile's volume may have another size or device, and is mounted where the profile says. Source: systemd.exec(5), `BindPaths=` and
 * `ReadWritePaths=`: a folder that isn't there keeps the unit from starting.
 */
export const profileVolumesStay: Rule = {
  code: 'VOLUME_MOVED',
  title: "A profile's volume is mounted where the profile mounts it.",
  why: "the profile's units look for it there: they never start, or fill the root disk",
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) =>
      fleet.volumes.flatMap((volume): Problem[] => {
        const voter = cluster.etcd?.voters === fleet.name;
        const asks = (name: string): string | undefined =>
          estate.profiles.get(name)?.volumes.find((asked) => asked.name === volume.name && (asked.on === 'all' || voter))?.mount;
        const profile = fleet.profiles.find((name) => asks(name) !== undefined);
        const mount = profile === undefined ? undefined : asks(profile);
        if (mount === undefined || mount === volume.mount) return [];
        return [
          {
            file: region.file,
            path: [...path, 'volumes', volume.name, 'mount'],
            message: `the volume "${volume.name}" of the profile ${profile} is mounted at ${volume.mount}, and its units look at ${mount}`,
            write: [remove([...path, 'volumes', volume.name, 'mount'])],
            fix: 'or give the volume another name',
          },
        ];
      }),
    ),
};
