import type { Language } from './language';
import { Unencodable } from './unencodable';
import { harmless, Json, textOf, Words } from './value';

/** The line so far, and the column to the right of which a block of text goes on; -1 outside of one. */
interface YamlState {
  readonly line: string;
  readonly block: number;
}

/** YAML: inside of quotes a part of a text; as a whole value, with quotes where it needs some; anywhere else harmless characters only. */
export const yaml: Language<YamlState> = {
  name: 'yaml',
  start: { line: '', block: -1 },
  read: (state, text) => {
    const [first, ...more] = text.split('\n');
    return more.reduce(({ line, block }, next) => ({ line: next, block: blockAfter(line, block) }), {
      line: state.line + first,
      block: state.block,
    });
  },
  put: ({ line, block }, value, next) => {
    const text = textOf(value);
    const inBlock = block >= 0 && indentation(line) > block;
    const quote = inBlock ? '' : quoteAt(line);
    if (quote === '"') return doubleQuoted(text).slice(1, -1);
    if (quote === "'" && /^[\x20-\x7e]*$/.test(text)) return text.replaceAll("'", "''");
    const whole = /([:,-][ \t]+|[[{][ \t]*)$/.test(line) && /^[ \t]*(\n|$|[,\]}]|#)/.test(next);
    if (!inBlock && quote === '' && whole) {
      if (value instanceof Json || value instanceof Words)
        return JSON.stringify(value instanceof Json ? value.value : value.words);
      if (typeof value !== 'string') return String(value);
      return plain.test(text) && !reserved.test(text) ? text : doubleQuoted(text);
    }
    if (harmless.test(text) && !/:$/.test(text)) return text;
    throw new Unencodable(
      'has other characters than letters, digits and _./:@+-, and is a part of a text without quotes',
      'Put double quotes around the whole text in the profile.',
    );
  },
};

const plain = /^[A-Za-z/][\w./@-]*$/;
const reserved = /^(true|false|yes|no|on|off|y|n|null)$/i;

/** JSON is YAML, but for line breaks of Unicode that readers fold. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function indentation(line: string): number {
  return /^ */.exec(line)![0].length;
}

function blockAfter(line: string, block: number): number {
  if (block >= 0 && (line.trim() === '' || indentation(line) > block)) return block;
  return /(^|[:\s-])[|>][-+0-9]*[ \t]*(#.*)?$/.test(line) ? indentation(line) : -1;
}

/** The quote that is open at the end of the line; quotes count at the beginning of a value only. */
function quoteAt(line: string): '' | '"' | "'" {
  const rest = line.replace(/(^|[:,[{-][ \t]*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/g, '$1');
  const open = /(?:^|[:,[{-])[ \t]*(["'])/.exec(rest)?.[1];
  return (open as '"' | "'" | undefined) ?? '';
}
