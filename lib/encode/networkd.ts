/**
 * systemd-networkd's files. A line break ends a value, a backslash at its end goes on with it; `%` is a specifier, white space parts a
 * list, `!`, `*`, `?` and `[` are patterns. So a value is one word, and free text stands in the comment alone.
 *
 * Sources: systemd.syntax(7), systemd.network(5) ("Match": shell-style globs, leading `!`) of systemd 252 (Debian 12).
 */
import { type FileText, fileText } from './file-text';
import { oneWord, restOfLine } from './one-word';

/** Sections in order; a key may stand several times. */
export type UnitSection = readonly [name: string, entries: readonly (readonly [key: string, value: string | number])[]];

/**
 * @param says what the file is for, one line
 * @throws Unencodable for a value that is no word
 */
export function networkUnit(says: string, sections: readonly UnitSection[]): FileText {
  const word = (value: string | number): string => oneWord(value, 'a file of systemd-networkd');
  const parts = sections.map(([name, entries]) =>
    [`[${word(name)}]`, ...entries.map(([key, value]) => `${word(key)}=${word(value)}`)].join('\n'),
  );
  return fileText(`# ${restOfLine(says)}. Written by meissa synth: change the estate, not this file.\n${parts.join('\n\n')}\n`);
}
