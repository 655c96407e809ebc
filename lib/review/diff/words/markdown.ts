/** A diff for the comment of a pull request: what is dangerous stands open, long texts are folded. */
import type { StackDiff } from '../diff';
import { count, type ReportLine, type ReportSection, report } from './report';
import type { UserDataPatch } from './user-data-patch';

/** Details of a line that stand open. */
const OPEN_DETAILS = 6;

/** @param title of the comment: by it a later run finds the comment that it updates */
export function diffMarkdown(diffs: readonly StackDiff[], title = 'meissa diff'): string {
  const { sections, userData, total } = report(diffs);
  return `${[`## ${escaped(title)}`, `**${escaped(total)}**`, ...sections.map(section), ...userData.map(patch)].join('\n\n')}\n`;
}

function section({ title, lines, severity }: ReportSection): string {
  const list = lines.flatMap(item).join('\n');
  if (severity !== 'cosmetic') return `### ${escaped(title)}\n\n${list}`;
  return folded(`${title} (${lines.length})`, list);
}

function item({ text, stack, details }: ReportLine): string[] {
  const where = stack === undefined ? '' : `${code(stack)}: `;
  const lines = details.map((detail) => `  - ${code(detail)}`);
  if (lines.length <= OPEN_DETAILS) return [`- ${where}${escaped(text)}`, ...lines];
  const summary = `  <details><summary>${details.length} more lines</summary>`;
  return [`- ${where}${escaped(text)}`, '', summary, '', ...lines, '', '  </details>', ''];
}

function patch({ fleet, added, removed, patch: text }: UserDataPatch): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return folded(
    `User-data of ${fleet}: ${count(added, 'line')} ${added === 1 ? 'comes' : 'come'}, ${removed} ${removed === 1 ? 'goes' : 'go'}`,
    `${fence}diff\n${text}\n${fence}`,
  );
}

function folded(summary: string, inside: string): string {
  return `<details><summary>${escaped(summary)}</summary>\n\n${inside}\n\n</details>`;
}

function code(text: string): string {
  const fence = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** Nothing of a template's text is taken for Markdown or HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]|~]/g, '\\$&').replace(/[<>&]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c]!);
}
