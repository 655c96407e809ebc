import type { Language } from './language';
import { Unencodable } from './unencodable';
import { controls, Json, textOf, type Value, Words } from './value';

/** What is open: nothing, a comment, or a text with these quotes; `raw` are those that know no escapes, or braces (r, b, f). */
interface PythonState {
  readonly open: '' | '#' | "'" | '"' | "'''" | '"""';
  readonly raw: boolean;
  readonly after: boolean;
}

/** Python: inside of quotes a part of a text; anywhere else a literal of its own. */
export const python: Language<PythonState> = {
  name: 'python',
  start: { open: '', raw: false, after: false },
  read: (state, text) => {
    let { open, raw, after } = state;
    for (let at = 0; at < text.length; at++) {
      const c = text[at]!;
      if (open === '#') {
        if (c === '\n') open = '';
      } else if (open === '') {
        if (c === '#') open = '#';
        else if (c === "'" || c === '"') {
          open = (text.startsWith(c.repeat(3), at) ? c.repeat(3) : c) as PythonState['open'];
          raw = /(?<!\w)[a-z]*[rbf][a-z]*$/i.test(text.slice(0, at));
          at += open.length - 1;
        }
      } else if (after) after = false;
      else if (c === '\\') after = true;
      else if (text.startsWith(open, at)) {
        at += open.length - 1;
        open = '';
      }
    }
    return { open, raw, after };
  },
  put: ({ open, raw, after }, value) => {
    const text = textOf(value);
    if (after) throw new Unencodable('stands right after a backslash, where no value can', 'Leave out the backslash.');
    if (open === '') return literal(value instanceof Json ? value.value : value);
    if (open === '#' ? !controls.test(text) : raw && /^[\w ./:@+,=-]*$/.test(text)) return text;
    if (open === '#' || raw)
      throw new Unencodable(
        open === '#'
          ? 'holds a line break or control character, and stands in a comment'
          : 'stands in a text that knows no escapes (r, b or f)',
        'Write {{...}} without quotes in the profile: it becomes a text of its own.',
      );
    return escaped(text);
  },
};

function literal(value: Value | unknown): string {
  if (typeof value === 'string') return `'${escaped(value)}'`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Words) return literal(value.words);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return 'None';
  return `{${Object.entries(value)
    .map(([key, inner]) => `${literal(key)}: ${literal(inner)}`)
    .join(', ')}}`;
}

function escaped(text: string): string {
  return text
    .replace(/['"\\]/g, '\\$&')
    .replace(new RegExp(controls, 'g'), (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
