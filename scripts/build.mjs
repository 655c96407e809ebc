// Compiles when a source is newer than the last build: `cdk` runs this before every command, and bare tsc costs more than the check.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const changed = (path) => statSync(path).mtimeMs > built;
const newer = (folder) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newer(path) : /\.(ts|json)$/.test(entry.name) && changed(path);
  });
const force = process.argv.includes('--force');
if (
  force ||
  newer(join(root, 'lib')) ||
  newer(join(root, 'bin')) ||
  ['tsconfig.json', 'package-lock.json', 'scripts/bundle.mjs', 'scripts/compiled.mjs'].some((f) => changed(join(root, f)))
) {
  const started = new Date();
  run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json'));
  run(join(root, 'scripts', 'bundle.mjs'));
  run(join(root, 'scripts', 'compiled.mjs'));
  // A source that was written while tsc ran is newer than this, and is compiled the next time.
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
