/**
 * FRR's configuration: one command a line, `!` first for a comment; words are parted by white space, and `description` takes the rest
 * of its line. Source: FRR user guide, "Basic Commands"; lib/command.c, `cmd_make_strvec`.
 */
import { type FileText, fileText } from './file-text';
import { oneWord } from './one-word';
import { fill, type Value } from './template';

declare const MADE: unique symbol;

/** A line of a configuration: only the functions of this file make one. */
export type FrrLine = string & { readonly [MADE]: 'frr' };

/**
 * A line: ``frr` neighbor ${address} description ${rest(why)}` ``. A value is one word, unless it is given as `rest`.
 *
 * @throws Unencodable for a value that is no word
 */
export function frr(literals: TemplateStringsArray, ...values: readonly Value[]): FrrLine {
  return fill(literals, values, 'a line of FRR', '!') as FrrLine;
}

/** A line that goes on with many words. */
export function frrList(line: FrrLine, words: readonly (string | number)[]): FrrLine {
  return [line, ...words.map((word) => oneWord(word, 'a line of FRR'))].join(' ') as FrrLine;
}

/** Blocks with a `!` between them; empty ones are left out. */
export function frrBlocks(blocks: readonly (readonly FrrLine[])[]): FrrLine[] {
  return blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : [frr`!`, ...block]));
}

/** The whole file. */
export function frrFile(lines: readonly FrrLine[]): FileText {
  return fileText(`${lines.join('\n')}\n`);
}
