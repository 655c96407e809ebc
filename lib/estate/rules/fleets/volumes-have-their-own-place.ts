import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import { membersFleets, type Problem, type Rule } from '../rule';

/** The same place, or a mount below another: volumes are mounted in no order, and the upper one hides the lower. */
function clash(key: 'device' | 'mount', one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  return one === other || (key === 'mount' && (one.startsWith(`${other}/`) || other.startsWith(`${one}/`)));
}

/** No two volumes of a host have the same device or mount. Source: "Device names for volumes on Amazon EC2 instances" (/dev/sd[f-p]). */
export const volumesHaveTheirOwnPlace: Rule = {
  code: 'VOLUME_CLASH',
  title: 'No two volumes of a host share a device or a mount, nor is one mounted inside another.',
  why: 'the second attachment is refused, or the second mount hides the data of the first',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const all = fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles);
      // The fleet's own volumes are told of, not those of a profile, which can't be changed here.
      const own = new Set(fleet.volumes.map((v) => v.name));
      return all.flatMap((volume, i) =>
        (['device', 'mount'] as const).flatMap((key): Problem[] => {
          const other = all.slice(0, i).find((o) => clash(key, o[key], volume[key]));
          if (other === undefined) return [];
          const [mine, theirs] = own.has(volume.name) ? [volume, other] : [other, volume];
          const at = own.has(mine.name) ? [...path, 'volumes', mine.name, key] : [...path, 'profiles'];
          const free = [...'fghijklmnop'].map((l) => `/dev/sd${l}`).find((d) => !all.some((v) => v.device === d));
          const value = key === 'device' ? free : `/srv/${mine.name}`;
          const advice: Advice =
            value === undefined || !own.has(mine.name)
              ? { fix: key === 'device' ? 'a host takes eleven data volumes' : 'mount one of them elsewhere' }
              : { write: [set(at, value)] };
          return [
            {
              file: region.file,
              path: at,
              message:
                mine[key] === theirs[key]
                  ? `the volumes "${mine.name}" and "${theirs.name}" both have the ${key} ${mine[key]}`
                  : `of the volumes "${mine.name}" and "${theirs.name}" one is mounted inside the other: ${mine[key]} and ${theirs[key]}`,
              ...advice,
            },
          ];
        }),
      );
    }),
};
