import { envFile } from './env-file';
import { json } from './json';
import type { Language } from './language';
import { lines, words } from './plain';
import { properties } from './properties';
import { python } from './python';
import { bash, sh } from './shell';
import { systemd } from './systemd';
import { yaml } from './yaml';

const all = [bash, sh, envFile, systemd, properties, json, yaml, python, words, lines] as readonly Language[];

/** Every language that a file of a host can have, by name. */
export const languages: Readonly<Record<string, Language>> = Object.fromEntries(all.map((each) => [each.name, each]));

/** What stands in which files; the first that fits counts. Paths are what those programs read by themselves. */
const paths: readonly (readonly [RegExp, Language])[] = (
  [
    [/\.(bash|sh)$/, bash],
    [/\.py$/, python],
    [/\.json$/, json],
    [/\.properties$/, properties],
    [/\.ya?ml$/, yaml],
    [/(^|[./])env(ironment)?$|^\/etc\/(default|conf\.d)\/[^/]+$/, envFile],
    [/\.(service|socket|timer|path|mount|automount|swap|target|slice|scope|network|netdev|link)$/, systemd],
    [/^\/(etc|run|usr\/lib)\/(systemd|networkd)\/.*\.conf$/, systemd],
    [/^\/etc\/sysctl(\.d\/.*)?\.conf$/, lines],
    [/\.nft$/, words],
    [
      /^\/etc\/(apt|cron\.d|dnf|logrotate\.d|modprobe\.d|modules-load\.d|security|ssh|sudoers\.d|tmpfiles\.d|udev|yum\.repos\.d)\//,
      words,
    ],
  ] as const
).map(([path, language]) => [path, language as Language]);

/**
 * The language of a file: by its first line where it is a program, else by its path. Undefined where nobody can tell, and for programs
 * of languages that are not known here.
 */
export function languageOf(path: string, text: string): Language | undefined {
  const program = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([^\s/]+)/.exec(text)?.[1];
  if (program === undefined) return text.startsWith('#!') ? undefined : paths.find(([fits]) => fits.test(path))?.[1];
  if (/^bash$/.test(program)) return bash as Language;
  if (/^(da|a)?sh$/.test(program)) return sh as Language;
  return /^python[\d.]*$/.test(program) ? (python as Language) : undefined;
}
