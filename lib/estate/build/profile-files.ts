/** What stands in a profile's folder, and in the folders below it. */
import { advised, type Finding } from '../findings/finding';
import { listNames, readText, vanished } from '../read/reading';
import type { EstateSource } from '../read/source';

/** Folders below each other: a checkout of something else has more, and nobody writes that for a host. */
const DEEPEST = 8;

export interface ProfileFiles {
  /** Text of `cloud-config.yaml`. */
  readonly fragment: string | undefined;
  /** Texts of the other files, by their path below the folder. */
  readonly texts: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

/** Reads a folder that has a `profile.yaml`. */
export function readProfileFiles(source: EstateSource, folder: string): ProfileFiles {
  const findings: Finding[] = [];
  const texts: Record<string, string> = {};
  let fragment: string | undefined;

  const readFolder = (below: string, depth: number): readonly string[] | undefined => {
    const { value: names, finding } = listNames(source, below === '' ? folder : `${folder}/${below}`);
    if (finding !== undefined) findings.push(finding);
    // Somebody's file of that name is one like any other.
    if (below !== '' && names?.includes('profile.yaml') && names.includes('cloud-config.yaml')) {
      findings.push(nested(source, `${folder}/${below}/profile.yaml`, folder));
      return [];
    }
    for (const name of names ?? []) {
      const path = below === '' ? name : `${below}/${name}`;
      if (path !== 'profile.yaml') readOne(path, depth);
    }
    return names ?? (finding === undefined ? undefined : []);
  };

  const readOne = (path: string, depth: number): void => {
    const whole = `${folder}/${path}`;
    if (path !== 'cloud-config.yaml' && depth < DEEPEST && readFolder(path, depth + 1) !== undefined) return;
    const { value, finding } = readText(source, whole);
    if (value === undefined) findings.push(finding ?? vanished(whole));
    else if (path === 'cloud-config.yaml') fragment = value;
    else texts[path] = value;
  };

  const names = readFolder('', 0);
  if (names?.includes('cloud-config.yaml') === false) {
    const own = `${folder}/profile.yaml`;
    const write = [[{ line: 1, text: '#cloud-config', file: `${folder}/cloud-config.yaml` }]];
    findings.push({
      ...at(own),
      code: 'PROFILE_FRAGMENT_MISSING',
      message: `${folder}/cloud-config.yaml is missing`,
      why: 'the profile would do nothing on a host',
      ...advised(own, [], { write, fix: 'that alone is enough' }),
    });
  }
  return { fragment, texts, findings };
}

/** A folder that is named as a profile and has no `profile.yaml`. @param within the folder of profiles */
export function noProfile(source: EstateSource, within: string, name: string): Finding | undefined {
  const { value: names } = listNames(source, `${within}/${name}`);
  if (names === undefined) return undefined;
  const found = names.find((below) => source.list(`${within}/${name}/${below}`)?.includes('profile.yaml'));
  if (found !== undefined) return nested(source, `${within}/${name}/${found}/profile.yaml`, `${within}/${name}`);
  return {
    ...at(`${within}/${name}`),
    code: 'PROFILE_FILE_MISSING',
    message: `${within}/${name}/profile.yaml is missing`,
    why: 'a folder is a profile by this file; hosts would get nothing of it',
    fix: `write it: \`profile: ${name}\` and \`description:\` with one sentence${names.includes('cloud-config.yaml') ? '' : '; and beside it cloud-config.yaml, for which `#cloud-config` alone is enough'}`,
  };
}

/** A profile of this name that lies in another folder. */
export function profileElsewhere(source: EstateSource, within: string, name: string): Finding | undefined {
  for (const folder of listNames(source, within).value ?? []) {
    const inside = `${within}/${folder}/${name}`;
    if (source.list(inside)?.includes('profile.yaml')) return nested(source, `${inside}/profile.yaml`, `${within}/${folder}`);
  }
  return undefined;
}

/** Files of a folder and of those in it, by their path below it; undefined where they can't be listed. */
function filesBelow(source: EstateSource, folder: string, below = '', depth = 0): string[] | undefined {
  const names = source.list(below === '' ? folder : `${folder}/${below}`);
  if (names === undefined || depth > DEEPEST) return undefined;
  return names.flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    return filesBelow(source, folder, path, depth + 1) ?? [path];
  });
}

function nested(source: EstateSource, path: string, folder: string): Finding {
  const parts = path.split('/');
  const name = parts.at(-2)!;
  const [from, to] = [parts.slice(0, -1).join('/'), `${parts[0]}/${name}`];
  const files = source.list(to) === undefined ? (filesBelow(source, from) ?? []) : [];
  const moves = files.map((file) => ({ move: `${to}/${file}`, file: `${from}/${file}` }));
  return {
    ...at(path),
    code: 'PROFILE_NESTED',
    message: `${from} is a profile within the folder ${folder}`,
    why: 'fleets name a profile by its folder, and profiles lie side by side',
    fix: `move the folder to ${to}, and name it ${name}`,
    ...(moves.length > 0 && { write: [moves] }),
  };
}

function at(file: string): Pick<Finding, 'file' | 'line' | 'column' | 'severity' | 'path'> {
  return { file, line: 1, column: 1, severity: 'error', path: '' };
}
