/**
 * Ordinary mistakes in texts that can't be read as YAML, each by its name. A parser says where it stopped; what somebody did is often on
 * the line before, and is looked for by the line as it is written. A mend is told only where the text has fewer problems with it.
 */
import { narrow } from '../schema/meant';

export interface Mistake {
  /** Of the first line, from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The lines as they would be right: by number, from 1; undefined where the line goes. */
  readonly lines: ReadonlyMap<number, string | undefined>;
  readonly note?: string;
}

interface Line {
  readonly number: number;
  readonly text: string;
  /** The same length, without what stands in quotes, in comments and in blocks. */
  readonly bare: string;
}

/** One kind of mistake: the line as it would be right, where it has it. */
interface Kind {
  readonly message: (line: Line, found: RegExpExecArray) => string;
  readonly pattern: RegExp;
  readonly mend: (line: Line, found: RegExpExecArray) => string | undefined;
  readonly note?: string;
  /** Lines that are looked at: all of those that have it together; each of the text; only those where the parser stopped. @default 'near' */
  readonly at?: 'all' | 'each';
}

/** A line whose value is a list or a mapping in brackets. */
const IN_BRACKETS = /^\s*(?:- )?(?:[\w.@-]+:\s+)?[[{](?!\{)/;
/** A value within brackets that has braces of a template in it. */
const BRACES = /([:,[]\s+)[^\s"',[\]{}]*(?:\{\{[^{}"']*\}\}[^\s"',[\]{}]*)+/;

const KINDS: readonly Kind[] = [
  {
    pattern: /^[ ]*[\t\u00a0\u3000][\t\u00a0\u3000 ]*(?=\S)/,
    at: 'all',
    message: (_, [found]) =>
      `the line is indented by ${found.includes('\t') ? 'a tab' : found.includes('\u3000') ? 'a full-width space' : 'a space that is none (U+00A0)'}, which is no indentation in YAML`,
    mend: ({ text }, [found]) => found.replace(/[\t\u3000]/g, '  ').replace(/\u00a0/g, ' ') + text.slice(found.length),
  },
  {
    pattern: /[：，；（）【】｛｝　“”‘’„«»]/,
    at: 'all',
    message: ({ bare }, [sign]) =>
      `${bare.match(/[“”‘’„«»]/) ? 'a typographic quote' : 'a full-width sign'} ${sign} stands where YAML has ${narrow(quoted(sign)).trim() || 'a space'}`,
    mend: ({ text, bare }) =>
      [...text]
        .map((sign, i) =>
          bare[i] === sign
            ? sign === '：' && !/\s/.test(text[i + 1] ?? ' ')
              ? ': '
              : sign === '，' && !/\s/.test(text[i + 1] ?? ' ')
                ? ', '
                : narrow(quoted(sign))
            : sign,
        )
        .join(''),
  },
  {
    pattern: /^(\s*(?:- )?)(\/\/|\/\*)\s*/,
    message: (_, [, , sign]) => `${sign} begins no comment in YAML`,
    mend: ({ text }, [found, indent]) => `${indent}# ${text.slice(found.length).replace(/\s*\*\/\s*$/, '')}`,
  },
  {
    pattern: /^(\s*(?:- )?)([\w.@-]+)\s*(?::=|=>|=)\s*(?=\S)/,
    message: () => 'a colon and a space stand between a key and its value, not =',
    mend: ({ text }, [found, indent, key]) => `${indent}${key}: ${text.slice(found.length)}`,
  },
  {
    pattern: /^(\s*(?:- )?)([A-Za-z_][\w.@-]*):(?=[^\s:/])/,
    message: (_, [, , key]) => `no space stands behind the colon of ${key}`,
    mend: ({ text }, [found]) => `${found} ${text.slice(found.length)}`,
  },
  {
    pattern: /^(\s*)-(?=[A-Za-z0-9"'{])/,
    message: () => 'no space stands behind the dash of a list',
    mend: ({ text }, [found]) => `${found} ${text.slice(found.length)}`,
  },
  {
    pattern: BRACES,
    message: () => 'a value with {{ in it stands in quotes',
    mend: ({ text, bare }) =>
      IN_BRACKETS.test(bare)
        ? [...bare.matchAll(new RegExp(BRACES, 'g'))].reduceRight((line, { index, 0: found, 1: before }) => {
            const [from, to] = [index + before!.length, index + found.length];
            return `${line.slice(0, from)}${JSON.stringify(line.slice(from, to))}${line.slice(to)}`;
          }, text)
        : undefined,
  },
  {
    pattern: /(:\s+)(?=[@`%]|\*[^\w]|&\s|\{\{)(.*)$/,
    message: ({ text }, { index, 1: before }) =>
      `a value that begins with ${text.slice(index + before!.length).startsWith('{{') ? '{{' : text[index + before!.length]} stands in quotes`,
    mend: ({ text }, { index, 1: before }) => {
      const from = index + before!.length;
      return `${text.slice(0, from)}${JSON.stringify(text.slice(from).trimEnd())}`;
    },
  },
  {
    pattern: /^(\s*(?:- )?[\w.@-]+:\s+)(?=[^\s'"#[{|>&*!])([^#]*?:\s.*|.*:)$/,
    message: () => 'a value with a colon and a space in it stands in quotes',
    mend: ({ text }, [, key]) => `${key}${JSON.stringify(text.slice(key!.length).trimEnd())}`,
  },
  {
    pattern: /^(\s*(?:- )?)([A-Za-z_][\w.@-]*)\s+([\w./"'-]+)\s*$/,
    message: (_, [, , key]) => `no colon stands behind ${key}`,
    mend: ({ text }, [, indent, key]) => `${indent}${key}: ${text.slice(indent!.length + key!.length).trimStart()}`,
  },
  {
    pattern: /^(\s*(?:- )?)([A-Za-z_][\w.@-]*)\s*$/,
    message: (_, [, , key]) => `no colon stands behind ${key}`,
    mend: (_, [, indent, key]) => `${indent}${key}:`,
  },
  {
    pattern: /^.*$/,
    at: 'each',
    message: ({ bare }) => `a quote ${quoteOf(bare)} is opened and not closed`,
    mend: ({ text, bare }) => (quoteOf(bare) === '' ? undefined : `${text.trimEnd()}${quoteOf(bare)}`),
  },
  {
    pattern: /^.*$/,
    message: ({ bare }) => `a bracket ${open(bare).at(-1) ?? ''} is opened and not closed`,
    mend: ({ text, bare }) =>
      open(bare) === ''
        ? undefined
        : `${text.trimEnd().replace(/,$/, '')}${[...open(bare)]
            .reverse()
            .map((sign) => (sign === '[' ? ']' : ' }'))
            .join('')}`,
  },
  {
    pattern: /[\]}]\s*$/,
    message: ({ bare }) => `a bracket ${bare.trimEnd().at(-1)} closes nothing`,
    mend: ({ text }) => text.trimEnd().slice(0, -1),
  },
];

function quoted(sign: string): string {
  return '“”„«»'.includes(sign) ? '"' : '‘’'.includes(sign) ? "'" : sign;
}

/** The quote of a line that is left open. */
function quoteOf(bare: string): string {
  return /(?<=^|[\s[{,:])(["'])[^"']*$/.exec(bare)?.[1] ?? '';
}

/** The brackets of a line that are left open. */
function open(bare: string): string {
  const left: string[] = [];
  for (const sign of bare) {
    if (sign === '[' || sign === '{') left.push(sign);
    else if (sign === ']' || sign === '}') left.pop();
  }
  return left.join('');
}

/** Lines a mistake may be on when the parser stops at another one: a quote swallows what comes after it. */
const BEFORE = 3;

/**
 * The mistake that explains best why a text can't be read.
 *
 * @param stopped lines at which a parser stopped, from 1; none where it read the text to its end
 * @param problems how many problems a text has: what a mend has to lower
 */
export function mistakeOf(text: string, stopped: readonly number[], problems: (text: string) => number): Mistake | undefined {
  const all = text.split('\n');
  const lines = withoutTexts(all);
  const conflict = conflictOf(all);
  if (conflict !== undefined) return conflict;
  if (stopped.length === 0) return strangeIndentation(lines);
  const before = problems(text);
  const [first = 1] = stopped;
  const near = [first, ...Array.from({ length: BEFORE }, (_, i) => first - 1 - i), first + 1].filter(
    (n) => n >= 1 && n <= all.length,
  );
  const tried = (mended: ReadonlyMap<number, string | undefined>): boolean => problems(applied(all, mended)) < before;
  for (const kind of KINDS) {
    const numbers = kind.at === undefined ? near : lines.map(({ number }) => number);
    const found = numbers.flatMap((number) => {
      const line = lines[number - 1]!;
      const match = line.bare.trim() === '' ? null : kind.pattern.exec(line.bare);
      const mended = match === null ? undefined : kind.mend(line, match);
      return match === null || mended === undefined || mended === line.text ? [] : [{ line, match, mended }];
    });
    const attempts = kind.at !== 'all' ? found.map((one) => [one]) : found.length === 0 ? [] : [found];
    for (const attempt of attempts) {
      const mended = new Map(attempt.map(({ line, mended: now }) => [line.number, now]));
      if (!tried(mended)) continue;
      const { line, match } = attempt[0]!;
      const more = attempt.length > 1 ? ` (and ${attempt.length - 1} more lines)` : '';
      return {
        line: line.number,
        column: match.index + 1,
        message: `${kind.message(line, match)}${more}`,
        lines: mended,
        ...(kind.note !== undefined && { note: kind.note }),
      };
    }
  }
  return indentationOf(all, near, problems, before);
}

/** Spaces that are none are letters to YAML: they begin another key. */
function strangeIndentation(lines: readonly Line[]): Mistake | undefined {
  const found = lines.filter(({ bare }) => /^ *[\u00a0\u3000]/.test(bare) && bare.trim() !== '');
  const [first] = found;
  if (first === undefined) return undefined;
  const { pattern, message, mend } = KINDS[0]!;
  const mended = new Map(found.map((line) => [line.number, mend(line, pattern.exec(line.bare)!)]));
  const more = found.length > 1 ? ` (and ${found.length - 1} more lines)` : '';
  return { line: first.number, column: 1, message: `${message(first, pattern.exec(first.bare)!)}${more}`, lines: mended };
}

/** The line, with all that stands below it, at the depth of a line before it. */
function indentationOf(
  all: readonly string[],
  near: readonly number[],
  problems: (text: string) => number,
  before: number,
): Mistake | undefined {
  const offers: {
    readonly number: number;
    readonly depth: number;
    readonly wanted: number;
    readonly lines: Map<number, string>;
    readonly left: number;
  }[] = [];
  for (const number of near) {
    const text = all[number - 1] ?? '';
    if (isNothing(text)) continue;
    const depth = depthOf(text);
    for (const wanted of depthsAbove(all, number)) {
      if (wanted === depth) continue;
      for (const lines of moved(all, number, wanted)) {
        const left = problems(applied(all, lines));
        if (left < before) offers.push({ number, depth, wanted, lines, left });
      }
    }
  }
  // The mend that leaves least, changes least and keeps to pairs of spaces.
  const [best] = offers.sort(
    (a, b) =>
      a.left - b.left ||
      a.lines.size - b.lines.size ||
      (a.wanted % 2) - (b.wanted % 2) ||
      Math.abs(a.wanted - a.depth) - Math.abs(b.wanted - b.depth),
  );
  if (best === undefined) return undefined;
  const message = `the line is indented by ${best.depth} spaces, and stands beside lines of ${best.wanted}`;
  return { line: best.number, column: best.depth + 1, message, lines: best.lines };
}

/** Depths at which the line could stand below those before it. */
function depthsAbove(all: readonly string[], number: number): Set<number> {
  const depths = new Set<number>();
  for (let i = number - 2; i >= 0; i--) {
    const above = all[i]!;
    if (isNothing(above)) continue;
    depths.add(depthOf(above));
    if (/:\s*$/.test(above)) depths.add(depthOf(above) + 2);
    if (depthOf(above) === 0) break;
  }
  return depths;
}

/** The line at another depth, alone where it has a value, and with all that stands below it. */
function moved(all: readonly string[], number: number, wanted: number): Map<number, string>[] {
  const own = all[number - 1]!;
  const depth = depthOf(own);
  const alone = new Map([[number, ' '.repeat(wanted) + own.trimStart()]]);
  const lines = new Map<number, string>();
  for (let i = number - 1; i < all.length; i++) {
    const line = all[i]!;
    if (i >= number && line.trim() !== '' && depthOf(line) <= depth) break;
    if (line.trim() !== '') lines.set(i + 1, ' '.repeat(Math.max(0, depthOf(line) - depth + wanted)) + line.trimStart());
  }
  return /:\s*$/.test(own) || lines.size === 1 ? [lines] : [alone, lines];
}

function isNothing(line: string): boolean {
  return line.trim() === '' || line.trim().startsWith('#');
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** What git leaves where two changes meet: the first is kept, as an offer. */
export function conflictOf(all: readonly string[]): Mistake | undefined {
  const marker = (sign: string): RegExp => new RegExp(`^\\${sign}{7}(?:\\s|$)`);
  const begin = all.findIndex((line) => marker('<').test(line) || marker('>').test(line));
  if (begin < 0) return undefined;
  const lines = new Map<number, string | undefined>();
  let theirs = false;
  all.forEach((line, i) => {
    if (marker('<').test(line)) theirs = false;
    else if (marker('|').test(line) || marker('=').test(line)) theirs = true;
    else if (!marker('>').test(line)) {
      if (theirs) lines.set(i + 1, undefined);
      return;
    } else theirs = false;
    lines.set(i + 1, undefined);
  });
  return {
    line: begin + 1,
    column: 1,
    message: 'a conflict of git stands unresolved (<<<<<<<, =======, >>>>>>>)',
    lines,
    note: 'or what is right of both sides: these lines are those of git and of the second',
  };
}

/** The lines once they were mended. */
export function applied(all: readonly string[], mended: ReadonlyMap<number, string | undefined>): string {
  return all.flatMap((line, i) => (mended.has(i + 1) ? (mended.get(i + 1) ?? []) : line)).join('\n');
}

/** What stands in quotes, behind # and below | or > is nobody's mistake: it is hidden, sign by sign. */
function withoutTexts(all: readonly string[]): Line[] {
  let block: number | undefined;
  return all.map((text, i) => {
    const number = i + 1;
    if (block !== undefined && (text.trim() === '' || depthOf(text) > block)) return { number, text, bare: '' };
    block = undefined;
    const bare = text
      .replace(/"(?:[^"\\]|\\.)*"|(?<![\w])'(?:[^']|'')*'/g, (quote) => `"${'x'.repeat(Math.max(0, quote.length - 2))}"`)
      .replace(/(?:^|\s)#.*$/, (comment) => ' '.repeat(comment.length));
    if (/(?:^|[:-])\s+[|>][+-]?\d?\s*$/.test(bare)) block = depthOf(text);
    return { number, text, bare };
  });
}
