/** What a template puts into a text of another language. */
export type Value = string | number | boolean | null | Words | Json;

/** Several words, where a language knows words: options of a program. Each is one literal word. */
export class Words {
  constructor(readonly words: readonly string[]) {}
}

/** A value of JSON: as it is where the language is JSON, a text everywhere else. */
export class Json {
  constructor(readonly value: unknown) {}
}

/** The value as a person wrote it; words with a space between them. */
export function textOf(value: Value): string {
  if (value instanceof Words) return value.words.join(' ');
  if (value instanceof Json) return JSON.stringify(value.value);
  return value === null ? '' : String(value);
}

/** Characters that no language here reads as anything but themselves. */
export const harmless = /^[A-Za-z0-9_./:@+-]*$/;

/** Controls, line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them.
export const controls = /[\x00-\x1f\x7f]/;

/** Whether a value is a whole number in figures that every reader takes for the same one. */
export function isNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)$/.test(text);
}
