// `node --require test/child/typescript.cjs some.ts`: runs TypeScript of this repository in a child process, with the
// compiler that jest uses. What runs is always what stands in lib/, whether it was built or not. Under jest what one child has
// compiled the next ones read: a start of the command line has three hundred files.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.env.MEISSA_TEST_TMP && join(process.env.MEISSA_TEST_TMP, 'typescript');

require.extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  module._compile(kept(filename, source) ?? compiled(filename, source), filename);
};

const path = (filename, source) => join(folder, createHash('sha256').update(`${filename}\0${source}`).digest('hex'));

function kept(filename, source) {
  try {
    return folder && readFileSync(path(filename, source), 'utf8');
  } catch {
    return undefined;
  }
}

function compiled(filename, source) {
  const { code } = require('@swc/core').transformSync(source, {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  if (folder) keep(path(filename, source), code);
  return code;
}

/** Whole or not at all: others read meanwhile. Where it can't be written, as for another user, it is compiled the next time, too. */
function keep(file, code) {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}
