/** Paths that match a pattern: Node has this only from 22 on. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What was compressed holds no lines. */
const COMPRESSED = /\.(gz|xz|zst|bz2|zip|lz4)$/;

/**
 * Files that match an absolute pattern of `*`, `?`, `[...]` inside a name, and `**` for any folders. Names that begin with a dot match only
 * a pattern that does; compressed files never match; what can't be read is passed over.
 */
export async function matching(pattern: string): Promise<string[]> {
  const found: string[] = [];
  await walk('/', pattern.split('/').filter(Boolean), found);
  return found.filter((path) => !COMPRESSED.test(path)).sort();
}

async function walk(folder: string, [part, ...rest]: readonly string[], found: string[]): Promise<void> {
  if (part === undefined) return;
  const last = rest.length === 0;
  if (!/[*?[]/.test(part) && !last) return walk(join(folder, part), rest, found);
  const names = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  if (part === '**') {
    await walk(folder, rest, found);
    for (const name of names)
      if (name.isDirectory() && !name.name.startsWith('.')) await walk(join(folder, name.name), [part, ...rest], found);
    return;
  }
  const matches = matcher(part);
  for (const entry of names) {
    if (!matches(entry.name)) continue;
    if (!last) await walk(join(folder, entry.name), rest, found);
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
