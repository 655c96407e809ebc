/** Lines that fit a terminal. */

/** Columns that a line has at least, however narrow the terminal is. */
const LEAST = 20;

/**
 * Breaks a line at its spaces; what goes on stands two columns further in. A word that is longer is left whole, so that it can be copied.
 *
 * @param columns that the line may take, indentation included
 */
export function wrapped(text: string, indent: number, columns: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(/ (?=\S)/)) {
    const room = Math.max(LEAST, columns - indent - (lines.length === 0 ? 0 : 2));
    if (line === undefined) line = word;
    else if (line.trim() === '' || line.length + 1 + word.length <= room) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line ?? ''].map((one, at) => ' '.repeat(indent + (at === 0 ? 0 : 2)) + one);
}
