import { posix } from 'node:path';
import { nearest } from '../estate/findings/nearest';
import { kernelPlace } from '../facts/hidden-places';

/** What is wrong with a text, and what to write: in words, or the text that was meant. */
export type NameProblem = { readonly message: string } & ({ readonly fix: string } | { readonly to: string });

/** Folders that are links on every image here. Source: file-hierarchy(7), "Compatibility symlinks". */
const links: readonly (readonly [string, string])[] = [
  ['/bin', '/usr/bin'],
  ['/sbin', '/usr/sbin'],
  ['/lib', '/usr/lib'],
  ['/lib64', '/usr/lib64'],
  ['/var/run', '/run'],
  ['/var/lock', '/run/lock'],
];

/** The one spelling of a path on a host: without `//`, `/./`, `/../`, and past the links of all images. */
export function plainPath(written: string): string {
  const path = posix.normalize(written);
  const link = links.find(([from]) => path.startsWith(`${from}/`));
  return link === undefined ? path : link[1] + path.slice(link[0].length);
}

/** What is wrong with a text as the path of a file, and what to write; undefined for a path in its one spelling. */
export function pathProblem(written: string): NameProblem | undefined {
  const shown = JSON.stringify(written.slice(0, 80));
  if (!written.startsWith('/')) {
    const home = /^(~|\$HOME|\$\{HOME\})(?=\/)/.exec(written)?.[0];
    const advice = home ? { to: `/home/core${written.slice(home.length)}` } : { fix: 'Begin with /.' };
    return { message: `${shown} is no path from the root of a host.`, ...advice };
  }
  const plain = plainPath(written);
  if (plain.endsWith('/')) return { message: `${shown} is a folder.`, fix: 'Write the path of a file.' };
  if (plain !== written)
    return {
      message: `${shown} is another spelling of ${plain}, which the manifest and other profiles know it by.`,
      to: plain,
    };
  const place = kernelPlace(plain);
  if (place !== undefined)
    return {
      message: `${shown} can't be written: ${place}.`,
      fix: 'Kernel parameters are `sysctl`; let a unit write others.',
    };
  const long = plain.split('/').find((part) => Buffer.byteLength(part) > NAME_MAX);
  if (long === undefined) return undefined;
  return { message: `${shown} has a name of ${long.length} characters of ${NAME_MAX}.`, fix: 'Write a shorter name.' };
}

/**
 * The one spelling of a kernel parameter: with dots between its parts. Where the first separator is a slash, dots are part of a name
 * (sysctl.d(5)).
 */
export function plainParameter(written: string): string {
  const first = /[./]/.exec(written)?.[0];
  return first === '/' ? written.replace(/[./]/g, (c) => (c === '/' ? '.' : '/')) : written;
}

/** What is wrong with permissions: four octal digits, the first of them 0, for Go's `os.Chmod` sets no others (coreos-cloudinit, `system/file.go`). */
export function permissionsProblem(written: string): NameProblem | undefined {
  if (/^0[0-7]{3}$/.test(written)) return undefined;
  const shown = JSON.stringify(written.slice(0, 60));
  const digits = /^0*o?([0-7]{3})$/.exec(written)?.[1];
  if (digits !== undefined) return { message: `${shown} is another spelling of 0${digits}.`, to: `0${digits}` };
  if (/^0*[1-7][0-7]{3}$/.test(written))
    return {
      message: `${shown} asks for set-user-id, set-group-id or the sticky bit, which coreos-cloudinit doesn't set.`,
      fix: 'Write four digits with 0 first, and let a unit set the bit.',
    };
  return { message: `${shown} is no permissions.`, fix: "Write four octal digits, 0 first: '0644'." };
}

/** What is wrong with a file's owner: a user alone. The group of what is written stays root's. */
export function ownerProblem(written: string): NameProblem | undefined {
  const [, user, group] = /^([a-z_][a-z0-9_-]*|\d{1,10}):(\S*)$/.exec(written) ?? [];
  if (user === undefined) return undefined;
  const message = `${JSON.stringify(written.slice(0, 60))} names a group; the group of files is root's.`;
  return ['', 'root', '0'].includes(group!)
    ? { message, to: user }
    : { message, fix: `Write ${user}, and let a unit change the group.` };
}

const kinds = ['service', 'socket', 'timer', 'path', 'mount', 'target', 'slice', 'automount', 'swap'];
/** Bytes of a file's name (Linux, limits.h: NAME_MAX), and of a unit's (systemd, UNIT_NAME_MAX). */
const NAME_MAX = 255;
/** Names of units that a profile may have. Source: systemd.unit(5). */
export const unitName = new RegExp(`^[\\w:\\\\@][\\w:.\\\\@-]*\\.(${kinds.join('|')})$`);
export const dropInName = /^[\w.@-]+\.conf$/;

/** What is wrong with a name that may lack its ending, or be the path of the unit's file. */
export function unitNameProblem(written: string): NameProblem | undefined {
  const name = written.slice(written.lastIndexOf('/') + 1);
  if (unitName.test(written))
    return written.length <= NAME_MAX
      ? undefined
      : {
          message: `${JSON.stringify(written.slice(0, 60))}... has ${written.length} characters of ${NAME_MAX}.`,
          fix: 'Write a shorter name.',
        };
  const [, stem = '', end] = /^(.+)\.([A-Za-z]+)$/.exec(name) ?? [];
  if (end !== undefined && ['network', 'netdev', 'link'].includes(end))
    return {
      message: `${JSON.stringify(written.slice(0, 60))} is no unit, but a file of systemd-networkd.`,
      fix: `Write it as a file: path: /etc/systemd/network/${name}.`,
    };
  const near = end === undefined ? undefined : nearest(end.toLowerCase(), kinds);
  const meant = [name, name.trim(), `${stem}.${near}`, `${name}.service`].find((each) => unitName.test(each));
  const advice = meant === undefined ? { fix: `Write a name and one of .${kinds.join(', .')}.` } : { to: meant };
  return { message: `${JSON.stringify(written.slice(0, 60))} is no name of a unit.`, ...advice };
}

/** The same of a drop-in. */
export function dropInNameProblem(written: string): NameProblem | undefined {
  if (dropInName.test(written)) return undefined;
  const name = `${written.slice(written.lastIndexOf('/') + 1)}.conf`;
  return {
    message: `${JSON.stringify(written.slice(0, 60))} is no name of a drop-in: systemd reads files whose names end with .conf.`,
    ...(dropInName.test(name) ? { to: name } : { fix: 'Write a name of letters and digits, and .conf.' }),
  };
}

/** What is wrong with the name of a user or a group. Source: useradd(8), groupadd(8). */
export function accountProblem(written: string): NameProblem | undefined {
  const account = /^[a-z_][a-z0-9_-]{0,31}$/;
  if (account.test(written)) return undefined;
  const lower = written.toLowerCase();
  return {
    message: `${JSON.stringify(written.slice(0, 60))} is no name of a user or a group.`,
    ...(account.test(lower)
      ? { to: lower }
      : { fix: 'Write lower case letters, digits, _ and -, a letter first, 32 at most; a list has one name an item.' }),
  };
}
