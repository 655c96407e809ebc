/** What most languages of configuration files take unquoted, whatever stands around it: one word without signs of theirs. */
import { visible } from './terminal';
import { Unencodable } from './unencodable';

const WORD = /^[A-Za-z0-9](?:[A-Za-z0-9._:/+-]{0,252}[A-Za-z0-9._:/+])?$/;

/**
 * A name, an address, a number: as it is.
 *
 * @param where for words: `a line of FRR`
 * @throws Unencodable for anything else
 */
export function oneWord(value: string | number, where: string): string {
  const text = String(value);
  if (WORD.test(text)) return text;
  throw new Unencodable(
    `${JSON.stringify(text)} can't stand as one word in ${where}`,
    'write letters, digits and . _ : / + - only, a letter or digit first',
  );
}

/** Characters of a comment or description: with four bytes each still less than the 4,096 that readers of lines take at once. */
const LONGEST = 800;

/** Free text for the rest of a line: what would end the line is shown, what is endless is cut. */
export function restOfLine(text: string): string {
  const shown = visible(text).trimEnd();
  const characters = [...shown];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}...` : shown;
}
