/** A diff for the comment of a pull request: what is dangerous stands open, long texts are folded. */
import { code, fenced, folded, type Markdown, md } from '../../../encode/markdown';
import type { Diffed } from '../estate-diff';
import { type ReportLine, type ReportSection, report } from './report';
import { summaryOf } from './user-data-patch';

/** Details of a line that stand open. */
const OPEN_DETAILS = 6;

/** Characters that a comment takes. Source: GitHub REST API, "Create an issue comment" (65,536); GitLab takes more. */
const LONGEST = 65_000;

/**
 * Never longer than a comment may be: texts of user-data go first, then lines from the end, where the harmless ones stand.
 *
 * @param title of the comment: by it a later run finds the comment that it updates
 */
export function diffMarkdown(diffs: Diffed, title = 'meissa diff'): string {
  const { sections, userData, total } = report(diffs);
  const head = [md`## ${title}`, md`**${total}**`];
  const body = sections.map(section);
  const whole = [...head, ...body, ...userData.map((one) => folded(summaryOf(one), fenced('diff', one.patch.split('\n'))))].join(
    '\n\n',
  );
  if (whole.length < LONGEST) return `${whole}\n`;
  const without = userData.map((one) => md`${summaryOf(one)} (too long for a comment: \`meissa diff\` prints it)`);
  const short = [...head, ...without, ...body].join('\n\n');
  if (short.length < LONGEST) return `${short}\n`;
  const kept = short.slice(0, LONGEST);
  return `${kept.slice(0, kept.lastIndexOf('\n- '))}\n\n... and more: \`meissa diff\` prints all of it\n`;
}

function section({ title, lines, severity }: ReportSection): Markdown {
  const list = lines.flatMap(item).join('\n') as Markdown;
  if (severity !== 'cosmetic') return md`### ${title}\n\n${{ markdown: list }}`;
  return folded(`${title} (${lines.length})`, list);
}

function item({ text, stack, details }: ReportLine): Markdown[] {
  const head = stack === undefined ? md`- ${text}` : md`- ${{ markdown: code(stack) }}: ${text}`;
  const lines = details.map((detail) => md`  - ${{ markdown: code(detail) }}`);
  if (lines.length <= OPEN_DETAILS) return [head, ...lines];
  return [
    head,
    md``,
    md`  <details><summary>${details.length} more lines</summary>`,
    md``,
    ...lines,
    md``,
    md`  </details>`,
    md``,
  ];
}
