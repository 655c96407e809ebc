/** Writes locks and region files: whole or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WrittenFile } from '../changes/change';
import { FindingsError } from '../finding';
import { secretsInOutput } from '../secret-findings';

/** Writes one file: a reader sees the old text or the new one, never a part, also after a power cut. */
export function writeFileAtomic(path: string, text: string): void {
  const temporary = writeTemporary(path, text);
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * Writes several files under a folder, all or none: every text is on the disk before the first takes its place, and when
 * one can't take its place those before it get their old text back. Throws what went wrong.
 */
export function writeFilesAtomic(root: string, files: readonly WrittenFile[]): void {
  const secrets = files.flatMap((file) => secretsInOutput(file.path, file.text));
  if (secrets.length > 0) throw new FindingsError(secrets);
  const staged: { path: string; temporary: string; before: string | undefined }[] = [];
  const placed: typeof staged = [];
  try {
    for (const file of files) {
      const path = join(root, file.path);
      const before = readOld(path);
      staged.push({ path, temporary: writeTemporary(path, file.text), before });
    }
    for (const file of staged) {
      renameSync(file.temporary, file.path);
      placed.push(file);
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    for (const { path, before } of placed) {
      if (before === undefined) rmSync(path, { force: true });
      else writeFileAtomic(path, before);
    }
    throw error;
  }
  for (const folder of new Set(staged.map(({ path }) => dirname(path)))) syncFolder(folder);
}

function writeTemporary(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o644);
  try {
    const bytes = Buffer.from(text, 'utf8');
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return temporary;
}

function readOld(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The new name itself is on the disk only when the folder is. Not every file system lets a folder be synced. */
function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, 'r');
    fsyncSync(file);
    closeSync(file);
  } catch {
    // The text is safe; only the rename may be lost with the power.
  }
}
