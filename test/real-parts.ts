/** Real parts, written by others: programs that `scripts/real-parts` installs and tests run against what we emit. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = join(__dirname, '..');

/** Where `scripts/real-parts` puts them. */
export const REAL_PARTS = process.env.MEISSA_REAL_PARTS ?? join(ROOT, '.meissa', 'real-parts');

/** Path of a program: the installed one, else one on PATH. */
export function findRealPart(program: string): string | undefined {
  const folders = [join(REAL_PARTS, 'bin'), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/**
 * `describe` with a real part. Without it the tests are skipped with a printed reason; in CI they fail, because a
 * second opinion that nobody asked for is none.
 *
 * @param tests gets the path of the program
 */
export function describeWithRealPart(program: string, title: string, tests: (path: string) => void): void {
  describeWithRealParts([program], [], title, (path) => tests(path(program)));
}

/**
 * The same with several programs.
 *
 * @param lacks what else keeps the tests from running, in words
 * @param tests gets what tells the path of a program
 */
export function describeWithRealParts(
  programs: readonly string[],
  lacks: readonly string[],
  title: string,
  tests: (path: (program: string) => string) => void,
): void {
  const missing = programs.filter((program) => findRealPart(program) === undefined);
  const reasons = missing.length === 0 ? lacks : [`${missing.join(', ')} is not installed: run scripts/real-parts`, ...lacks];
  const path = (program: string): string => findRealPart(program) ?? program;
  if (reasons.length === 0) {
    describe(title, () => tests(path));
    return;
  }
  const reason = reasons.join('; ');
  if (process.env.CI === 'true') {
    test(title, () => {
      throw new Error(reason);
    });
    return;
  }
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  describe.skip(title, () => tests(path));
}

/**
 * `test` where the machine can run it: elsewhere it is skipped with a printed reason, and in CI it fails.
 *
 * @param lacks what keeps it from running, in words
 */
export function testWhere(lacks: readonly string[], title: string, body: jest.ProvidesCallback, timeout?: number): void {
  describeWithRealParts([], lacks, title, () => test('where it can run', body, timeout));
}

/** Why what only Linux has can't be asked; empty where it can. */
export function lacksLinux(): string[] {
  return process.platform === 'linux' ? [] : ['it needs Linux'];
}

/** Why what only root may do can't be done; empty where it can. */
export function lacksRoot(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? [] : ['it needs root on Linux'];
}

/** Why no network namespaces can be made here; empty where they can. */
export function lacksNamespaces(): string[] {
  return lacksRoot().map((reason) => `network namespaces: ${reason}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
