import type { Finding, Location } from '../estate/findings/finding';
import type { Profile } from '../estate/model/profile';
import type { FleetContext } from '../plan/model';

/**
 * Profiles of a rack that need what only a cloud gives: such a unit would wait for it for ever. Artifacts come from the data
 * centre's own mirror, where it has one; a formed marker is of interest to voters only, which a rack never has.
 */
export function cloudNeeds(
  { region, artifacts, cluster }: FleetContext,
  profiles: readonly Profile[],
  at: Location & { readonly path: string },
): Finding[] {
  if (region.provider !== 'idc') return [];
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
        code: 'PROFILE_NEEDS_CLOUD',
        severity: 'error' as const,
        message: `Profile ${name} of the rack needs ${lacking.join(' and ')}, which hosts of a data centre do not get.`,
        why: 'They have no role that a bucket or a parameter store knows, and nobody attaches volumes to them.',
        fix: `Leave ${name} out of the profiles of this rack.`,
      },
    ];
  });
}
