import { advised, type Finding, type Location, type Path } from '../estate/findings/finding';
import { type Remedy, remove } from '../estate/findings/remedy';
import type { Profile } from '../estate/model/profile';
import type { FleetContext } from '../plan/model';

/**
 * Profiles of a rack that need what only a cloud gives: such a unit would wait for it for ever. Artifacts come from the data
 * centre's own mirror, where it has one; a formed marker is of interest to voters only, which a rack never has.
 */
export function cloudNeeds(
  { region, artifacts, cluster }: FleetContext,
  profiles: readonly Profile[],
  at: Location & { readonly path: Path },
): Finding[] {
  if (region.provider !== 'idc') return [];
  const { path } = at;
  return profiles.flatMap(({ name, needs, volumes }) => {
    const here = volumes.filter(({ on }) => on !== 'voters' || cluster.etcd === undefined);
    const lacking = [
      ...(needs.artifacts.length > 0 && artifacts.url === '' ? [`artifacts (${needs.artifacts.join(', ')})`] : []),
      ...(needs.formedMarker && cluster.etcd === undefined ? ["a cluster's formed marker"] : []),
      ...(here.length > 0 ? [`data volumes (${here.map((volume) => volume.name).join(', ')})`] : []),
    ];
    if (lacking.length === 0) return [];
    return [
      {
        ...at,
        path: path.join('.'),
        code: 'PROFILE_NEEDS_CLOUD',
        severity: 'error' as const,
        message: `Profile ${name} of the rack needs ${lacking.join(' and ')}, which hosts of a data centre do not get.`,
        why: 'They have no role that a bucket or a parameter store knows, and nobody attaches volumes to them.',
        ...advised(at.file, path, { write: [without(name, profiles, path)] }),
      },
    ];
  });
}

/** Takes a profile off a rack, with those that require it. The last of the list goes first, so that the places of the others stay. */
function without(name: string, profiles: readonly Profile[], rack: Path): Remedy {
  const gone = new Set([name]);
  for (let before = 0; before < gone.size; ) {
    before = gone.size;
    for (const { name: other, requires } of profiles) if (requires.some((each) => gone.has(each))) gone.add(other);
  }
  const places = profiles.flatMap((each, i) => (gone.has(each.name) ? [i] : []));
  return places.reverse().flatMap((i) => remove([...rack, 'profiles', i]));
}
