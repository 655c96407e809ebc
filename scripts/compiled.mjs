// Keeps the code that V8 compiles of the program while it validates the example (lib/cli/compiled.ts). The last step of a build; where Node
// keeps such code itself there is nothing to do.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { compiledProgram, keptMark, keptPath } = createRequire(import.meta.url)(join(root, 'dist/lib/cli/compiled.js'));
const file = join(root, 'dist/bin/program.js');
// It is read as it stands, a byte a letter.
if (/[^\0-\x7f]/.test(readFileSync(file, 'utf8'))) throw new Error(`${file} has letters that are none of ASCII`);
rmSync(keptPath(file), { force: true });
const program = compiledProgram(file);
if (program !== undefined) {
  process.argv = [process.execPath, join(root, 'dist/bin/meissa.js'), 'validate', '--json', '--root', root];
  process.stdout.write = (_, encoding, done = encoding) => typeof done === 'function' && done() !== undefined;
  process.once('exit', () => {
    const half = `${keptPath(file)}.${process.pid}`;
    writeFileSync(half, Buffer.concat([keptMark(file), program.script.createCachedData()]));
    renameSync(half, keptPath(file));
    process.exitCode = 0;
  });
  program.run();
}
