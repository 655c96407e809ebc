/** A diff for the comment of a pull request: what is dangerous stands open and first, what is long is folded, and it is never too long. */
import { code, fenced, folded, type Markdown, md } from '../../../encode/markdown';
import type { Diffed } from '../estate-diff';
import type { Severity } from '../meaning/meaning';
import type { PatchGroup } from './patch-groups';
import { placedHost, placedLines } from './placed-names';
import { type ReportLine, type ReportSection, report } from './report';
import { patchLines, patchSummary } from './user-data-patch';

/** Details of a line that stand open; of one that are told at all. */
const [OPEN_DETAILS, MOST_DETAILS] = [6, 200];

/** Lines of a section that stand open; a longer one is folded, unless it is grave. */
const OPEN_LINES = 20;
const GRAVE: ReadonlySet<Severity> = new Set([
  'data-loss',
  'quorum',
  'refused',
  'replaced',
  'reachability',
  'security',
  'interrupted',
]);

/** Characters that a comment takes. Source: GitHub REST API, "Create an issue comment" (65,536); GitLab takes more. */
const LONGEST = 65_000;

/** Characters of one value: longer ones say nothing to a reader. */
const LONGEST_TEXT = 2000;

/** Room for what is said of the rest. */
const TAIL = 1000;

/**
 * Never longer than a comment may be: sections worst first as far as they fit, each whole or by whole lines, then the texts of user-data.
 * What does not fit is counted.
 *
 * @param title of the comment: by it a later run finds the comment that it updates
 */
export function diffMarkdown(diffed: Diffed, title = 'meissa diff'): string {
  const { sections, patches, total, takes } = report(diffed);
  const head = [md`## ${title}`, md`**${shortened(total)}**`, ...(takes === undefined ? [] : [md`${shortened(takes)}`])];
  const page = [...head];
  let room = LONGEST - TAIL - length(head);
  let [lines, texts] = [0, 0];
  for (const one of sections) {
    const { piece, left } = section(one, room);
    lines += left;
    if (piece === undefined) continue;
    page.push(piece);
    room -= piece.length + 2;
  }
  for (const group of patches) {
    const piece = patch(group);
    // A summary alone still says whose text changes.
    const fits = [piece, md`${shortened(summaryOf(group))} (too long for a comment: \`meissa diff --all\` prints it)`].find(
      (one) => one.length + 2 <= room,
    );
    if (fits === undefined) texts++;
    else page.push(fits);
    room -= fits === undefined ? 0 : fits.length + 2;
  }
  if (lines + texts > 0) page.push(md`... and ${lines} more lines, ${texts} more texts: \`meissa diff --all\` prints all of it`);
  return `${page.join('\n\n')}\n`;
}

function length(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length + 2, 0);
}

/** As much of it as there is room for. @returns how many lines are left out */
function section({ title, lines, severity }: ReportSection, room: number): { piece?: Markdown; left: number } {
  const fold = severity === 'cosmetic' || (lines.length > OPEN_LINES && !GRAVE.has(severity));
  const whole = (list: Markdown) =>
    fold ? folded(`${title} (${lines.length})`, list) : md`### ${title}\n\n${{ markdown: list }}`;
  const items: Markdown[] = [];
  let used = whole('' as Markdown).length + 2;
  for (const line of lines) {
    const found = [item(line), item({ ...line, details: [] })].find((one) => used + one.length + 1 <= room);
    if (found === undefined) break;
    items.push(found);
    used += found.length + 1;
  }
  const left = lines.length - items.length;
  return items.length === 0 ? { left } : { piece: whole(items.join('\n') as Markdown), left };
}

function item({ text, stack, details }: ReportLine): Markdown {
  const head = stack === undefined ? md`- ${shortened(text)}` : md`- ${{ markdown: code(shortened(stack)) }}: ${shortened(text)}`;
  const told = details.slice(0, MOST_DETAILS).map((detail) => md`  - ${{ markdown: code(shortened(detail)) }}`);
  const more = details.length - told.length;
  const lines = more > 0 ? [...told, md`  - ... and ${more} more`] : told;
  if (lines.length <= OPEN_DETAILS) return [head, ...lines].join('\n') as Markdown;
  const summary = md`  <details><summary>${details.length} more lines</summary>`;
  return [head, '', summary, '', ...lines, '', md`  </details>`, ''].join('\n') as Markdown;
}

function patch(group: PatchGroup): Markdown {
  const names = namesOf(group);
  const fleets = group.patches.length === 1 ? names.join('; ') : `${group.patches.length} fleets`;
  const list = group.patches.length === 1 ? [] : [md`${shortened(names.join('; '))}`];
  const text = fenced('diff', patchLines(fleets, group.hunks));
  return folded(shortened(summaryOf(group)), [...list, text].join('\n\n') as Markdown);
}

/** `User-data of us-east-1-core-storage: 2 lines come, 1 goes`. */
function summaryOf(group: PatchGroup): string {
  const { patches } = group;
  const fleets = patches.length === 1 ? namesOf(group).join('; ') : `${patches.length} fleets`;
  return `User-data of ${fleets}: ${patchSummary(patches[0]!)}`;
}

function namesOf({ patches }: PatchGroup): string[] {
  return placedLines(
    patches.map(({ fleet, stacks }) => placedHost(fleet, stacks[0] ?? '')),
    '-',
  );
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)} ... (${text.length} characters)`;
}
