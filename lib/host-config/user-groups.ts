import type { HostConfig, HostFile, HostUnit, HostUser } from './model';
import { ownProfile } from './model';

/** What puts users into their groups. No profile may have one of this name. */
export const groupsUnit = 'groups-of-users.service';

/** Lets members of the group `sudo` be root without a password, which nobody here has. */
export const sudoersPath = '/etc/sudoers.d/61-meissa-groups';

/**
 * Groups that every release of Flatcar has. A user is made with these alone: `useradd` refuses one with a group that isn't there, and
 * coreos-cloudinit then applies nothing that comes after it. Source: flatcar/baselayout, `baselayout/group`; coreos-cloudinit, `system/user.go`.
 */
const ofTheImage: ReadonlySet<string> = new Set(
  'adm audio cdrom dialout disk docker kvm lp render sudo systemd-journal tape tty users video wheel'.split(' '),
);

/** The groups of a user that its image is sure to have. */
export function groupsOfTheImage({ groups }: HostUser): readonly string[] {
  return (groups ?? []).filter((group) => ofTheImage.has(group));
}

/**
 * Both readers look at a user's groups once, when they make it (coreos-cloudinit, `initialize/config.go`: "ignoring creation-time
 * fields"), so a unit of every boot puts users where the configuration says, and makes groups that the image lacks. A further user is in these and
 * no others; the image's own users keep what the image gave them.
 */
export function groupUnit(users: readonly HostUser[]): HostUnit | undefined {
  const told = users.filter(({ groups }) => groups !== undefined);
  if (told.length === 0) return undefined;
  const groups = [...new Set(told.flatMap((user) => user.groups!))].sort();
  const lines = [
    ...groups.map((group) => `ExecStart=/usr/sbin/groupadd --force --system ${group}`),
    ...told
      .filter((user) => !ofImages.has(user.name) || user.groups!.length > 0)
      .map(({ name, groups: own }) => {
        const add = ofImages.has(name) ? '--append ' : '';
        return `ExecStart=/usr/sbin/usermod ${add}--groups ${own!.join(',') || '""'} ${name}`;
      }),
  ];
  return {
    name: groupsUnit,
    content: `[Unit]\nDescription=Groups of users\n[Service]\nType=oneshot\nPrivateTmp=yes\nPrivateNetwork=yes\n${lines.join('\n')}\n`,
    ...{ enable: false, mask: false, command: 'start', dropIns: [], profile: ownProfile },
  };
}

const ofImages: ReadonlySet<string> = new Set(['core', 'root']);

/** Of images whose `sudo` asks members of that group for a password. Flatcar's asks those of `wheel` alone. */
const sudoers: HostFile = {
  ...{ path: sudoersPath, permissions: '0440', owner: 'root', profile: ownProfile },
  content: '%sudo ALL=(ALL) NOPASSWD: ALL\n',
};

/** The same with what puts users into their groups, first of all units. */
export function withGroups(config: HostConfig, reads: 'coreos' | 'cloud-init'): HostConfig {
  const unit = groupUnit(config.users);
  if (unit === undefined) return config;
  const lets = reads === 'cloud-init' && config.users.some(({ groups }) => groups?.includes('sudo'));
  return { ...config, units: [unit, ...config.units], files: [...config.files, ...(lets ? [sudoers] : [])] };
}
