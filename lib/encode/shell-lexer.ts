import { placeholder } from './language';

/**
 * Reads shell scripts (bash, sh) as far as it takes to know in which kind of place the next character stands. It is no parser:
 * what a script does is nothing to it. `test/encode/shell.test.ts` holds it against bash.
 */
export interface ShellState {
  readonly frames: readonly Frame[];
  /** The last character was a backslash that counts. */
  readonly escaped: boolean;
  /** The last characters were `$`, or `$` and a name that could go on. */
  readonly dollar: '' | 'sign' | 'name';
  /** Here-documents whose text begins on the next line. */
  readonly pending: readonly HereDocument[];
  /** Something on this line runs programs that are text. */
  readonly inner: boolean;
  /** The last word is the delimiter of a here-document, and could go on. */
  readonly delimiter: boolean;
  /** States that were reached from here, by text: static text is read once. */
  readonly known: Map<string, ShellState>;
}

export type Frame =
  | Code
  | { readonly in: 'single' | 'double' | 'ansi' | 'comment' | 'parameter' }
  | { readonly in: 'arithmetic'; readonly depth: number }
  | HereDocument;

/** Commands, up to what closes them. */
export interface Code {
  readonly in: 'code';
  /** Nothing closes the script itself. */
  readonly close: '' | ')' | '`';
  /** Between the parentheses of `name=(...)` are values. */
  readonly array: boolean;
  /** Open `case ... esac`, whose patterns end with a parenthesis that closes nothing. */
  readonly cases: number;
  /** The command so far: how many words it has, its name, whether one of them runs a program that is a text. */
  readonly words: number;
  readonly name: string;
  readonly inner: boolean;
  readonly afterOptions: boolean;
  readonly test: boolean;
  /** The word so far, quotes taken off. */
  readonly word: string;
  readonly started: boolean;
  /** The word is the target of a redirection. */
  readonly redirect: boolean;
}

export interface HereDocument {
  readonly in: 'here';
  readonly delimiter: string;
  /** Nothing is expanded in it. */
  readonly quoted: boolean;
  readonly tabs: boolean;
  readonly inner: boolean;
  readonly line: string;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const code = (close: Code['close'], array = false): Writable<Code> => ({
  ...{ in: 'code', close, array, cases: 0, word: '', started: false, redirect: false },
  ...{ words: 0, name: '', inner: false, afterOptions: false, test: false },
});

export const scriptStart: ShellState = {
  ...{ frames: [code('')], escaped: false, dollar: '', pending: [], inner: false, delimiter: false },
  known: new Map(),
};

export const assignment = /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/;

export const reserved = new Set(
  ['if', 'then', 'elif', 'else', 'fi', 'for', 'while', 'until', 'do', 'done', 'case', 'esac', 'in', 'select', 'function'].concat([
    'time',
    'coproc',
    '!',
    '{',
    '}',
    '[[',
    ']]',
  ]),
);

/** After these comes another command. */
const leading = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', 'esac', 'time', '!', '{', '}']);

/** Programs for which an argument or their input is a program: a value in it would have to be encoded twice, and by another language. */
export const interpreters = new Set(
  [
    'sh',
    'bash',
    'dash',
    'ash',
    'zsh',
    'ksh',
    'busybox',
    'eval',
    'trap',
    'let',
    'unset',
    'ssh',
    'su',
    'declare',
    'typeset',
    'read',
    'mapfile',
  ].concat([
    'python',
    'python2',
    'python3',
    'perl',
    'ruby',
    'node',
    'awk',
    'gawk',
    'mawk',
    'sed',
    'jq',
    'nft',
    'psql',
    'mysql',
    'sqlite3',
  ]),
);

/** Where a reader of the script is after so much more text. */
export function readShell(state: ShellState, text: string): ShellState {
  const known = state.known.get(text);
  if (known) return known;
  const next = readShellOnce(state, text);
  state.known.set(text, next);
  return next;
}

/** The same, of a text that nobody asks for again: nothing of it is kept. */
export function readShellOnce(from: ShellState, text: string): ShellState {
  const frames = from.frames.map((frame) => ({ ...frame })) as Writable<Frame>[];
  let { escaped, dollar, inner, delimiter } = from;
  let pending = [...from.pending];
  const push = (frame: Frame): number => frames.push({ ...frame } as Writable<Frame>);

  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    const top = frames.at(-1)!;
    delimiter = false;
    if (escaped) {
      escaped = false;
      if (c !== '\n') append(c);
      continue;
    }
    if (top.in === 'single') {
      if (c === "'") frames.pop();
      else append(c);
      continue;
    }
    if (top.in === 'comment') {
      if (c !== '\n') continue;
      frames.pop();
      at--;
      continue;
    }
    if (top.in === 'here') {
      if (c === '\n') {
        if ((top.tabs ? top.line.replace(/^\t+/, '') : top.line) === top.delimiter) frames.pop();
        else top.line = '';
        dollar = '';
        continue;
      }
      top.line += c;
      if (top.quoted) continue;
    }
    if (c === '\\') {
      escaped = true;
      dollar = '';
      continue;
    }
    if (top.in === 'ansi') {
      if (c === "'") frames.pop();
      continue;
    }
    if (dollar === 'sign' && (c === '(' || c === '{')) {
      dollar = '';
      begun();
      if (c === '{') push({ in: 'parameter' });
      else if (text[at + 1] !== '(') push(code(')'));
      else {
        push({ in: 'arithmetic', depth: 0 });
        at++;
      }
      continue;
    }
    if (dollar === 'sign' && c === "'" && top.in === 'code') {
      dollar = '';
      push({ in: 'ansi' });
      continue;
    }
    if (dollar === 'sign' && /[A-Za-z_]/.test(c)) dollar = 'name';
    else if (dollar === 'name' && !/\w/.test(c)) dollar = '';
    else if (dollar === 'sign') {
      // `$1`, `$$`, `$?`; a quote after it is no more than a quote.
      dollar = '';
      if (/[\d$?!#@*-]/.test(c)) {
        append(c);
        continue;
      }
    }
    if (c === '$') {
      dollar = 'sign';
      append(c);
      continue;
    }
    if (c === '`') {
      if (top.in === 'code' && top.close === '`') {
        frames.pop();
        continue;
      }
      begun();
      push(code('`'));
      continue;
    }
    if (top.in === 'code') at = command(top, c, at);
    else if (top.in === 'double') {
      if (c === '"') frames.pop();
      else append(c);
    } else if (top.in === 'parameter') {
      if (c === '}') frames.pop();
      else if (c === '"') push({ in: 'double' });
      else if (c === "'" && frames.at(-2)?.in === 'code') push({ in: 'single' });
    } else if (top.in === 'arithmetic') {
      if (c === '(') top.depth++;
      else if (c === ')' && top.depth-- === 0) {
        frames.pop();
        if (text[at + 1] === ')') at++;
      }
    }
  }
  return { frames, escaped, dollar, pending, inner, delimiter, known: new Map() };

  function begun(): void {
    const top = frames.at(-1)!;
    if (top.in === 'code') top.started = true;
  }

  /** Another character of the word. */
  function append(c: string): void {
    const top = frames.at(-1)!;
    const word = top.in === 'code' ? top : frames.at(-2);
    if (word?.in !== 'code' || top.in === 'here') return;
    word.started = true;
    word.word += c;
  }

  function command(top: Writable<Code>, c: string, at: number): number {
    const rest = text.slice(at, at + 3);
    if (c === "'" || c === '"') {
      top.started = true;
      push({ in: c === '"' ? 'double' : 'single' });
    } else if (c === '#' && !top.started) push({ in: 'comment' });
    else if (c === ' ' || c === '\t') endWord(top);
    else if (c === '\n') {
      endCommand(top);
      for (const here of pending.reverse()) push({ ...here, inner });
      pending = [];
      inner = false;
    } else if (c === '(') {
      if (top.started && /^[A-Za-z_]\w*\+?=$/.test(top.word)) push(code(')', true));
      else if (rest.startsWith('()')) {
        // A function: what comes is a command.
        Object.assign(top, { word: '', started: false, words: 0 });
        return at + 1;
      } else if (rest.startsWith('((') && !top.started) {
        push({ in: 'arithmetic', depth: 0 });
        return at + 1;
      } else push(code(')'));
    } else if (c === ')') {
      if (top.cases > 0 || top.close !== ')') endCommand(top);
      else {
        endWord(top);
        frames.pop();
        begun();
      }
    } else if (c === ';' || c === '|' || (c === '&' && !/[<>]/.test(`${text[at - 1]}${text[at + 1]}`))) endCommand(top);
    else if (c === '<' || c === '>') {
      if (/^\d+$/.test(top.word)) Object.assign(top, { word: '', started: false });
      if (text[at + 1] === '(') {
        top.started = true;
        push(code(')'));
        return at + 1;
      }
      endWord(top);
      if (rest.startsWith('<<') && rest !== '<<<') return hereDocument(at + 2);
      top.redirect = true;
      return rest === '<<<' ? at + 2 : at;
    } else append(c);
    return at;
  }

  function hereDocument(at: number): number {
    const [all, tabs, word = ''] = /^(-?)[ \t]*((?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])*)/.exec(text.slice(at))!;
    delimiter = at + all.length === text.length;
    const plain = word.replace(/\$(?=['"])|['"\\]/g, '');
    pending.push({ in: 'here', delimiter: plain, quoted: plain !== word, tabs: tabs === '-', inner: false, line: '' });
    return at + all.length - 1;
  }

  function endWord(top: Writable<Code>): void {
    const { word, started, redirect } = top;
    top.word = '';
    if (!started) return;
    top.started = false;
    top.redirect = false;
    if (redirect || top.array) return;
    if (top.words === 0) {
      if (assignment.test(word)) return;
      if (word === 'esac') top.cases = Math.max(0, top.cases - 1);
      if (leading.has(word)) return;
      if (word === 'case') top.cases++;
      top.name = word;
      top.test = word === '[[' || word === '[' || word === 'test';
    }
    if (interpreters.has(word.slice(word.lastIndexOf('/') + 1)) || (top.words === 0 && word.includes(placeholder))) {
      top.inner = true;
      inner = true;
    }
    if (word === '--') top.afterOptions = true;
    top.words++;
  }

  function endCommand(top: Writable<Code>): void {
    endWord(top);
    if (!top.array) Object.assign(top, { words: 0, name: '', inner: false, afterOptions: false, test: false });
  }
}
