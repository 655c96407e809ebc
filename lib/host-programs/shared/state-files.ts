/** Files of a program's own folder. A link that somebody put there in the place of one is neither read nor written through. */
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a file of one's own is opened to be read: not through a link. */
export const OWN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** All of a file of one's own. Throws what open(2) says, ELOOP for a link. */
export function readOwn(path: string): string {
  const fd = openSync(path, OWN);
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/** A file that wasn't there: what stood at its name goes, whatever it was, and nothing is written through it. For its owner alone. */
export async function anew(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, 'wx', 0o600);
}

/** Replaces a file by a text, wholly or not at all, also when the power fails. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const handle = await anew(`${path}.new`);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}

/** A file's name is on disk when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
