/** What lies in a folder, for tests that hold it against what lay there before. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Everything below a folder by its path: a file's bytes (one character a byte), `-> target` of a symlink, '' of a folder (its path
 * ends with a slash). Symlinks are not followed.
 */
export function treeOf(folder: string, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const status = lstatSync(path);
    if (status.isSymbolicLink()) found[prefix + name] = `-> ${readlinkSync(path)}`;
    else if (status.isDirectory()) Object.assign(found, { [`${prefix}${name}/`]: '' }, treeOf(path, `${prefix}${name}/`));
    else found[prefix + name] = readFileSync(path, 'latin1');
  }
  return found;
}
