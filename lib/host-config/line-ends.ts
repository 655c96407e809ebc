/** Line ends and byte order marks of files that were saved or checked out on Windows. */

/** A file of a profile's folder as its readers want it, or the first line that ends as the others don't; lines count from 1. */
export type Lines = { readonly text: string } | { readonly odd: number };

/**
 * Without the byte order mark, and every line with a line feed alone: the kernel looks for the program `/bin/bash\r`, and for `#!` in the
 * first two bytes. A file that ends some lines so and some so is refused: in those a carriage return may be meant. Carriage returns within
 * a line are content.
 */
export function linesOf(text: string): Lines {
  const plain = withLineFeeds(text);
  const returns = text.match(/\r\n/g)?.length ?? 0;
  if (/^#![^\n]*\r/.test(plain)) return { odd: 1 };
  // Carriage returns alone end lines as nobody's reader here takes them.
  if (returns === 0) return plain.includes('\n') || !plain.includes('\r') ? { text: plain } : { odd: 1 };
  const feeds = text.match(/\n/g)!.length - returns;
  if (feeds === 0) return { text: plain };
  const lines = text.split('\n').slice(0, -1);
  const few = returns <= feeds;
  return { odd: lines.findIndex((line) => line.endsWith('\r') === few) + 1 };
}

/** The same of any file: for templates, which are looked at by {@link linesOf} before they are used. */
export function withLineFeeds(text: string): string {
  return text.replace(/^\uFEFF+/, '').replaceAll('\r\n', '\n');
}

/** Whether the kernel would not find the program that the first line names, because of a byte order mark or a carriage return. */
export function misreadProgram(text: string): boolean {
  return /^\uFEFF+#!|^#![^\n]*\r/.test(text);
}
