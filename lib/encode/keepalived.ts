/**
 * keepalived's configuration: one keyword with its values a line, blocks in braces, `#` comments to the end of the line. Source:
 * keepalived.conf(5) of 2.2.7 (Debian 12): `$` begins a parameter, `~` a sequence, `@` a condition; `include` reads other files.
 */
import { type FileText, fileText } from './file-text';
import { fill, type Value } from './template';

declare const MADE: unique symbol;

/** A line of a configuration: only the functions of this file make one. */
export type KeepalivedLine = string & { readonly [MADE]: 'keepalived' };

/**
 * A line: ``keepalived`priority ${100}` ``. A value is one word, unless it is given as `rest`.
 *
 * @throws Unencodable for a value that is no word
 */
export function keepalived(literals: TemplateStringsArray, ...values: readonly Value[]): KeepalivedLine {
  return fill(literals, values, "keepalived's configuration", '#') as KeepalivedLine;
}

/** A line that opens a block, and what stands in it. */
export function keepalivedBlock(opening: KeepalivedLine, lines: readonly KeepalivedLine[]): KeepalivedLine[] {
  return [`${opening} {`, ...lines.map((line) => `  ${line}`), '}'] as KeepalivedLine[];
}

/** The whole file. */
export function keepalivedFile(lines: readonly KeepalivedLine[]): FileText {
  return fileText(`${lines.join('\n')}\n`);
}
