/** Whether a source file is a Python program, by its name. */
export function isPython(name: string): boolean {
  return name.endsWith('.py');
}

/**
 * A Python program without its full-line comments and blank lines, and with a quarter of its indentation, as of a shell script:
 * they count against the bytes of user-data. The first line (`#!`) stays. A text over several lines would be changed: do not write such.
 */
export function stripPythonComments(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const kept = rest
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map((line) => line.replace(/^(?: {4})+/, (spaces) => ' '.repeat(spaces.length / 4)));
  return [first, ...kept, ''].join('\n');
}
