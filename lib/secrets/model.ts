/** A secret in a text. The secret itself is never told: only where it stands and of what kind it is. */
export interface SecretFound {
  /** What it is, for people: `a GitHub token`, `a value of API_KEY`. */
  readonly kind: string;
  /** Line in the text, from 1. */
  readonly line: number;
  /** Offset of its first character, in UTF-16 units. */
  readonly start: number;
  /** Offset behind its last. */
  readonly end: number;
}

/** Where a rule found something, in the text that it was given. */
export interface Span {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Looks for one family of secrets. Takes time in proportion to the text, whatever stands in it: every repetition in its patterns is bounded,
 * or can't be split in two ways.
 */
export interface Rule {
  /** Cheaper than the look itself: false where it would find nothing, as in most texts. */
  readonly may: (text: string) => boolean;
  readonly find: (text: string) => Iterable<Span>;
}

/** Place of a named group that stands at or near the end of its match. */
export function spanOf(match: RegExpMatchArray, kind: string, value = match.groups?.secret ?? match[0]): Span {
  const start = match.index! + Math.max(0, match[0].lastIndexOf(value));
  return { kind, start, end: start + value.length };
}

/** Every match of a pattern with the flag `g`. Mostly there is none, and `matchAll` makes a pattern of its own before it looks. */
export function matches(pattern: RegExp, text: string): Iterable<RegExpExecArray> {
  pattern.lastIndex = 0;
  const any = pattern.test(text);
  pattern.lastIndex = 0;
  return any ? text.matchAll(pattern) : [];
}
