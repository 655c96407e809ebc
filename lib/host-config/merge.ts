import type { Finding, Location } from '../estate/findings/finding';
import type { Fragment, FragmentUnit } from './fragment';
import type { HostConfig, HostFile, HostProgram, HostUnit, HostUser, Owned, UpdateStrategy } from './model';

/** Where a part of a HostConfig was written: by `file /etc/x`, `unit x.service`, `drop-in x.service/y.conf`, `sysctl x`, `user x`, `program x`. */
export type Origins = ReadonlyMap<string, Location>;

export interface Merged {
  readonly config: HostConfig;
  readonly origins: Origins;
}

/**
 * Merges what the profiles of a host ask for, in the order of the profiles. Two profiles that want one thing differently
 * are a finding that names both; the first one stands. Drop-ins of several profiles on one unit and keys of one user unite.
 */
export function mergeFragments(fragments: readonly Fragment[], findings: Finding[]): Merged {
  const origins = new Map<string, Location>();
  const files = new Map<string, HostFile>();
  const units = new Map<string, HostUnit>();
  const sysctl = new Map<string, Owned<string>>();
  const users = new Map<string, HostUser>();
  const programs = new Map<string, HostProgram>();
  let update: UpdateStrategy | undefined;

  const conflict = (what: string, at: Location, first: string, second: string, differs: string): void => {
    const other = origins.get(what)!;
    findings.push({
      ...at,
      code: 'PROFILE_CONFLICT',
      severity: 'error',
      path: what,
      message: `Profiles ${first} and ${second} want ${what} differently: ${differs}.`,
      why: 'A host has it once; which of the two it got would be chance.',
      fix: `Leave ${what} to one of the two profiles, or write the same in both.`,
      also: [other],
    });
  };

  for (const { profile, ...fragment } of fragments) {
    for (const { at, ...file } of fragment.files) {
      const what = `file ${file.path}`;
      const known = files.get(file.path);
      if (!known) {
        origins.set(what, at);
        files.set(file.path, { ...file, profile });
      } else if (known.content !== file.content) conflict(what, at, known.profile, profile, 'other contents');
      else if (known.permissions !== file.permissions)
        conflict(what, at, known.profile, profile, `${known.permissions} and ${file.permissions}`);
      else if (known.owner !== file.owner) conflict(what, at, known.profile, profile, `owner ${known.owner} and ${file.owner}`);
    }

    for (const unit of fragment.units) {
      const known = units.get(unit.name);
      if (!known) origins.set(`unit ${unit.name}`, unit.at);
      units.set(unit.name, mergeUnit(known, unit, profile, origins, conflict));
    }

    for (const { name, value, at } of fragment.sysctl) {
      const known = sysctl.get(name);
      // A profile's own later line wins: its defaults first, then what its parameters say.
      if (!known || known.profile === profile) {
        origins.set(`sysctl ${name}`, at);
        sysctl.set(name, { value, profile });
      } else if (known.value !== value) conflict(`sysctl ${name}`, at, known.profile, profile, `${known.value} and ${value}`);
    }

    for (const { name, sshAuthorizedKeys, groups, at } of fragment.users) {
      const known = users.get(name);
      if (!known) origins.set(`user ${name}`, at);
      const keys = [...new Set([...(known?.sshAuthorizedKeys ?? []), ...sshAuthorizedKeys])];
      const all = (known?.groups ?? groups) ? { groups: [...new Set([...(known?.groups ?? []), ...(groups ?? [])])] } : {};
      users.set(name, { name, sshAuthorizedKeys: keys, ...all, profile: known?.profile ?? profile });
    }

    for (const { at, ...program } of fragment.programs) {
      const what = `program ${program.name}`;
      const known = programs.get(program.name);
      if (!known) {
        origins.set(what, at);
        programs.set(program.name, { ...program, profile });
      } else if (known.apt !== program.apt || known.dnf !== program.dnf)
        conflict(what, at, known.profile, profile, 'other packages');
    }

    if (fragment.update) {
      const { rebootStrategy, at } = fragment.update;
      if (!update) {
        origins.set('update', at);
        update = { rebootStrategy, profile };
      } else if (update.rebootStrategy !== rebootStrategy) {
        conflict('update', at, update.profile, profile, `${update.rebootStrategy} and ${rebootStrategy}`);
      }
    }
  }

  return {
    config: {
      users: byKey(users).map(([, user]) => user),
      files: byKey(files).map(([, file]) => file),
      units: [...units.values()].sort((a, b) => Number(a.last ?? false) - Number(b.last ?? false)),
      sysctl: Object.fromEntries(byKey(sysctl)),
      programs: [...programs.values()],
      update,
    },
    origins,
  };
}

type Conflict = (what: string, at: Location, first: string, second: string, differs: string) => void;

function mergeUnit(
  known: HostUnit | undefined,
  unit: FragmentUnit,
  profile: string,
  origins: Map<string, Location>,
  conflict: Conflict,
): HostUnit {
  const { at, ...wanted } = unit;
  const what = `unit ${unit.name}`;
  if (known?.content !== undefined && wanted.content !== undefined && known.content !== wanted.content) {
    conflict(what, at, known.profile, profile, 'other contents');
  }
  if (known?.command && wanted.command && known.command !== wanted.command) {
    conflict(what, at, known.profile, profile, `command ${known.command} and ${wanted.command}`);
  }
  if (known && ((known.mask && isWanted(wanted)) || (wanted.mask && isWanted(known))))
    conflict(what, at, known.profile, profile, 'masked and used');
  const dropIns = [...(known?.dropIns ?? [])];
  for (const { at: place, ...dropIn } of wanted.dropIns) {
    const name = `drop-in ${unit.name}/${dropIn.name}`;
    const same = dropIns.find((other) => other.name === dropIn.name);
    if (!same) {
      origins.set(name, place);
      dropIns.push({ ...dropIn, profile });
    } else if (same.content !== dropIn.content) conflict(name, place, same.profile, profile, 'other contents');
  }
  return {
    name: unit.name,
    content: known?.content ?? wanted.content,
    enable: (known?.enable ?? false) || wanted.enable,
    mask: (known?.mask ?? false) || wanted.mask,
    ...((known?.last ?? wanted.last) ? { last: true as const } : {}),
    command: known?.command ?? wanted.command,
    dropIns: dropIns.sort((a, b) => (a.name < b.name ? -1 : 1)),
    profile: known?.profile ?? profile,
  };
}

function isWanted(unit: Pick<HostUnit, 'content' | 'command' | 'enable' | 'mask'>): boolean {
  return !unit.mask && (unit.content !== undefined || unit.enable || (unit.command !== undefined && unit.command !== 'stop'));
}

function byKey<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
