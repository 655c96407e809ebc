import { pascal } from '../../../encode/pascal';
import type { Advice } from '../../findings/finding';
import { rename, set } from '../../findings/remedy';
import type { Cluster, Fleet, Region } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** No two fleets of a region make the same stack name or logical id. Source: the design of this toolkit (construct paths). */
export const namesAreDistinct: Rule = {
  code: 'NAME_CLASH',
  title: 'No two fleets of a region make the same stack name or logical id.',
  why: 'names are joined with hyphens and written in one word, so that two pairs of names can make one',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      const owners = new Map<string, string>();
      return region.clusters.flatMap((cluster) =>
        cluster.fleets.flatMap((fleet): Problem[] => {
          const name = `${cluster.name}/${fleet.name}`;
          const made = names(cluster, fleet);
          const taken = made.find((n) => owners.has(n));
          const other = taken === undefined ? undefined : owners.get(taken);
          for (const n of made) owners.set(n, owners.get(n) ?? name);
          if (taken === undefined) return [];
          const message = `${name} and ${other} both make the name ${taken.slice(taken.indexOf(' ') + 1)}`;
          return [
            {
              file: region.file,
              path: ['clusters', cluster.name, 'fleets', fleet.name],
              message,
              ...calledOtherwise(region, cluster, fleet),
            },
          ];
        }),
      );
    }),
};

/** Stack ids and the logical id of a fleet, each with its kind. */
function names(cluster: Cluster, fleet: Fleet): string[] {
  const id = `${cluster.name}-${fleet.name}`;
  const shards = fleet.kind === 'members' && fleet.quorum === undefined ? Math.ceil(fleet.count / fleet.membersPerStack) : 0;
  const stacks = shards === 0 ? [id] : Array.from({ length: shards }, (_, i) => `${id}-${i + 1}`);
  if (fleet.name === cluster.kafka?.frontEnds) stacks.push(`${id}-entry`);
  return [...stacks.map((s) => `stack ${s}`), `id ${pascal(id)}`];
}

/**
 * The first name with a letter more that clashes with nothing; the cluster's own words for the fleet follow.
 *
 * @param isApart what else the name must be
 */
export function calledOtherwise(region: Region, cluster: Cluster, fleet: Fleet, isApart = (_name: string) => true): Advice {
  const taken = new Set(region.clusters.flatMap((c) => c.fleets.flatMap((f) => [...names(c, f), f.name])));
  const isFree = (name: string): boolean =>
    isApart(name) && !taken.has(name) && names(cluster, { ...fleet, name }).every((n) => !taken.has(n));
  const name = ['b', 'c', 'd', 'e'].map((letter) => `${fleet.name}${letter}`).find(isFree);
  const path = ['clusters', cluster.name];
  const named = Object.values(cluster.kafka ?? {}).includes(fleet.name);
  if (name === undefined || named) return { fix: `call ${fleet.name} otherwise, there and where the cluster names it` };
  const voters = cluster.etcd?.voters === fleet.name ? set([...path, 'etcd', 'voters'], name) : [];
  return { write: [[...rename([...path, 'fleets', fleet.name], name), ...voters]] };
}
