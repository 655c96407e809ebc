/** What a host would misread in a written `#cloud-config`: keys by the readers' own lists, and what is looked for in any text. */
import { parse } from 'yaml';
import { lintText } from '../../lib/host-config/lint';
import type { UserData } from '../../lib/host-config/model';

type Keys = { readonly [key: string]: Keys | true };

/** What Flatcar's coreos-cloudinit knows (its config/config.go), without what is dead there. */
const known: Keys = {
  hostname: true,
  ssh_authorized_keys: true,
  manage_etc_hosts: true,
  users: {
    name: true,
    gecos: true,
    homedir: true,
    no_create_home: true,
    primary_group: true,
    groups: true,
    ssh_authorized_keys: true,
    system: true,
    shell: true,
  },
  write_files: { path: true, permissions: true, owner: true, content: true, encoding: true },
  coreos: {
    update: { reboot_strategy: true, group: true, server: true },
    units: {
      name: true,
      mask: true,
      enable: true,
      runtime: true,
      content: true,
      command: true,
      drop_ins: { name: true, content: true },
    },
  },
};

/** What the writer for cloud-init writes: nothing that is applied once an instance, because a changed configuration never would be. */
const knownToCloudInit: Keys = { bootcmd: true, write_files: { path: true, permissions: true, encoding: true, content: true } };

/** Paths of keys that the reader passes over, and messages of what stands in the text; nothing for a good one. */
export function misread(text: string, format: UserData['format'] = 'coreos'): string[] {
  const walk = (value: unknown, keys: Keys | true, path: string): string[] => {
    if (keys === true || typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap((item, i) => walk(item, keys, `${path}[${i}]`));
    return Object.entries(value).flatMap(([name, inner]) => {
      const at = path === '' ? name : `${path}.${name}`;
      return Object.hasOwn(keys, name) ? walk(inner, keys[name]!, at) : [at];
    });
  };
  return [
    ...lintText(text, format).map(({ message }) => message),
    ...walk(parse(text), format === 'coreos' ? known : knownToCloudInit, ''),
  ];
}
