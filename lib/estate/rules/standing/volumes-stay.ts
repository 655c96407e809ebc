import type { Advice } from '../../findings/finding';
import { add, rename, set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import type { Rule } from '../rule';
import { type StandingVolume, standingVolumes } from './standing-volumes';

/** A volume that was made stays described. Source: the design of this toolkit (volumes are retained); "Attribute reference: DeletionPolicy". */
export const volumesStay: Rule = {
  code: 'VOLUME_REMOVED',
  title: 'A data volume that stands stays described.',
  why: 'the deploy takes it from members that run on it; it is kept, but no host finds its data any more, and it is paid for until somebody deletes it',
  check: (estate) =>
    standingVolumes(estate).flatMap((standing) => {
      const { volume, entry, described, at } = standing;
      return described !== undefined
        ? []
        : [
            {
              ...at(''),
              message: `the members have a volume "${volume}" (${entry.type}, ${entry.gb} GiB, ${entry.device}) that is no longer described`,
              ...again(estate, standing),
            },
          ];
    }),
};

/** The volume of another name that has its device; the profile that asks for it; or the volume as the lock has it, which doesn't hold the mount. */
function again(estate: Estate, { region, volume, entry, at }: StandingVolume): Advice {
  const { path } = at('');
  const [, cluster, , name] = path.map(String);
  const fleet = region.clusters.find((c) => c.name === cluster)?.fleets.find((f) => f.name === name);
  if (fleet?.kind !== 'members') return { fix: 'describe it again, under the name that it has' };
  const other = fleet.volumes.find((one) => one.device === entry.device && one.name !== volume);
  if (other !== undefined) return { write: [rename([...path.slice(0, -1), other.name], volume)] };
  const asks = [...estate.profiles.values()].find(
    (one) => !fleet.profiles.includes(one.name) && one.volumes.some((v) => v.name === volume),
  );
  if (asks !== undefined) return { write: [add([...path.slice(0, -2), 'profiles'], asks.name)] };
  const { device, gb, type, iops } = entry;
  return {
    write: [set(path, { device, gb, type, ...(iops !== undefined && { iops }), mount: `/srv/${volume}` })],
    fix: 'with the mount that it had',
  };
}
