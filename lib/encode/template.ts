/** Texts of ours with values in them, for languages of lines, words and comments: what a value may be depends on where it stands. */
import { oneWord, restOfLine } from './one-word';

/** Free text: a description, words of a comment. */
export interface Rest {
  readonly rest: string;
}

export type Value = string | number | Rest;

/** Free text for the end of a line, or anywhere in a comment. */
export function rest(text: string): Rest {
  return { rest: text };
}

/**
 * Puts values into a text. A value is one word, unless it is given as `rest`; that may stand in a comment, or as the end of a line.
 *
 * @param where for words of errors: `a line of FRR`
 * @param comment what a comment begins with
 * @throws Unencodable for a value that is no word
 */
export function fill(literals: TemplateStringsArray, values: readonly Value[], where: string, comment: '!' | '#'): string {
  let text = literals[0]!;
  for (const [at, value] of values.entries()) {
    const after = literals[at + 1]!;
    if (typeof value === 'object') {
      const line = text.slice(text.lastIndexOf('\n') + 1).trimStart();
      if (!line.startsWith(comment) && after !== '' && !after.startsWith('\n'))
        throw new TypeError(`free text in the middle of a line: "${line}"`);
      // A description without a word is an incomplete command.
      text += (restOfLine(value.rest) || '-') + after;
    } else text += oneWord(value, where) + after;
  }
  return text;
}
