/** Writes files whole, and several of them all or none. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { DiskRefusal, errorCode, statusOf, worded } from './disk-refusal';
import type { FolderLock } from './folder-lock';
import { scratchFolder } from './scratch';

export interface FileText {
  /** Below the locked folder. */
  readonly path: string;
  readonly text: string;
  /** It must not be there: what came meanwhile is not written over. @default false */
  readonly isNew?: boolean;
}

interface Staged extends FileText {
  readonly to: string;
  readonly from: string;
  /** Text that stands there. @default - none */
  readonly before?: Buffer;
}

/**
 * Writes several files of a folder, all or none: every text is on the disk before the first takes its place, and when one can't take
 * its place those before it get their old text back. A reader sees the old text or the new one, never a part, also after a power cut.
 *
 * @param lock of the folder: who writes has read under the same lock
 * @throws DiskRefusal for a place that holds anything but a file, or that leads out of the folder
 */
export function writeFiles(lock: FolderLock, files: readonly FileText[]): void {
  if (files.length === 0) return;
  const scratch = scratchFolder(lock.folder, 'write');
  const placed: Staged[] = [];
  try {
    const staged = files.map((file, i): Staged => {
      const to = join(lock.folder, file.path);
      const before = standing(lock.folder, to, file);
      const from = join(scratch.path, String(i));
      writeWhole(from, file.text);
      return { ...file, to, from, ...(before === undefined ? {} : { before }) };
    });
    lock.check();
    for (const file of staged) {
      mkdirSync(dirname(file.to), { recursive: true });
      place(file);
      placed.push(file);
    }
  } catch (error) {
    for (const { to, before, from } of placed.reverse()) {
      if (before === undefined) rmSync(to, { force: true });
      else {
        writeWhole(`${from}.before`, before);
        renameSync(`${from}.before`, to);
      }
    }
    throw worded(error, lock.folder);
  } finally {
    scratch.remove();
  }
  for (const folder of new Set(placed.map(({ to }) => dirname(to)))) syncFolder(folder);
}

/**
 * Writes one file of a folder that only this program knows (a cache, the world of a rehearsal): a reader sees the old bytes or the new ones.
 */
export function placeFile(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeWhole(temporary, bytes, false);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Removes what killed runs left of `placeFile`, below a folder of ours that the caller holds the lock of. */
export function sweepParts(folder: string): void {
  if (statusOf(folder) === undefined) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/\.\d+-[0-9a-f]{12}\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function place({ from, to, path, isNew }: Staged): void {
  if (isNew !== true) {
    renameSync(from, to);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw exists(path);
    try {
      copyFileSync(from, to, constants.COPYFILE_EXCL);
    } catch (second) {
      throw errorCode(second) === 'EEXIST' ? exists(path) : second;
    }
  }
}

/** What stands in a file's place. */
function standing(root: string, to: string, { path, isNew }: FileText): Buffer | undefined {
  const inside = relative(root, realOfNearest(dirname(to)));
  if (inside === '..' || inside.startsWith(`..${sep}`))
    throw new DiskRefusal(
      'WRITE_OUTSIDE',
      `${path} leads out of ${root} by a symlink, and nothing outside of it is written`,
      `put a folder in the symlink's place`,
    );
  const status = statusOf(to);
  if (status === undefined) return undefined;
  if (isNew === true) throw exists(path);
  if (!status.isFile())
    throw new DiskRefusal(
      'WRITE_OVER',
      `${path} is ${status.isSymbolicLink() ? 'a symlink' : status.isDirectory() ? 'a folder' : 'no regular file'}, and a file is to be written there`,
      `move it away, or put a regular file in its place`,
    );
  return readFileSync(to);
}

function exists(path: string): DiskRefusal {
  return new DiskRefusal('WRITE_OVER', `${path} is there already and is not written over`, `move ${path} away, or edit it`);
}

function realOfNearest(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || statusOf(folder) !== undefined) throw worded(error, folder);
    return join(realOfNearest(dirname(folder)), 'x');
  }
}

function writeWhole(path: string, text: string | Uint8Array, sync = true): void {
  const file = openSync(path, 'wx', 0o644);
  try {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if (sync) fsyncSync(file);
  } finally {
    closeSync(file);
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
