// Whether a source is newer than the last build, `dist/.built`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What else goes into dist/. */
const ALSO = ['tsconfig.json', 'package-lock.json', 'scripts/bundle.mjs', 'scripts/compiled.mjs'];

/** @param root folder of the package */
export function stale(root) {
  const stamp = join(root, 'dist', '.built');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const changed = (path) => statSync(path).mtimeMs > built;
  const newer = (folder) =>
    readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newer(path) : /\.(ts|json)$/.test(entry.name) && changed(path);
    });
  return newer(join(root, 'lib')) || newer(join(root, 'bin')) || ALSO.some((name) => changed(join(root, name)));
}
