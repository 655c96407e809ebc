import type { Language } from './language';
import { assignment, type Code, readShell, reserved, type ShellState, scriptStart } from './shell-lexer';
import { Unencodable } from './unencodable';
import { controls, harmless, isNumber, textOf, type Value, Words } from './value';

/** Bash: everything but NUL can be said, line breaks as `$'\n'`, so that a script's lines are those of its author. */
export const bash: Language<ShellState> = shell('bash', true);

/** A shell of which no more is known than POSIX: it has no `$'...'`. */
export const sh: Language<ShellState> = shell('sh', false);

function shell(name: string, ansi: boolean): Language<ShellState> {
  return { name, start: scriptStart, read: readShell, put };

  function put(state: ShellState, value: Value, next: string): string {
    const top = state.frames.at(-1)!;
    const list = value instanceof Words && top.in === 'code' && !top.started && !state.escaped;
    if (!list) return one(state, textOf(value), next, false);
    return value.words.map((word) => one(state, word, ' ', true)).join(' ');
  }

  function one(state: ShellState, text: string, next: string, listed: boolean): string {
    const top = state.frames.at(-1)!;
    if (state.escaped) throw misplaced('right after a backslash', 'Leave out the backslash.');
    if (state.delimiter) throw misplaced('in the delimiter of a here-document', 'Write the delimiter itself.');
    if (state.dollar === 'sign') throw misplaced('right after a $', 'Write \\$ for the character.');
    if (state.dollar === 'name') throw misplaced('right after the name of a variable', 'Write ${name} with braces.');
    if (top.in === 'arithmetic' || (top.in === 'code' && top.started && /^[A-Za-z_]\w*\[[^\]]*$/.test(top.word))) {
      if (isNumber(text)) return text;
      throw new Unencodable('is no whole number, and stands in arithmetic', 'Write a whole number.');
    }
    if (state.frames.some((frame) => frame.in === 'parameter')) {
      if (/^[A-Za-z0-9_]*$/.test(text)) return text;
      throw special('inside of ${...}');
    }
    if (
      state.frames.some(
        (frame) => (frame.in === 'code' && (frame.inner || frame.close === '`')) || (frame.in === 'here' && frame.inner),
      )
    ) {
      if (!harmless.test(text)) throw special('in a program within the program (an interpreter, or between backticks)');
    }
    if (/[[$`]/.test(text) && state.frames.findLast((frame) => frame.in === 'code')?.test)
      throw special('in a test, which may calculate with it');
    if (!listed) optionsRefused(state, text);
    switch (top.in) {
      case 'code':
        return word(top, text, next);
      case 'single':
        return text.replace(new RegExp(`'|${broken.source}`, 'g'), (part) => (part === "'" ? "'\\''" : `'${ansiQuoted(part)}'`));
      case 'double':
        return text.replace(new RegExp(`["\\\\$\`]|${broken.source}`, 'g'), (part) =>
          controls.test(part) ? `"${ansiQuoted(part)}"` : `\\${part}`,
        );
      case 'ansi':
        return ansiBody(text);
      case 'comment':
        return line(text);
      case 'here': {
        const plain = line(text);
        const [first = '', more] = next.split('\n', 2);
        const whole = (top.line + plain + first).replace(top.tabs ? /^\t+/ : /^/, '');
        if (more === undefined ? top.delimiter.startsWith(whole) : top.delimiter === whole)
          throw new Unencodable('would end the here-document that it stands in', 'Write another value.');
        return top.quoted ? plain : plain.replace(/[\\$`]/g, '\\$&');
      }
    }
    throw new Error(`a value in ${top.in}`);
  }

  /** One literal word, or part of one. */
  function word(top: Code, text: string, next: string): string {
    if (text === '') return top.started || /^[^\s;&|<>()]/.test(next) ? '' : "''";
    const commands = top.words === 0 && !top.array && !top.redirect && !assignment.test(top.word);
    const safe =
      /^[A-Za-z0-9_./:@%+,=-]+$/.test(text) &&
      !(/^[<>]/.test(next) && isNumber(text)) &&
      !(commands && (text.includes('=') || (!top.started && reserved.has(text)))) &&
      (!top.word.includes('{') || isNumber(text));
    if (safe) return text;
    return controls.test(text) ? ansiQuoted(text) : `'${text.replaceAll("'", "'\\''")}'`;
  }

  function ansiQuoted(text: string): string {
    return `$'${ansiBody(text)}'`;
  }

  function ansiBody(text: string): string {
    if (!ansi && controls.test(text))
      throw new Unencodable(
        'holds a line break or control character, which sh has no words for',
        'Begin the script with #!/bin/bash.',
      );
    return text
      .replace(/['\\]/g, '\\$&')
      .replace(new RegExp(controls, 'g'), (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
  }
}

/** The delimiter of the here-document that a script leaves open. @param end where the reader is after the script's text */
export function unclosedHereDocument(language: Language, end: unknown): string | undefined {
  if (language.name !== bash.name && language.name !== sh.name) return undefined;
  const open = (end as ShellState).frames.find((frame) => frame.in === 'here');
  if (open?.in !== 'here' || (open.tabs ? open.line.replace(/^\t+/, '') : open.line) === open.delimiter) return undefined;
  return open.delimiter;
}

/** What quotes can hold, and yet would be mistaken for the author's own lines. */
const broken = new RegExp(`${controls.source}+`);

/** A value that is a whole argument may not become an option of the program. */
function optionsRefused({ frames }: ShellState, text: string): void {
  const top = frames.at(-1)!;
  const of = top.in === 'code' ? top : top.in === 'single' || top.in === 'double' ? frames.at(-2) : undefined;
  if (of?.in !== 'code' || of.word !== '' || (top === of && of.started) || !text.startsWith('-') || isNumber(text)) return;
  if (of.redirect || of.afterOptions || of.test || (of.name === 'printf' && of.words > 1)) return;
  throw new Unencodable(
    'begins with a hyphen, so the program would read it as an option',
    'Write a value without it; in the profile -- before the value, or {{words ...}} if options are meant.',
  );
}

function line(text: string): string {
  if (controls.test(text))
    throw new Unencodable('holds a line break or control character, and stands in one line', 'Write it without.');
  return text;
}

function misplaced(where: string, fix: string): Unencodable {
  return new Unencodable(`stands ${where}, where no value can`, fix);
}

function special(where: string): Unencodable {
  return new Unencodable(
    `has other characters than letters, digits and _./:@+-, and stands ${where}`,
    'Give it to a variable of the script first, in a line of its own: name={{...}}, then "$name".',
  );
}
