import { readdirSync } from 'node:fs';
import { below, checkNoLink, look } from './read-file';
import { Unreadable } from './unreadable';

/** Names that a folder may have: an estate of a thousand regions has three thousand. */
const MOST_NAMES = 20_000;

/**
 * Names in a folder below another, sorted.
 *
 * @param path below the root, with `/`
 * @returns undefined where there is no such folder
 * @throws Unreadable, also where the folder lies behind a symbolic link
 */
export function listBelow(root: string, path: string): string[] | undefined {
  const names = look(() => readdirSync(below(root, path)), path);
  if (names === undefined) return undefined;
  checkNoLink(root, path);
  if (names.length > MOST_NAMES)
    throw new Unreadable(path, `has ${names.length} names`, 'no folder of an estate has that many', `keep at most ${MOST_NAMES}`);
  return names.sort();
}
