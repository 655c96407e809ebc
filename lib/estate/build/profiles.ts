/** Loads the profiles that fleets name: the estate's own folder first, then those that come with this package. */
import type { Finding } from '../finding';
import { checkParameterSchema } from '../parameter-schema';
import type { Profile } from '../profile';
import { checkSchema } from '../schema/check';
import { PROFILE } from '../schema/files';
import type { EstateSource } from '../source';
import type { YamlFile } from '../yaml-file';
import { parseYaml } from '../yaml-file';

export const PROFILE_FOLDER = 'cloud-config';

export interface LoadedProfiles {
  /** Those that could be read, by name. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Every name that has a folder, readable or not. */
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
  /** Their `profile.yaml` files, for lines. */
  readonly files: ReadonlyMap<string, YamlFile>;
}

/** Loads the named profiles and those that they require. Names without a folder are left to the rule ProfilesExist. */
export function loadProfiles(wanted: Iterable<string>, own: EstateSource, packaged: EstateSource): LoadedProfiles {
  const profiles = new Map<string, Profile>();
  const files = new Map<string, YamlFile>();
  const findings: Finding[] = [];
  const names = new Set([own, packaged].flatMap((s) => s.list(PROFILE_FOLDER) ?? []).filter((n) => !n.includes('.')));
  const queue = [...new Set(wanted)].sort();
  const seen = new Set(queue);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const found = read(name, [own, packaged]);
    if (found === undefined) continue;
    names.add(name);
    files.set(found.file.file, found.file);
    findings.push(...found.findings);
    if (found.profile === undefined) continue;
    profiles.set(name, found.profile);
    for (const required of found.profile.requires) {
      if (!seen.has(required)) queue.push(required);
      seen.add(required);
    }
  }
  return { profiles: new Map([...profiles].sort(([a], [b]) => (a < b ? -1 : 1))), names: [...names].sort(), findings, files };
}

interface ReadProfile {
  readonly file: YamlFile;
  readonly profile?: Profile;
  readonly findings: readonly Finding[];
}

function read(name: string, sources: readonly EstateSource[]): ReadProfile | undefined {
  const folder = `${PROFILE_FOLDER}/${name}`;
  const path = `${folder}/profile.yaml`;
  let source: EstateSource | undefined;
  let text: string | undefined;
  for (source of sources) {
    text = source.read(path);
    if (text !== undefined) break;
  }
  if (source === undefined || text === undefined) return undefined;
  const file = parseYaml(path, text);
  const { value, findings } = checkSchema(PROFILE, file);
  const all = [...file.findings, ...findings];
  if (value === undefined || file.findings.length > 0) return { file, findings: all };
  const add = (path: readonly (string | number)[], code: string, message: string, why: string, fix: string): void => {
    all.push({ ...file.locate(path), code, severity: 'error', path: path.join('.'), message, why, fix });
  };
  if (value.profile !== name) {
    add(
      ['profile'],
      'PROFILE_NAME',
      `the profile is called "${value.profile}" in a folder "${name}"`,
      'fleets name the folder',
      `write \`profile: ${name}\``,
    );
  }
  for (const problem of checkParameterSchema(value.parameters)) {
    add(
      ['parameters', ...problem.path],
      'PROFILE_SCHEMA',
      problem.message,
      'a keyword without effect would let wrong parameters through',
      problem.fix,
    );
  }
  const fragment = source.read(`${folder}/cloud-config.yaml`);
  if (fragment === undefined) {
    add(
      [],
      'PROFILE_FRAGMENT_MISSING',
      `${folder}/cloud-config.yaml is missing`,
      'the profile would do nothing on a host',
      'write the file; `#cloud-config` alone is enough',
    );
  }
  const others = (source.list(folder) ?? []).filter((f) => f !== 'profile.yaml' && f !== 'cloud-config.yaml');
  const texts: Record<string, string> = {};
  for (const other of others) {
    const content = source.read(`${folder}/${other}`);
    if (content !== undefined) texts[other] = content;
  }
  if (all.length > 0) return { file, findings: all };
  const { profile, description, parameters, requires, ports, volumes, needs } = value;
  return {
    file,
    findings: [],
    profile: {
      name: profile,
      description,
      folder,
      parameters,
      requires,
      ports,
      volumes,
      needs,
      fragment: fragment ?? '',
      files: texts,
    },
  };
}
