/** Parameters that no host would ever see: for a profile that none of the fleets below has. */

import type { RegionName } from '../../facts/region';
import { advised, type Finding } from '../findings/finding';
import { didYouMean, nearest } from '../findings/nearest';
import { remove, rename } from '../findings/remedy';
import type { YamlFile } from '../read/yaml-file';
import type { EstateFile } from '../schema/estate-schema';
import type { RegionFile } from '../schema/region-schema';
import { type ParametersByProfile, sorted } from './parameters';

export interface WrittenRegion {
  /** Of its file. */
  readonly name: RegionName;
  readonly file: YamlFile;
  readonly value: RegionFile;
  /** Only the addresses were read. */
  readonly outline: boolean;
}

/** @param known names of all profiles that have a folder: parameters for one of those may wait for their first fleet */
export function unusedParameters(
  estate: { file: YamlFile; value: EstateFile },
  regions: readonly WrittenRegion[],
  known: readonly string[],
): Finding[] {
  const findings: Finding[] = [];
  const check = (
    file: YamlFile,
    path: readonly string[],
    values: ParametersByProfile,
    used: ReadonlySet<string>,
    who: string,
    strict: boolean,
  ): void => {
    for (const name of Object.keys(values)) {
      if (used.has(name)) continue;
      const waits = !strict && known.includes(name);
      const here = [...path, name];
      // Another profile's name is no slip, and what stands under the right one already stays.
      const near = known.includes(name) ? undefined : nearest(name, used);
      const meant = near === undefined || Object.hasOwn(values, near) ? [] : [rename(here, near)];
      findings.push({
        ...file.locate(here),
        code: 'PARAMETERS_UNUSED',
        severity: waits ? 'warning' : 'error',
        path: here.join('.'),
        message: `${who} the profile "${name}".${didYouMean(name, used)}`,
        why: 'parameters of a profile that no host has do nothing',
        ...advised(file.file, here, {
          write: [...meant, remove(here)],
          ...(known.includes(name) && { fix: `or add ${name} to the profiles of a fleet` }),
        }),
      });
    }
  };
  const everywhere = new Set<string>();
  for (const { name, file, value, outline } of regions) {
    if (outline) continue;
    const here = new Set<string>();
    for (const [clusterName, cluster] of sorted(value.clusters)) {
      const path = ['clusters', clusterName];
      const inside = new Set<string>();
      for (const [fleetName, fleet] of sorted(cluster.fleets)) {
        check(
          file,
          [...path, 'fleets', fleetName, 'parameters'],
          fleet.parameters,
          new Set(fleet.profiles),
          `${fleetName} doesn't have`,
          true,
        );
        for (const profile of fleet.profiles) inside.add(profile);
      }
      check(file, [...path, 'profiles'], cluster.profiles, inside, `no fleet of ${clusterName} has`, false);
      for (const profile of inside) here.add(profile);
    }
    check(file, ['profiles'], value.profiles, here, `no fleet of ${name} has`, false);
    for (const profile of here) everywhere.add(profile);
  }
  // The regions that were not read wholly may have it.
  if (!regions.some((r) => r.outline)) check(estate.file, ['profiles'], estate.value.profiles, everywhere, 'no fleet has', false);
  return findings;
}
