import type { Language } from './language';
import { Unencodable } from './unencodable';
import { controls, textOf } from './value';

/**
 * Files of `NAME=value` as a shell sources them and systemd's `EnvironmentFile=` reads them: where the two differ, only what both read alike
 * is written. The state is the line so far.
 *
 * Outside of quotes a backslash stands before each character that is not plain; both readers take it off (systemd.exec, "EnvironmentFile=").
 */
export const envFile: Language<string> = {
  name: 'env-file',
  start: '',
  read: (line, text) => (text.includes('\n') ? text.slice(text.lastIndexOf('\n') + 1) : line + text),
  put: (line, value) => {
    const text = textOf(value);
    if (controls.test(text))
      throw new Unencodable('holds a line break or control character, and stands in one line', 'Write it without.');
    if (/^\s*[#;]/.test(line)) return text;
    const before = /^\s*(?:export\s+)?[A-Za-z_]\w*=(.*)$/s.exec(line)?.[1];
    if (before === undefined) {
      if (/^\s*(export\s+)?$/.test(line) && /^[A-Za-z_]\w*$/.test(text) && !risky.test(text)) return text;
      throw new Unencodable(
        'is no name that a variable of a program can have here',
        'Write letters, digits and _, a letter first.',
      );
    }
    const quote = quoteAt(before);
    if (quote === 'broken')
      throw new Unencodable('stands where a shell and systemd read differently', 'Write NAME="{{...}}", alone in its line.');
    if (quote === "'") {
      if (!text.includes("'")) return text;
      throw new Unencodable("holds a ', and stands between two", 'Put double quotes around {{...}} in the profile.');
    }
    return quote === '"' ? text.replace(/["\\$`]/g, '\\$&') : text.replace(/[^\w./:@%+,=\u0080-\u{10ffff}-]/gu, '\\$&');
  },
};

/** Names that change what a shell itself does. */
const risky = /^(PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|LD_\w*)$/;

/** The quote that is open after this much of a value. Expansions and what follows a closed quote are read differently by the two. */
function quoteAt(before: string): '' | '"' | "'" | 'broken' {
  if (/\\$/.test(before) || /[$`]/.test(before)) return 'broken';
  if (before === '') return '';
  const first = before[0]!;
  if (first !== '"' && first !== "'") return /[\s'";&|<>()]/.test(before) ? 'broken' : '';
  const rest = before.slice(1).replace(first === '"' ? /\\./gs : /(?!)/g, '');
  return rest.includes(first) ? 'broken' : first;
}
