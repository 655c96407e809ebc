/** Finds what a command names, or the nearest name. */
import { hostName, memberNumbers } from '../addresses/member-number';
import { nearest } from '../findings/nearest';
import type { Cluster, Estate, MembersFleet, Region } from '../model/model';
import type { Refused } from './change';

export function unknownName(what: string, name: string, known: readonly string[]): Refused {
  const near = nearest(name, known);
  const fix = near ?? `one of: ${known.join(', ') || `(the estate has no ${what})`}`;
  return { code: `${what.toUpperCase()}_UNKNOWN`, message: `there is no ${what} "${name}"`, fix };
}

export function findRegion(estate: Estate, name: string): { region: Region } | { refused: Refused } {
  const region = estate.regions.find((r) => r.name === name);
  if (region) return { region };
  return {
    refused: unknownName(
      'region',
      name,
      estate.regions.map((r) => r.name),
    ),
  };
}

export function findCluster(
  estate: Estate,
  regionName: string,
  name: string,
): { region: Region; cluster: Cluster } | { refused: Refused } {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const cluster = found.region.clusters.find((c) => c.name === name);
  if (cluster) return { region: found.region, cluster };
  return {
    refused: unknownName(
      'cluster',
      name,
      found.region.clusters.map((c) => c.name),
    ),
  };
}

export interface FoundMember {
  readonly region: Region;
  readonly cluster: Cluster;
  readonly fleet: MembersFleet;
  readonly number: number;
}

/** Finds a member by its host name, `<region>-<cluster>-<fleet>-<number>`. Names hold hyphens, so the estate is asked what they mean. */
export function findMember(estate: Estate, host: string): FoundMember | { refused: Refused } {
  const prefixes: string[] = [];
  for (const region of estate.regions) {
    for (const cluster of region.clusters) {
      for (const fleet of cluster.fleets) {
        if (fleet.kind !== 'members') continue;
        const prefix = hostName(region.name, cluster.name, fleet.name, 0).slice(0, -1);
        prefixes.push(prefix);
        const rest = host.startsWith(prefix) ? host.slice(prefix.length) : '';
        if (!/^[1-9]\d{0,5}$/.test(rest)) continue;
        const numbers = memberNumbers(fleet);
        const number = Number(rest);
        if (numbers.includes(number)) return { region, cluster, fleet, number };
        const message = `${cluster.name}/${fleet.name} of ${region.name} has no member ${number}`;
        return { refused: { code: 'HOST_UNKNOWN', message, fix: `its members are ${numbers[0]} to ${numbers.at(-1)}` } };
      }
    }
  }
  return {
    refused: unknownName(
      'host',
      host,
      prefixes.map((p) => `${p}1`),
    ),
  };
}
