import { python } from '../encode/python';

/** Whether a source file is a Python program, by its name. */
export function isPython(name: string): boolean {
  return name.endsWith('.py');
}

/**
 * A Python program without its full-line comments and blank lines, and with a quarter of its indentation where all of it is by fours, as
 * of a shell script: they count against the bytes of user-data. The first line (`#!`) stays, and so does every line that begins inside
 * of a text in quotes.
 */
export function stripPythonComments(text: string): string {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let state = python.start;
  const read = lines.map((line, index) => {
    const inside = state.open !== '';
    state = python.read(state, `${line}\n`);
    return { line, inside, dropped: index > 0 && !inside && /^\s*(#|$)/.test(line) };
  });
  const kept = read.filter(({ dropped }) => !dropped);
  const byFours = kept.every(({ line, inside }) => inside || /^(?: {4})*(?![ \t])/.test(line));
  const shorter = (line: string): string => line.replace(/^(?: {4})+/, (spaces) => ' '.repeat(spaces.length / 4));
  return kept.map(({ line, inside }) => `${byFours && !inside ? shorter(line) : line}\n`).join('');
}
