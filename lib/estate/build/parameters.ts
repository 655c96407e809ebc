/** Parameters of a fleet: profile defaults < estate < region < cluster < fleet, then checked against the profile's schema. */
import { errorAt, type Finding, type Location, type Path } from '../findings/finding';
import type { Profile } from '../model/profile';
import { parameterDefaults } from '../read/parameter-schema';
import type { YamlFile } from '../read/yaml-file';
import { adviceOf, checkJson, isObject, WRITTEN } from '../schema/json-check';

export type ParametersByProfile = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One place where parameters are written. */
export interface ParameterLayer {
  readonly source: Pick<YamlFile, 'file' | 'locate'>;
  readonly path: readonly string[];
  readonly values: ParametersByProfile;
}

export interface MergedParameters {
  readonly parameters: ParametersByProfile;
  readonly findings: readonly Finding[];
}

/** Merges the layers, outermost first, for the profiles of one fleet. Mappings merge by key, lists are replaced. */
export function mergeParameters(
  profiles: readonly string[],
  known: ReadonlyMap<string, Profile>,
  layers: readonly ParameterLayer[],
): MergedParameters {
  const parameters: Record<string, Readonly<Record<string, unknown>>> = {};
  const findings: Finding[] = [];
  for (const name of [...new Set(profiles)].sort()) {
    const profile = known.get(name);
    if (profile === undefined) continue;
    let merged = parameterDefaults(profile.parameters);
    for (const layer of layers) merged = merge(merged, Object.hasOwn(layer.values, name) ? layer.values[name]! : {});
    parameters[name] = merged;
    for (const problem of checkJson(profile.parameters, merged, WRITTEN).problems) {
      const { where, path, under } = place(layers, name, problem.path);
      const why = `the profile ${name} describes its parameters in ${profile.folder}/profile.yaml`;
      findings.push(errorAt(where, path, { code: 'PARAMETER', message: problem.message, why, ...adviceOf(problem, under) }));
    }
  }
  return { parameters, findings };
}

/** The innermost layer that says something at the path; a missing value belongs to the fleet. */
function place(
  layers: readonly ParameterLayer[],
  profile: string,
  path: readonly (string | number)[],
): { where: Location; path: Path; under: Path } {
  const said = layers.findLast((layer) => isObject(layer.values[profile]) && has(layer.values[profile], path));
  const layer = said ?? layers.at(-1)!;
  const under = [...layer.path, profile];
  const full = [...under, ...path];
  return { where: layer.source.locate(full), path: full, under };
}

function has(value: unknown, path: readonly (string | number)[]): boolean {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false;
    here = (here as Record<string, unknown>)[step];
  }
  return true;
}

function merge(outer: Record<string, unknown>, inner: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged = { ...outer };
  for (const [key, value] of Object.entries(inner)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

/** Entries in order of their names. */
export function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
