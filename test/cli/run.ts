/** Runs the command line in process on a copy of an estate; collects what it says. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../lib/cli/program';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function meissa(...args: string[]): Promise<Said> {
  let stdout = '';
  let stderr = '';
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
  try {
    const code = await runProgram(['node', 'meissa', ...args]);
    return { code, stdout, stderr };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const folders: string[] = [];

/** A copy of the example estate that a test may change. */
export function exampleCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-cli-'));
  folders.push(folder);
  cpSync(join(__dirname, '../../regions'), join(folder, 'regions'), { recursive: true });
  return folder;
}

export function removeCopies(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
