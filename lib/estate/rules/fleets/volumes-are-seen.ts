import { hiddenPlace } from '../../../facts/hidden-places';
import { set } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import { membersFleets, type Problem, type Rule } from '../rule';

/**
 * A volume is mounted where the units of a host see it, and hides nothing from them. A profile's own mounts are looked at in its
 * profile.yaml; one that a fleet moves is VOLUME_MOVED's. Source: facts/hidden-places.
 */
export const volumesAreSeen: Rule = {
  code: 'VOLUME_HIDDEN',
  title: 'A volume is mounted where the units of its host see it, and covers nothing that they need.',
  why: "the volume's own unit doesn't find it there: nothing that lives on it ever starts, or the host lacks what was below",
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const voter = cluster.etcd?.voters === fleet.name;
      const all = fleetVolumes(fleet, voter, estate.profiles);
      const asked = new Set(fleetVolumes({ ...fleet, volumes: [] }, voter, estate.profiles).map(({ name }) => name));
      return fleet.volumes.flatMap((volume): Problem[] => {
        const wrong = hiddenPlace(volume.mount);
        if (wrong === undefined || asked.has(volume.name)) return [];
        const at = [...path, 'volumes', volume.name, 'mount'];
        const free = ['', ...all.map((_, i) => `-${i + 2}`)].map((suffix) => `/srv/${volume.name}${suffix}`);
        const mount = free.find((place) => !all.some((other) => other.mount === place))!;
        const message = `the volume "${volume.name}" is mounted at ${volume.mount}, and ${wrong}`;
        return [{ file: region.file, path: at, message, write: [set(at, mount)] }];
      });
    }),
};
