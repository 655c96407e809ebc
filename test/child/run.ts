/** Child processes of the tests: bounded in time, ended by their own id, and their words kept. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../root';

export { ROOT };

/** Arguments with which node runs TypeScript of this repository. */
export const TYPESCRIPT = ['--require', join(__dirname, 'typescript.cjs')];

/** Arguments with which node runs the command line: what is built, or the sources where that is of older ones (`global-setup.js`). */
export const MEISSA =
  process.env.MEISSA_TEST_BUILT === '1' ? [join(ROOT, 'dist/bin/meissa.js')] : [...TYPESCRIPT, join(ROOT, 'bin/meissa.ts')];

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Seconds. */
  readonly timeout?: number;
}

/** Runs a program to its end; one that takes too long is killed, and that is an error. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd = ROOT, env = {}, timeout = 60 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command} ${args.join(' ')} took more than ${timeout} s\n${stdout}${stderr}`));
    }, timeout * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(late);
      resolve({ code, stdout, stderr });
    });
  });
}
