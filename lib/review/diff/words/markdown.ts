/** A diff for the comment of a pull request: what is dangerous stands open, long texts are folded. */
import type { StackDiff } from '../diff';
import { type ReportLine, type ReportSection, report } from './report';
import { summaryOf, type UserDataPatch } from './user-data-patch';

/** Details of a line that stand open. */
const OPEN_DETAILS = 6;

/** Characters that a comment takes. Source: GitHub REST API, "Create an issue comment" (65,536); GitLab takes more. */
const LONGEST = 65_000;

/**
 * Never longer than a comment may be: texts of user-data go first, then lines from the end, where the harmless ones stand.
 *
 * @param title of the comment: by it a later run finds the comment that it updates
 */
export function diffMarkdown(diffs: readonly StackDiff[], title = 'meissa diff'): string {
  const { sections, userData, total } = report(diffs);
  const head = [`## ${escaped(title)}`, `**${escaped(total)}**`];
  const body = sections.map(section);
  const whole = [...head, ...body, ...userData.map(patch)].join('\n\n');
  if (whole.length < LONGEST) return `${whole}\n`;
  const without = userData.map((one) => `${escaped(summaryOf(one))} (too long for a comment: \`meissa diff\` prints it)`);
  const short = [...head, ...without, ...body].join('\n\n');
  if (short.length < LONGEST) return `${short}\n`;
  const kept = short.slice(0, LONGEST);
  return `${kept.slice(0, kept.lastIndexOf('\n- '))}\n\n... and more: \`meissa diff\` prints all of it\n`;
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

function patch(change: UserDataPatch): string {
  const text = change.patch;
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return folded(summaryOf(change), `${fence}diff\n${text}\n${fence}`);
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
