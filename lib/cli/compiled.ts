/**
 * The program with the code that V8 compiled of it when it was built (`scripts/compiled.mjs`). A verb lives half a second, and a sixth of that
 * went into compiling what the last run had compiled. Node 22 keeps such code itself.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

export interface CompiledProgram {
  /** `cachedDataRejected` is false where the kept code is used. */
  readonly script: Script;
  run(): void;
}

/**
 * A bundle, with what stands in the `.compiled` beside it where that is of this very file; V8 refuses what another version of it wrote.
 * Undefined where there is no bundle, as in tests, where Node can't, or needs no help.
 */
export function compiledProgram(file: string): CompiledProgram | undefined {
  // V8 optimises code too early for a verb, and spends a third of the CPU on it. What stays hot is still optimised, later. The flag is named
  // in the V8 of Node 20, and code that was kept with other flags is refused.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=2000000');
  if ('enableCompileCache' in Module || constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER === undefined || !existsSync(file))
    return undefined;
  const cachedData = keptCode(file);
  const script = new Script(Module.wrap(readFileSync(file, 'latin1')), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const run = (): void => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  };
  return { script, run };
}

/** Name of a bundle's kept code. */
export function keptPath(file: string): string {
  return file.replace(/\.js$/, '.compiled');
}

/** The first line of kept code: which file it is of. V8 itself compares no more than the length. */
export function keptMark(file: string): Buffer {
  const { mtimeMs, size } = statSync(file);
  return Buffer.from(`${size} ${mtimeMs}\n`);
}

/** Undefined where there is none of this very file. */
export function keptCode(file: string): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = readFileSync(keptPath(file));
  } catch {
    return undefined;
  }
  const mark = keptMark(file);
  return kept.subarray(0, mark.length).equals(mark) ? kept.subarray(mark.length) : undefined;
}
