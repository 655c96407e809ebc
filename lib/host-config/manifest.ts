import type { Cloud } from '../clouds/cloud';
import type { HostConfig } from './model';

/** Where the host finds what its user-data owns; `meissa-manifest` compares it with what the last one owned. */
export const manifestPath = '/etc/meissa/manifest';

/** Where the writers put the kernel's parameters. */
export const sysctlPath = '/etc/sysctl.d/60-meissa.conf';

/** Where units of the host lie. */
export const unitFolder = '/etc/systemd/system';

/**
 * What the user-data owns on the host: a line a folder, the folder first and then the names in it, all sorted. Units are
 * files of `/etc/systemd/system`. No reader of user-data ever removes anything, so what the last manifest had and this
 * one has not is taken away by the host itself.
 */
export function manifestText(config: HostConfig, reads: Cloud['reads']): string {
  const folders = new Map<string, Set<string>>();
  for (const path of ownedPaths(config, reads)) {
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, cut);
    folders.set(folder, (folders.get(folder) ?? new Set()).add(path.slice(cut + 1)));
  }
  return [...folders]
    .map(([folder, names]) => `${[formatOf(folder), ...[...names].sort()].join(' ')}\n`)
    .sort()
    .join('');
}

/** The host makes paths of a folder by printf, which reads it as a format: `dev-x\x2dy.mount.d`. */
function formatOf(folder: string): string {
  return folder.replaceAll('\\', '\\\\').replaceAll('%', '%%');
}

/**
 * The set of keys that coreos-cloudinit has update-ssh-keys keep of a user: it gives both nothing where there are no keys, so that
 * the last one would stay. Source: flatcar/update-ssh-keys, `AuthorizedKeys::sync` ("we won't help them").
 */
const keySet = (user: string): string => `/home/${user}/.ssh/authorized_keys.d/coreos-cloudinit`;

/** Every path that the written user-data makes. */
function ownedPaths(config: HostConfig, reads: Cloud['reads']): string[] {
  const paths = [manifestPath, ...config.files.map((file) => file.path)];
  if (Object.keys(config.sysctl).length > 0) paths.push(sysctlPath);
  if (reads === 'coreos')
    for (const { name, sshAuthorizedKeys } of config.users) if (sshAuthorizedKeys.length > 0) paths.push(keySet(name));
  for (const unit of config.units) {
    if (unit.content !== undefined || unit.mask || unit.enable) paths.push(`${unitFolder}/${unit.name}`);
    for (const dropIn of unit.dropIns) paths.push(`${unitFolder}/${unit.name}.d/${dropIn.name}`);
  }
  return paths;
}
