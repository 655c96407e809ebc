/** Texts and paths that encoders made: what was glued together elsewhere is neither, and the compiler says so. */
import { Unencodable } from './unencodable';

declare const MADE: unique symbol;

/** The text of a whole file, written by the encoder of its language. */
export type FileText = string & { readonly [MADE]: 'text' };

/** A path below a folder, safe on every system. */
export type FilePath = string & { readonly [MADE]: 'path' };

/** For encoders: every value in the text went through them. */
export function fileText(text: string): FileText {
  return text as FileText;
}

/** Names that Windows keeps for devices, whatever the ending ("Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A path of these parts, each the name of one file or folder.
 *
 * @throws Unencodable for a part that is no plain name: it would lead elsewhere, or couldn't be written on some system
 */
export function filePath(...parts: readonly string[]): FilePath {
  for (const part of parts) {
    if (!/^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/.test(part) || DEVICE.test(part))
      throw new Unencodable(
        `${JSON.stringify(part)} can't be the name of a file or folder`,
        'write a name of letters, digits, hyphens and dots, a letter or digit first, that is no device of Windows (con, nul, com1 ...)',
      );
  }
  return parts.join('/') as FilePath;
}

/**
 * Files by path, sorted by it.
 *
 * @throws Unencodable where two paths are one on a system that takes upper for lower case
 */
export function filesByPath(files: Iterable<readonly [FilePath, FileText]>): ReadonlyMap<FilePath, FileText> {
  const found = new Map<FilePath, FileText>();
  const seen = new Set<string>();
  for (const [path, text] of files) {
    if (seen.has(path.toLowerCase())) throw new Unencodable(`two files would be ${path}`, 'give one of the two another name');
    seen.add(path.toLowerCase());
    found.set(path, text);
  }
  return new Map([...found].sort(([x], [y]) => (x < y ? -1 : 1)));
}
