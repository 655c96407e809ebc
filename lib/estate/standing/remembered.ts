/** What the members lock says once it is written: what is described, and what fleets that are described no longer have left. */
import type { ClusterEntry, Standing } from '../model/locks';
import type { Estate, Region } from '../model/model';
import { rememberedVoters } from '../model/told-voters';
import { describedStanding } from './described';

/**
 * @param before what the lock says until now
 * @param fixVoters names of clusters whose voters are written down though nobody new comes yet @default - none
 */
export function rememberedStanding(
  estate: Estate,
  region: Region,
  before: Standing | undefined,
  fixVoters: readonly string[] = [],
): Standing {
  const now = describedStanding(estate, region);
  const told = region.clusters.flatMap((cluster): [string, ClusterEntry][] => {
    const voters = rememberedVoters(estate, region, cluster, fixVoters.includes(cluster.name));
    return voters === undefined ? [] : [[cluster.name, { generation: cluster.generation, voters }]];
  });
  const described = new Map(region.clusters.map(({ name, fleets }) => [name, new Set(fleets.map((fleet) => fleet.name))]));
  const left = <T>(entries: ReadonlyMap<string, T> | undefined, gone: (cluster: string, fleet: string) => boolean) =>
    [...(entries ?? [])].filter(([key]) => gone(...(key.split('/') as [string, string])));
  const noCluster = (cluster: string): boolean => !described.has(cluster);
  // What others lack VolumesAreComplete says.
  const whole = [...now.volumes].filter(([, { device, gb }]) => device !== '' && gb > 0);
  return {
    ...now,
    ...(before?.lostZones === undefined ? {} : { lostZones: before.lostZones }),
    clusters: new Map([...left(before?.clusters, noCluster), ...now.clusters, ...told]),
    volumes: new Map([...left(before?.volumes, (cluster, fleet) => described.get(cluster)?.has(fleet) !== true), ...whole]),
    topics: new Map([...left(before?.topics, noCluster), ...now.topics]),
  };
}

/** Without what a fleet had; without its cluster too, where no other fleet of it is in the lock. */
export function forgottenStanding(standing: Standing, fleet: string, members: Iterable<string>): Standing {
  const cluster = fleet.split('/')[0]!;
  const stays = [...members].some((key) => key.startsWith(`${cluster}/`));
  const without = <T>(entries: ReadonlyMap<string, T>, prefix: string) =>
    new Map([...entries].filter(([key]) => key !== cluster && !key.startsWith(prefix)));
  return {
    ...standing,
    volumes: without(standing.volumes, `${fleet}/`),
    ...(stays ? {} : { clusters: without(standing.clusters, `${cluster}/`), topics: without(standing.topics, `${cluster}/`) }),
  };
}
