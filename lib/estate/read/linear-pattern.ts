/**
 * Regular expressions that people write in profiles. JavaScript's engine tries every way through a text, and `^(a+)+$` has more ways
 * than there is time; RE2 reads a text once. A pattern means the same in both, so that an editor says what `meissa validate` says.
 */
import { RE2JS } from 're2js';

/** A pattern that has been compiled, or why it can't be and what to write. */
export type LinearPattern = { readonly test: (text: string) => boolean } | { readonly wrong: string; readonly fix: string };

/** Characters of a pattern: that of a date with its time zone has sixty. */
const LONGEST = 1000;

const compiled = new Map<string, LinearPattern>();

/** @param pattern as JSON Schema has it: JavaScript's, with the flag `u` */
export function linearPattern(pattern: string): LinearPattern {
  let known = compiled.get(pattern);
  if (known === undefined) {
    known = compile(pattern);
    compiled.set(pattern, known);
  }
  return known;
}

function compile(pattern: string): LinearPattern {
  if (pattern.length > LONGEST) {
    return { wrong: `the pattern has ${pattern.length} characters`, fix: `write one of at most ${LONGEST}` };
  }
  try {
    new RegExp(pattern, 'u');
  } catch {
    return { wrong: 'the pattern is not a regular expression', fix: 'correct the pattern' };
  }
  if (looks(pattern)) {
    return {
      wrong: 'the pattern looks around, or back at what it matched',
      fix: 'leave (?=...), (?!...), (?<=...), (?<!...), \\1 and \\k<...> out, and say what is allowed in classes such as [a-z0-9-]; lengths have minLength and maxLength',
    };
  }
  try {
    const re2 = RE2JS.compile(RE2JS.translateRegExp(inRe2(pattern)));
    return { test: (text) => re2.test(text) };
  } catch (error) {
    return {
      wrong: `the pattern is none of RE2: ${(error as Error).message.split('\n')[0]}`,
      fix: 'write classes, groups and counts of at most 1000, whose product is at most 1000 where they are nested (https://github.com/google/re2/wiki/Syntax)',
    };
  }
}

/** Whether it looks around, or back, where it is neither escaped nor in a class. */
function looks(pattern: string): boolean {
  const bare = pattern.replace(/\\[^1-9k]|\[(?:\\[\s\S]|[^\]\\])*\]/g, '');
  return /\(\?<?[=!]|\\[1-9k]/.test(bare);
}

/** What is written alike and means another thing: `.` is no line break of Unicode in JavaScript, `\s` every space of it, `[` in a class a bracket. */
const BREAKS = '\\n\\r\\x{2028}\\x{2029}';
const SPACES = '\\t\\n\\x{b}\\f\\r\\x{feff}\\x{2028}\\x{2029}\\p{Zs}';

function inRe2(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\[\s\S]|[[\].]/g, (token) => {
    switch (token) {
      case '[':
        if (inClass) return '\\[';
        inClass = true;
        return token;
      case ']':
        inClass = false;
        return token;
      case '.':
        return inClass ? token : `[^${BREAKS}]`;
      case '\\s':
        return inClass ? SPACES : `[${SPACES}]`;
      case '\\S':
        return inClass ? token : `[^${SPACES}]`;
      default:
        return token;
    }
  });
}
