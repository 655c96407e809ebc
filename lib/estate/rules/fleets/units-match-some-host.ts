import { nearest } from '../../findings/nearest';
import { type LabelledHosts, labelledHosts } from '../../model/labelled-hosts';
import type { UnitConfig } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/**
 * The metadata of every unit match some fleet of its cluster, or some rack that belongs to it, with hosts enough. Source: the design of
 * this toolkit (units: one instance a host).
 */
export const unitsMatchSomeHost: Rule = {
  code: 'UNIT_WITHOUT_HOST',
  title: 'Every unit finds as many hosts as it has instances.',
  why: 'a unit that no host may run is never started, and nobody says so',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) =>
      region.clusters.flatMap((cluster) => {
        const all = labelledHosts(estate, region, cluster);
        return cluster.units.flatMap((unit): Problem[] => {
          const at = { file: region.file, path: ['clusters', cluster.name, 'units', unit.name] };
          const hosts = all.filter(({ metadata }) => matches(unit, metadata));
          if (hosts.length === 0) return [{ ...at, path: [...at.path, 'metadata'], ...unmatched(cluster.name, unit, all) }];
          const most = hosts.reduce((sum, { atMost }) => sum + atMost, 0);
          if (unit.instances <= most) return [];
          const names = hosts.map(({ what }) => what).join(', ');
          return [
            {
              ...at,
              path: [...at.path, 'instances'],
              message: `${unit.instances} instances, but at most ${most} hosts match`,
              fix:
                most > 0 ? `write \`instances: ${most}\`, or let more hosts match` : `give ${names} hosts, or leave the unit out`,
            },
          ];
        });
      }),
    ),
};

type Labels = Readonly<Record<string, string>>;

function matches(unit: UnitConfig, metadata: Labels): boolean {
  return Object.entries(unit.metadata).every(([key, value]) => Object.hasOwn(metadata, key) && metadata[key] === value);
}

function unmatched(cluster: string, unit: UnitConfig, all: readonly LabelledHosts[]): { message: string; fix: string } {
  const message = `no fleet of ${cluster} and no rack that belongs to it has ${words(unit.metadata)}`;
  const known = [...new Set(all.flatMap(({ metadata }) => pairs(metadata)))].sort();
  const wrong = pairs(unit.metadata).filter((pair) => !known.includes(pair));
  if (known.length === 0) return { message, fix: 'no host there has metadata: write it at a fleet or rack of the cluster' };
  if (wrong.length === 0) {
    const sets = all.filter(({ metadata }) => pairs(metadata).length > 0).map((each) => `${each.what} (${words(each.metadata)})`);
    return { message, fix: `each of them is known, but not together: ${sets.join(', ')}` };
  }
  const near = wrong.map((pair) => nearest(pair, known));
  const fix = near.every((pair) => pair !== undefined)
    ? `write ${near.map((pair) => pair.replace('=', ': ')).join(', ')}`
    : `known here: ${known.join(', ')}`;
  return { message, fix };
}

function pairs(metadata: Labels): string[] {
  return Object.entries(metadata).map(([key, value]) => `${key}=${value}`);
}

function words(metadata: Labels): string {
  return pairs(metadata).join(', ');
}
