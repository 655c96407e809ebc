import type { UserData } from './model';

/** What is wrong with a written `#cloud-config`; the reader on the host would pass most of it over without a word. */
export interface LintProblem {
  readonly line: number;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

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
        message: `${name} stands in the text.`,
        why: 'coreos-cloudinit puts an address in its place, and nothing at all where it finds no metadata.',
        fix: 'Read MEISSA_ADDRESS from /run/meissa/host.env, which the host refuses to write without an address.',
      });
    }
  }
  return problems;
}
