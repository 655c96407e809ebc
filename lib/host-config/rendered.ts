import { type Language, writeToEnd } from '../encode/language';
import type { Unencodable } from '../encode/unencodable';
import { textOf, type Value } from '../encode/value';

/** A template that was run. Its values are kept apart from its text until it is known which language the text is. */
export interface Rendered {
  /** The text, with a `mark` where a value stands. */
  readonly marked: string;
  readonly values: readonly PutValue[];
}

/** A value that `{{name}}` in this line of its template has put. */
export interface PutValue {
  readonly value: Value;
  readonly line: number;
  readonly name: string;
}

/** Where value `index` stands. NUL is in no template. */
export function mark(index: number): string {
  return `\0${index}\0`;
}

/** The text with its values as they are: for what a pattern checks afterwards. */
export function plainText({ marked, values }: Rendered): string {
  return marked.replace(/\0(\d+)\0/g, (_, index) => textOf(values[Number(index)]!.value));
}

/** The text with its values as the language wants them, and those that it can't hold. */
export function encodedText(
  { marked, values }: Rendered,
  language: Language,
): {
  readonly text: string;
  readonly problems: readonly { readonly put: PutValue; readonly problem: Unencodable }[];
  readonly end: unknown;
} {
  const parts = marked.split(/\0(\d+)\0/);
  const put = parts.flatMap((part, at) => (at % 2 === 1 ? [values[Number(part)]!] : []));
  const { text, problems, end } = writeToEnd(
    language,
    parts.filter((_, at) => at % 2 === 0),
    put.map(({ value }) => value),
  );
  return { text, end, problems: problems.map(({ index, problem }) => ({ put: put[index]!, problem })) };
}
