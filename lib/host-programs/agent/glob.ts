/** Paths that match a pattern: Node has this only from 22 on. */
import { join } from 'node:path';
import { folderOf, type Reach } from './reach';

/** What was compressed holds no lines. */
const COMPRESSED = /\.(gz|xz|zst|bz2|zip|lz4)$/;

/**
 * Files that match an absolute pattern of `*`, `?`, `[...]` inside a name, and `**` for any folders. Names that begin with a dot match only
 * a pattern that does; compressed files never match; what can't or may not be read is passed over.
 */
export function matching(pattern: string, reach: Reach): string[] {
  const found: string[] = [];
  const folder = folderOf(pattern);
  walk(reach, folder, pattern.slice(folder.length).split('/').filter(Boolean), found);
  return found.filter((path) => !COMPRESSED.test(path)).sort();
}

function walk(reach: Reach, folder: string, [part, ...rest]: readonly string[], found: string[]): void {
  if (part === undefined) return;
  const last = rest.length === 0;
  if (!/[*?[]/.test(part) && !last) {
    walk(reach, join(folder, part), rest, found);
    return;
  }
  const names = reach.list(folder);
  if (part === '**') {
    walk(reach, folder, rest, found);
    for (const name of names)
      if (name.isDirectory() && !name.name.startsWith('.')) walk(reach, join(folder, name.name), [part, ...rest], found);
    return;
  }
  const matches = matcher(part);
  for (const entry of names) {
    if (!matches(entry.name)) continue;
    if (!last) walk(reach, join(folder, entry.name), rest, found);
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(join(folder, entry.name));
  }
}

function matcher(part: string): (name: string) => boolean {
  const source = part.replace(/\[[^\]]+\]|[\\^$.*+?()[\]{}|]/g, (token) =>
    token === '*'
      ? '.*'
      : token === '?'
        ? '.'
        : token.length > 1
          ? token.replace('[!', '[^').replace(/\\/g, '\\\\')
          : `\\${token}`,
  );
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.'));
}
