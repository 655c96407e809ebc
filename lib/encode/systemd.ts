import type { Language } from './language';
import { interpreters } from './shell-lexer';
import { Unencodable } from './unencodable';
import { controls, harmless, isNumber, textOf, Words } from './value';

/**
 * Units, drop-ins and settings of systemd's own programs (systemd.syntax(7)). The state is the line so far, with the lines before that
 * a backslash continues.
 *
 * - `Exec...=` and `Environment=` know words: what is not harmless is said as `\x20` (systemd.syntax, "Quoting"), so that it is no matter
 *   whether it stands in quotes.
 * - `%` begins a specifier and `$` in `Exec...=` a variable: both are doubled (systemd.unit "Specifiers", systemd.service "Command lines").
 * - Texts for people and calendars are one line. Everything else takes words of harmless characters: how a setting splits and what it expands
 *   differs from one to the next.
 */
export const systemd: Language<string> = {
  name: 'systemd',
  start: '',
  // A line ends where no backslash stands before its break; comments can't be continued.
  read: (line, text) => (line + text).replace(/^(?:[ \t]*[#;][^\n]*\n|(?:[^\\\n]|\\[\s\S])*\n)+/, ''),
  put: (line, value, next) => {
    if (/^[ \t]*[#;]/.test(line)) return oneLine(textOf(value));
    const key = /^[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=/.exec(line)?.[1];
    if (key === undefined) return harmlessOnly(textOf(value), 'a section or the name of a setting');
    if (/^(Description|Documentation|OnCalendar)$/.test(key)) return text(textOf(value), next);
    const words = /^Exec/.test(key) || key === 'Environment';
    const each = (word: string, listed: boolean): string => {
      if (!words) return setting(key, word, line, next);
      return argument(key, word, line, next, listed);
    };
    return value instanceof Words ? value.words.map((word) => each(word, true)).join(' ') : each(textOf(value), false);
  },
};

function argument(key: string, text: string, line: string, next: string, listed: boolean): string {
  const exec = key !== 'Environment';
  const before = line.slice(line.indexOf('=') + 1);
  const begins = /(^|\s)$/.test(before);
  if (before.split(/[\s'"]+/).some((word) => interpreters.has(word.slice(word.lastIndexOf('/') + 1).replace(/^[@:+!-]+/, ''))))
    return harmlessOnly(text, 'a program that the unit writes out');
  if (exec && before.trim() === '' && /^[@:+!|-]/.test(text))
    throw new Unencodable('begins with a character that changes how the command is run', 'Write the path of the program.');
  if (exec && begins && !listed && text.startsWith('-') && !isNumber(text) && !/\s--\s/.test(before))
    throw new Unencodable(
      'begins with a hyphen, so the program would read it as an option',
      'Write a value without it; in the profile -- before the value, or {{words ...}} if options are meant.',
    );
  if (exec && !/\s/.test(before.trimStart()) && (controls.test(text) || /["'\\]/.test(text)))
    throw new Unencodable(
      'holds a quote, backslash or control character, and stands in the path of a program',
      'Write a path without.',
    );
  if (text === '') return begins && /^(\s|$)/.test(next) ? '""' : '';
  return text.replace(/[^A-Za-z0-9_./:@+,=~\u0080-\u{10ffff}-]/gu, (c) => {
    if (c === '%') return '%%';
    if (c === '$' && exec) return '$$';
    if (c.charCodeAt(0) > 127) return c;
    return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

function text(value: string, next: string): string {
  const plain = oneLine(value);
  if (plain.endsWith('\\') && /^($|\n)/.test(next))
    throw new Unencodable('ends with a backslash, which would take the next line in', 'Write it without.');
  return plain.replaceAll('%', '%%');
}

/** A percentage is no specifier: settings that take one expand none. */
function setting(key: string, value: string, line: string, next: string): string {
  if (/^\d+%$/.test(value) && line.endsWith('=') && /^\s*($|\n)/.test(next)) return value;
  return /^[A-Za-z0-9_./:@+,=~-]*$/.test(value) ? value : harmlessOnly(value, `the setting ${key}=`);
}

function harmlessOnly(value: string, where: string): string {
  if (harmless.test(value)) return value;
  throw new Unencodable(
    `has other characters than letters, digits and _./:@+-, and stands in ${where}`,
    'Write a value without them; lists of words by {{words ...}}.',
  );
}

function oneLine(value: string): string {
  if (controls.test(value))
    throw new Unencodable('holds a line break or control character, and stands in one line', 'Write it without.');
  return value;
}
