import type { Advice, Path } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
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
          const { file } = region;
          const path = ['clusters', cluster.name, 'units', unit.name];
          const hosts = all.filter(({ metadata }) => matches(unit.metadata, metadata));
          if (hosts.length === 0) return [{ file, ...unmatched([...path, 'metadata'], cluster.name, unit, all) }];
          const most = atMost(hosts);
          if (unit.instances <= most) return [];
          const names = hosts.map(({ what }) => what).join(', ');
          return [
            {
              file,
              path: [...path, 'instances'],
              message: `${unit.instances} instances, but at most ${most} hosts match`,
              ...(most > 0
                ? { write: [set([...path, 'instances'], most)], fix: 'or let more hosts match' }
                : { write: [remove(path)], fix: `or give ${names} hosts` }),
            },
          ];
        });
      }),
    ),
};

type Labels = Readonly<Record<string, string>>;

function matches(wanted: Labels, metadata: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(metadata, key) && metadata[key] === value);
}

function atMost(hosts: readonly LabelledHosts[]): number {
  return hosts.reduce((sum, each) => sum + each.atMost, 0);
}

function unmatched(
  path: Path,
  cluster: string,
  { metadata, instances }: UnitConfig,
  all: readonly LabelledHosts[],
): Omit<Problem, 'file'> & Advice {
  const at = { path, message: `no fleet of ${cluster} and no rack that belongs to it has ${words(metadata)}` };
  const known = new Map(all.flatMap((each) => Object.entries(each.metadata).map((pair) => [pair.join('='), pair] as const)));
  if (known.size === 0) return { ...at, fix: 'no host there has metadata: write it at a fleet or rack of the cluster' };
  if (pairs(metadata).every((pair) => known.has(pair))) {
    const sets = all.filter((each) => pairs(each.metadata).length > 0).map((each) => `${each.what} (${words(each.metadata)})`);
    return { ...at, fix: `each of them is known, but not together: ${sets.join(', ')}` };
  }
  const fix = `known here: ${[...known.keys()].sort().join(', ')}`;
  const meant = pairs(metadata).map((pair) => known.get(known.has(pair) ? pair : (nearest(pair, known.keys()) ?? '')));
  const near = Object.fromEntries(meant.filter((pair) => pair !== undefined));
  const isEnough = atMost(all.filter((each) => matches(near, each.metadata))) >= instances;
  return isEnough && !meant.includes(undefined) ? { ...at, write: [set(path, near)], fix } : { ...at, fix };
}

function pairs(metadata: Labels): string[] {
  return Object.entries(metadata).map(([key, value]) => `${key}=${value}`);
}

function words(metadata: Labels): string {
  return pairs(metadata).join(', ');
}
