import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { nearest } from '../estate/nearest';
import type { UserData } from './model';

/** What is wrong with a written `#cloud-config`; the reader on the host would pass most of it over without a word. */
export interface LintProblem {
  readonly line: number;
  readonly path: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

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

/** Keys that still parse on Flatcar and do nothing, or nothing that this toolkit wants. */
const dead: Readonly<Record<string, string>> = {
  etcd: 'etcd runs as a unit of its own: use the profile etcd.',
  etcd2: 'etcd runs as a unit of its own: use the profile etcd.',
  fleet: 'fleet is gone: units are run by the hosts themselves.',
  flannel: 'Container networks are planned: set `containers` of the region.',
  locksmith: 'Reboots are taken by the profile updates.',
};

/** What the writer for cloud-init writes: nothing that is applied once an instance, because a changed configuration never would be. */
const knownToCloudInit: Keys = { bootcmd: true, write_files: { path: true, permissions: true, encoding: true, content: true } };

/** Replaced by coreos-cloudinit with the metadata's value, and with nothing where there is no metadata. */
const substitution = /\$(?:private|public)_ipv[46]/g;

/**
 * What a host would misread in any text, whoever wrote it: the first line, and substitutions. It is looked for at every
 * render; keys need no look there, because the writer knows only right ones (its tests read every golden file back).
 */
export function lintText(text: string, format: UserData['format'] = 'coreos'): LintProblem[] {
  const problems: LintProblem[] = [];
  if (!/^#cloud-config(\n|$)/.test(text)) {
    problems.push({
      line: 1,
      path: '',
      message: 'The first line is not #cloud-config.',
      why: 'The reader tells by it what this is, and ignores the text otherwise.',
      fix: 'Begin with exactly #cloud-config.',
    });
  }
  // Looked for in the whole first: nearly every text has none.
  if (format !== 'coreos' || text.search(substitution) < 0) return problems;
  for (const [index, line] of text.split('\n').entries()) {
    for (const [name] of line.matchAll(substitution)) {
      problems.push({
        line: index + 1,
        path: '',
        message: `${name} stands in the text.`,
        why: 'coreos-cloudinit puts an address in its place, and nothing at all where it finds no metadata.',
        fix: 'Read MEISSA_ADDRESS from /run/meissa/host.env, which the host refuses to write without an address.',
      });
    }
  }
  return problems;
}

/** Looks over a written `#cloud-config` for all that a host would misread: `lintText`, and every key. */
export function lintCloudConfig(text: string, format: UserData['format'] = 'coreos'): LintProblem[] {
  const problems = lintText(text, format);
  const report = (line: number, path: string, message: string, why: string, fix: string): void => {
    problems.push({ line, path, message, why, fix });
  };

  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const lineOf = (node: Node | null): number => counter.linePos(node?.range?.[0] ?? 0).line;
  for (const error of document.errors) {
    report(
      counter.linePos(error.pos[0]).line,
      '',
      `Not valid YAML: ${error.message}`,
      'The reader refuses the whole text.',
      'Correct the YAML.',
    );
  }
  if (document.errors.length === 0) walk(document.contents as Node | null, format === 'coreos' ? known : knownToCloudInit, '');
  return problems;

  function walk(node: Node | null, keys: Keys | true, path: string): void {
    if (keys === true || node === null) return;
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) walk(item as Node, keys, `${path}[${index}]`);
      return;
    }
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const inner = path === '' ? name : `${path}.${name}`;
      const line = lineOf(key as Node);
      if (Object.hasOwn(keys, name)) walk(value as Node | null, keys[name]!, inner);
      else if (path === 'coreos' && Object.hasOwn(dead, name))
        report(line, inner, `${inner} does nothing on today's images.`, 'It parses, and no such service is there.', dead[name]!);
      else if (name.includes('-') && Object.hasOwn(keys, name.replaceAll('-', '_'))) {
        report(
          line,
          inner,
          `${name} is written with a hyphen.`,
          'Since Flatcar 3975.2.0 such a key is silently ignored.',
          `Write ${name.replaceAll('-', '_')}.`,
        );
      } else {
        const meant = nearest(name, Object.keys(keys));
        report(
          line,
          inner,
          format === 'coreos' ? `The reader knows no key ${name}.` : `The key ${name} can't stand here.`,
          format === 'coreos'
            ? 'It is ignored with a line in the log.'
            : 'cloud-init applies it once an instance: a change would never arrive.',
          meant ? `Write ${meant}.` : `Keys are ${Object.keys(keys).join(', ')}.`,
        );
      }
    }
  }
}
