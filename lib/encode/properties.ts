import type { Language } from './language';
import { Unencodable } from './unencodable';
import { controls, textOf } from './value';

/**
 * Java's properties (java.util.Properties, "load"): one value a line, in Latin-1, everything else as `\u00e9`. The state is the line so far, with
 * the lines before that a backslash continues.
 */
export const properties: Language<string> = {
  name: 'properties',
  start: '',
  read: (line, text) => (line + text).replace(/^(?:[ \t\f]*[#!][^\n]*\n|(?:[^\\\n]|\\[\s\S])*\n)+/, ''),
  put: (line, value) => {
    const text = textOf(value);
    if (/^\s*[#!]/.test(line)) {
      if (controls.test(text))
        throw new Unencodable('holds a line break or control character, and stands in a comment', 'Write it without.');
      return text;
    }
    if (/(^|[^\\])(\\\\)*\\$/.test(line))
      throw new Unencodable('stands right after a backslash, where no value can', 'Leave out the backslash.');
    const inKey = /^\s*(?:[^\\\s=:]|\\.)*$/.test(line);
    const escaped = text.replace(/[\\]|[^\x20-\x7e]/gu, (c) => (c === '\\' ? '\\\\' : utf16(c)));
    if (inKey) return escaped.replace(/[ =:#!]/g, '\\$&');
    return /[=:\s]\s*$/.test(line) ? escaped.replace(/^[ =:]/, '\\$&') : escaped;
  },
};

function utf16(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
