import { Unencodable } from './unencodable';
import { textOf, type Value } from './value';

/**
 * How values stand in the texts of one language. The text around them comes from authors of profiles and is read, too: what a
 * value has to look like depends on where it stands.
 */
export interface Language<State = unknown> {
  /** What `language:` of a fragment calls it. */
  readonly name: string;
  /** Where a reader is before the first character. */
  readonly start: State;
  /** Where the reader is after so much more of the text. A value is one `placeholder` to it. */
  read(state: State, text: string): State;
  /**
   * What stands for the value at that place: a reader gets exactly the value back, and nothing else.
   * @param next the text that follows, up to the next value
   * @throws Unencodable where this place can't hold it
   */
  put(state: State, value: Value, next: string): string;
}

/** What `Language.read` gets in place of a value. */
export const placeholder = '\u0001';

/** A value that could not be written; `index` counts the values from 0. */
export interface Unwritten {
  readonly index: number;
  readonly problem: Unencodable;
}

/**
 * Puts values between texts, as the language wants them.
 * @param texts one more than there are values
 */
export function write<State>(
  language: Language<State>,
  texts: readonly string[],
  values: readonly Value[],
): { readonly text: string; readonly problems: readonly Unwritten[] } {
  const { text, problems } = writeToEnd(language, texts, values);
  return { text, problems };
}

/** The same, and where a reader is after all of it. */
export function writeToEnd<State>(
  language: Language<State>,
  texts: readonly string[],
  values: readonly Value[],
): { readonly text: string; readonly problems: readonly Unwritten[]; readonly end: State } {
  let text = texts[0]!;
  let state = language.read(language.start, text);
  const problems: Unwritten[] = [];
  for (const [index, value] of values.entries()) {
    const next = texts[index + 1]!;
    try {
      if (/\0|\p{Surrogate}/u.test(textOf(value)))
        throw new Unencodable('holds a NUL or half a character', 'Write text without them.');
      text += language.put(state, value, next);
    } catch (problem) {
      if (!(problem instanceof Unencodable)) throw problem;
      problems.push({ index, problem });
    }
    text += next;
    state = language.read(language.read(state, placeholder), next);
  }
  return { text, problems, end: state };
}
