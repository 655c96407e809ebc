import type { Location } from '../estate/findings/finding';
import type { Origins } from './merge';
import type { HostConfig } from './model';

/** A text that a host gets from a profile, and where the profile says so. */
export interface HostPart {
  /** For people: `file /etc/x`, `unit x.service`, `drop-in x.service/y.conf`, `user x`, `sysctl x`. */
  readonly what: string;
  readonly profile: string;
  readonly text: string;
  readonly at: Location;
}

/** Every text of a host. @param otherwise the place of what no profile wrote */
export function partsOf(config: HostConfig, origins: Origins, otherwise: Location): HostPart[] {
  const part = (what: string, profile: string, text: string): HostPart => ({
    what,
    profile,
    text,
    at: origins.get(what) ?? otherwise,
  });
  return [
    ...config.files.map((file) => part(`file ${file.path}`, file.profile, file.content)),
    ...config.units.map((unit) => part(`unit ${unit.name}`, unit.profile, unit.content ?? '')),
    ...config.units.flatMap((unit) =>
      unit.dropIns.map((dropIn) => part(`drop-in ${unit.name}/${dropIn.name}`, dropIn.profile, dropIn.content)),
    ),
    ...config.users.map((user) => part(`user ${user.name}`, user.profile, user.sshAuthorizedKeys.join('\n'))),
    ...Object.entries(config.sysctl).map(([name, { value, profile }]) => part(`sysctl ${name}`, profile, `${name} = ${value}`)),
  ];
}
