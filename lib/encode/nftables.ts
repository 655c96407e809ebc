/**
 * Files of nftables: statements of words, one a line, `#` before a comment; names of devices stand in double quotes. Source: nft(8),
 * "Lexical conventions".
 */
import { type FileText, fileText } from './file-text';
import { fill, type Value } from './template';

declare const MADE: unique symbol;

/** A line of a file: only the functions of this file make one. */
export type NftLine = string & { readonly [MADE]: 'nft' };

/**
 * A line: ``nft`ip daddr ${range} accept` ``. A value is one word, unless it is given as `rest`, in a comment.
 *
 * @throws Unencodable for a value that is no word
 */
export function nft(literals: TemplateStringsArray, ...values: readonly Value[]): NftLine {
  return fill(literals, values, 'a rule of nftables', '#') as NftLine;
}

/** A chain; one without rules is left out. @param hook what packets come to it; none: other chains send them */
export function nftChain(name: NftLine, hook: NftLine | undefined, rules: readonly NftLine[]): NftLine[] {
  if (rules.length === 0) return [];
  const inside = [...(hook === undefined ? [] : [hook]), ...rules].map((line) => `  ${line}` as NftLine);
  return [` chain ${name} {` as NftLine, ...inside, ' }' as NftLine];
}

/** The whole file: a comment, and one table in place of the same one before, in one transaction. */
export function nftFile(comment: readonly NftLine[], table: NftLine, chains: readonly (readonly NftLine[])[]): FileText {
  const head = [...comment, `table ${table}`, `delete table ${table}`, `table ${table} {`];
  return fileText(`${[...head, ...chains.flat(), '}'].join('\n')}\n`);
}
