import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import type { Cluster, Fleet, UnitConfig } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** The metadata of every unit match some fleet of its cluster, with hosts enough. Source: the design of this toolkit (units: one instance a host). */
export const unitsMatchSomeHost: Rule = {
  code: 'UNIT_WITHOUT_HOST',
  title: 'Every unit finds as many hosts as it has instances.',
  why: 'a unit that no host may run is never started, and nobody says so',
  check: (estate) =>
    wholeRegions(estate).flatMap(({ file, clusters }) =>
      clusters.flatMap((cluster) =>
        cluster.units.flatMap((unit): Problem[] => {
          const path = ['clusters', cluster.name, 'units', unit.name];
          const hosts = cluster.fleets.filter((fleet) => matches(unit, fleet));
          if (hosts.length === 0)
            return [
              {
                file,
                path: [...path, 'metadata'],
                message: `no fleet of ${cluster.name} has ${labels(unit.metadata)}`,
                ...advice(cluster, unit),
              },
            ];
          const most = hosts.reduce(
            (sum, fleet) => sum + (fleet.kind === 'members' ? fleet.count - fleet.removed.length : fleet.max),
            0,
          );
          if (unit.instances <= most) return [];
          return [
            {
              file,
              path: [...path, 'instances'],
              message: `${unit.instances} instances, but at most ${most} hosts match`,
              write: [set([...path, 'instances'], most)],
              fix: 'or let more hosts match',
            },
          ];
        }),
      ),
    ),
};

function matches(unit: UnitConfig, fleet: Fleet): boolean {
  return Object.entries(unit.metadata).every(
    ([key, value]) => Object.hasOwn(fleet.metadata, key) && fleet.metadata[key] === value,
  );
}

function labels(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function advice(cluster: Cluster, unit: UnitConfig): Advice {
  const known = new Map<string, Record<string, string>>(
    cluster.fleets.flatMap((f) => Object.entries(f.metadata).map(([k, v]) => [`${k}=${v}`, { [k]: v }] as const)),
  );
  const near = nearest(labels(unit.metadata), known.keys());
  const fix = `known here: ${[...known.keys()].sort().join(', ') || 'no metadata at all'}`;
  return near === undefined
    ? { fix }
    : { write: [set(['clusters', cluster.name, 'units', unit.name, 'metadata'], known.get(near))], fix };
}
