import { readShellOnce, type ShellState, scriptStart } from '../encode/shell-lexer';

/** Whether a source file is a shell script: by its first line, else by its name. */
export function isShell(name: string, text: string): boolean {
  return /^#!.*\b(ba|da)?sh\b/.test(text) || (!text.startsWith('#!') && name.endsWith('.sh'));
}

/**
 * A shell script without its full-line comments and blank lines, and with half its indentation: they count against the 16,384 bytes of
 * user-data, and the source in git keeps them. The first line (`#!`) stays, and so does every line that begins inside of a text: a
 * here-document of any form, quotes over several lines, `${...}`, arithmetic, or what a backslash continues.
 */
export function stripShellComments(text: string): string {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const kept: string[] = [];
  let state: ShellState = scriptStart;
  let continued = false;
  for (const [index, line] of lines.entries()) {
    const code = state.frames.every((frame) => frame.in === 'code' && frame.close !== '`');
    const comment = code && !continued && /^\s*(#|$)/.test(line);
    if (!comment || (index === 0 && line.startsWith('#!')))
      kept.push(code ? line.replace(/^(?: {2})+/, (spaces) => ' '.repeat(spaces.length / 2)) : line);
    // Neither opens or closes anything.
    if (comment || (code && !continued && plain.test(line))) continue;
    state = readShellOnce(state, `${line}\n`);
    continued = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
  }
  return kept.join('\n') + '\n';
}

/** A line of whole commands and texts: no substitutions, here-documents, groups, or patterns of `case`. Read alike, and in no time. */
const plain = /^(?!.*\b(?:case|esac)\b)(?:[^'"\\`$()<]|<(?!<)|'[^']*'|\$(?:\w+|\{\w+\})|"(?:[^"\\`$]|\$(?:\w+|\{\w+\}))*")*$/;
