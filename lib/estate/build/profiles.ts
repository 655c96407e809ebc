/** Loads the profiles that fleets name: the estate's own folder first, then those that come with this package. */
import { hiddenPlace } from '../../facts/hidden-places';
import { errorAt, type Finding, type Path, type Told } from '../findings/finding';
import { below, set } from '../findings/remedy';
import type { Profile } from '../model/profile';
import { checkParameters } from '../read/parameter-schema';
import { listNames, readText } from '../read/reading';
import type { EstateSource } from '../read/source';
import type { YamlFile } from '../read/yaml-file';
import { parseYaml } from '../read/yaml-file';
import { volumesAreSeen } from '../rules/fleets/volumes-are-seen';
import { checkSchema } from '../schema/check';
import { PROFILE } from '../schema/files';
import type { ProfileFile } from '../schema/profile-schema';
import { ownProfiles } from './own-profiles';
import { noProfile, profileElsewhere, readProfileFiles } from './profile-files';

export const PROFILE_FOLDER = 'cloud-config';

export interface LoadedProfiles {
  /** Those that could be read, by name. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Every name that has a folder, readable or not. */
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
  /** Their fragments, also of those that could not be read whole. */
  readonly fragments: readonly Fragment[];
  /** Their `profile.yaml` files, for lines. */
  readonly files: ReadonlyMap<string, YamlFile>;
}

/** Loads the named profiles and those that they require. Names without a folder are left to the rule ProfilesExist. */
export function loadProfiles(wanted: Iterable<string>, own: EstateSource, packaged: EstateSource): LoadedProfiles {
  const profiles = new Map<string, Profile>();
  const files = new Map<string, YamlFile>();
  const findings: Finding[] = [];
  const fragments: Fragment[] = [];
  const listed = [own, packaged].map((source) => listNames(source, PROFILE_FOLDER));
  findings.push(...listed.flatMap(({ finding }) => finding ?? []));
  const names = new Set(listed.flatMap(({ value }) => value ?? []).filter((n) => !n.includes('.')));
  const queue = [...new Set(wanted)].sort();
  const seen = new Set(queue);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const found = read(name, [own, packaged]);
    if (found === undefined) {
      // A name that nothing has is left to the rule.
      const wrong = noProfile(own, PROFILE_FOLDER, name) ?? profileElsewhere(own, PROFILE_FOLDER, name);
      if (wrong !== undefined) {
        findings.push(wrong);
        names.add(name);
      }
      continue;
    }
    names.add(name);
    findings.push(...found.findings);
    if (found.fragment !== undefined) fragments.push(found.fragment);
    if (found.file !== undefined) files.set(found.file.file, found.file);
    if (found.profile === undefined) continue;
    profiles.set(name, found.profile);
    for (const required of found.profile.requires) {
      if (!seen.has(required)) queue.push(required);
      seen.add(required);
    }
  }
  const sorted = new Map([...profiles].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { profiles: sorted, names: [...names].sort(), findings, fragments, files };
}

/** Text of a profile's fragment, and whose it is. */
export type Fragment = Pick<Profile, 'folder' | 'fragment'>;

interface ReadProfile {
  /** @default - it can't be read */
  readonly file?: YamlFile;
  readonly profile?: Profile;
  readonly fragment?: Fragment;
  readonly findings: readonly Finding[];
}

function read(name: string, sources: readonly EstateSource[]): ReadProfile | undefined {
  const folder = `${PROFILE_FOLDER}/${name}`;
  const path = `${folder}/profile.yaml`;
  for (const source of sources) {
    const { value: text, finding } = readText(source, path);
    if (text === undefined && finding === undefined) continue;
    const { fragment, texts, findings } = readProfileFiles(source, folder);
    const read = fragment === undefined ? {} : { fragment: { folder, fragment } };
    // One of the estate's own that can't be read is not replaced by another of its name.
    if (text === undefined) return { ...read, findings: [finding!, ...findings] };
    const known = ownProfiles.get(text);
    const file = known?.profile === name ? alreadyRead(path, text, known) : parseYaml(path, text);
    const { value, wrong } = known?.profile === name ? { value: known, wrong: [] } : checkProfile(name, file);
    const all = [...file.findings, ...wrong, ...findings];
    if (value === undefined || all.length > 0) return { ...read, file, findings: all };
    const { profile, ...rest } = value;
    return { ...read, file, findings: all, profile: { name: profile, folder, ...rest, fragment: fragment ?? '', files: texts } };
  }
  return undefined;
}

/** Its text is read only where somebody asks for a place in it. */
function alreadyRead(path: string, text: string, value: ProfileFile): YamlFile {
  let read: YamlFile | undefined;
  const file = (): YamlFile => {
    read ??= parseYaml(path, text);
    return read;
  };
  return { file: path, value, findings: [], locate: (at) => file().locate(at), written: (at) => file().written(at) };
}

/** What is wrong with a `profile.yaml`. */
function checkProfile(name: string, file: YamlFile): { value: ProfileFile | undefined; wrong: Finding[] } {
  const { value, findings } = checkSchema(PROFILE, file);
  const wrong = [...findings];
  const refuse = (path: Path, told: Told): void => void wrong.push(errorAt(file.locate(path), path, told));
  if (value === undefined) return { value, wrong };
  if (value.profile !== name) {
    const message = `the profile is called "${value.profile}" in a folder "${name}"`;
    refuse(['profile'], { code: 'PROFILE_NAME', message, why: 'fleets name the folder', write: [set(['profile'], name)] });
  }
  for (const { path, message, why, ...advice } of checkParameters(value.parameters)) {
    const write = advice.write?.map((remedy) => remedy.map((step) => below(step, ['parameters'])));
    refuse(['parameters', ...path], { code: 'PROFILE_SCHEMA', message, why, ...advice, ...(write && { write }) });
  }
  for (const [i, { name, mount }] of value.volumes.entries()) {
    const wrong = hiddenPlace(mount);
    if (wrong === undefined) continue;
    const at = ['volumes', i, 'mount'];
    const message = `the volume "${name}" is mounted at ${mount}, and ${wrong}`;
    const write = [set(at, `/srv/${name}`)];
    refuse(at, { code: volumesAreSeen.code, message, why: volumesAreSeen.why, write, fix: 'and let its units look there' });
  }
  for (const [i, { port, toPort }] of value.ports.entries()) {
    if (toPort === undefined || toPort >= port) continue;
    const message = `the last port, ${toPort}, comes before the first, ${port}`;
    const at = ['ports', i];
    const write = [[...set([...at, 'port'], toPort), ...set([...at, 'toPort'], port)]];
    refuse([...at, 'toPort'], { code: 'PORT_RANGE', message, why: 'the cloud takes no rule for such a range', write });
  }
  return { value, wrong };
}
