/** Aliyun estates at random, as the tests of their links make them, with few enough hosts for namespaces. */
import type { Estate, Fleet } from '../../lib/estate/model/model';

const MOST_HOSTS = 2;

/** The same estate with fewer hosts of a fleet, where it has more. */
export function smaller(estate: Estate): Estate {
  const fewer = (fleet: Fleet): Fleet =>
    fleet.kind === 'members' && fleet.quorum === undefined ? { ...fleet, count: Math.min(fleet.count, MOST_HOSTS) } : fleet;
  return {
    ...estate,
    regions: estate.regions.map((region) => ({
      ...region,
      clusters: region.clusters.map((cluster) => ({ ...cluster, fleets: cluster.fleets.map(fewer) })),
    })),
  };
}

/** What joins what, and how containers are reached. */
export function inlandWords({ regions, links }: Estate): string {
  const places = regions.map(({ name, containers }) => `${name} ${containers.mode}`);
  return JSON.stringify([...places, ...links.map(({ id, kind }) => `${kind} ${id}`)]);
}
