// Compiles when a source is newer than the last build: `cdk` runs this before every command, and bare tsc costs more than the check.
import { spawnSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stale } from './stale.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (process.argv.includes('--force') || stale(root)) {
  const started = new Date();
  run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json'));
  run(join(root, 'scripts', 'bundle.mjs'));
  run(join(root, 'scripts', 'compiled.mjs'));
  const stamp = join(root, 'dist', '.built');
  // A source that was written while tsc ran is newer than this, and is compiled the next time.
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
