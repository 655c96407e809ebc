/**
 * Markdown as GitHub and GitLab read it. A value is text: it opens no heading, list, table, link, HTML or fence, and pings nobody.
 *
 * Sources: CommonMark 0.31.2 ("Backslash escapes", "Code spans", "HTML blocks"); GitHub Flavored Markdown ("Tables", "Autolinks"); GitHub,
 * "Mentioning people and teams", "Autolinked references": they are looked for after rendering, so no escape hides them, but code does.
 */
import { type FileText, fileText } from './file-text';
import { visible } from './terminal';

declare const MADE: unique symbol;

/** A piece of Markdown: a paragraph, a heading, a table, or what stands in one. Only the functions of this file make one. */
export type Markdown = string & { readonly [MADE]: 'markdown' };

/** A word that readers make a link of by themselves: `@name`, `#12`, `GH-12`, addresses. */
const LINKED = /@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.|\bmailto:|\bxmpp:/i;

/** Text of one line, not at the beginning of one. */
export function text(value: string | number): Markdown {
  return inline(visible(String(value)), code);
}

/** The same where it begins a line: there a hyphen, a sign or a number would begin a list or underline a heading. */
export function firstText(value: string | number): Markdown {
  const line = text(visible(String(value)).trimStart());
  return line.replace(/^(\d{0,9})([-+=.)])(?=[\s=-]|$)/, '$1\\$2') as Markdown;
}

/** A piece with values in it: ``md`## Router ${name}` ``. Text is encoded, Markdown stands as it is. */
export function md(
  literals: TemplateStringsArray,
  ...values: readonly (string | number | { readonly markdown: Markdown })[]
): Markdown {
  return values.reduce<string>((whole, value, at) => {
    const begins = /(?:^|\n)[\s>*+-]*$/.test(whole);
    const piece = typeof value === 'object' ? value.markdown : begins ? firstText(value) : text(value);
    return whole + piece + literals[at + 1]!;
  }, literals[0]!) as Markdown;
}

/** Text as code: nothing in it means anything. */
export function code(value: string): Markdown {
  const shown = visible(value);
  if (shown.trim() === '') return shown as Markdown;
  const fence = '`'.repeat(Math.max(1, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const space = fence.length > 1 || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}` as Markdown;
}

/** Many lines as code, in a fence longer than any inside. */
export function fenced(language: string, lines: readonly string[]): Markdown {
  const shown = lines.map(visible);
  const runs = shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length + 1));
  const fence = '`'.repeat(Math.max(3, ...runs));
  return [`${fence}${language}`, ...shown, fence].join('\n') as Markdown;
}

/** What stands folded behind a line. */
export function folded(summary: string, inside: Markdown): Markdown {
  return `<details><summary>${html(summary)}</summary>\n\n${inside}\n\n</details>` as Markdown;
}

/** Text in HTML, where backslashes stand for themselves. */
function html(value: string): string {
  const shown = visible(value);
  return eachWord(shown, entities, (word) => `<code>${entities(word)}</code>`);
}

/** A table whose columns line up, so that it can be read as it is. A cell is text, or Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | { readonly markdown: Markdown })[])[],
): Markdown {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === 'string' ? cellText(cell) : cell.markdown)));
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => [...(row[i] ?? '')].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length)).join(' | ')} |`;
  return [line(cells[0]!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.slice(1).map(line)].join(
    '\n',
  ) as Markdown;
}

/** A table is parted before code is seen: a pipe never stands in code here. */
function cellText(value: string): string {
  return inline(visible(value), (word) =>
    word
      .split('|')
      .map((piece) => (LINKED.test(piece) ? code(piece) : escaped(piece)))
      .join('\\|'),
  ).trim();
}

/** The whole page: pieces with an empty line between them. */
export function markdownFile(pieces: readonly Markdown[]): FileText {
  return fileText(`${pieces.join('\n\n')}\n`);
}

function inline(shown: string, linked: (word: string) => string): Markdown {
  return eachWord(shown, escaped, linked) as Markdown;
}

function escaped(shown: string): string {
  return entities(shown.replace(/[\\`*_[\]|~#$]/g, '\\$&'));
}

function entities(shown: string): string {
  return shown.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign]!);
}

/** Words that readers would make a link of become one thing, all others another; the space between them stays. */
function eachWord(shown: string, others: (word: string) => string, linked: (word: string) => string): string {
  return shown
    .split(/(\s+)/)
    .map((word) => (LINKED.test(word) ? linked(word) : others(word)))
    .join('');
}
