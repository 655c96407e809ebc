/** The lock of what is written into a folder: `.meissa.lock`, in the folder itself. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { worded } from './disk-refusal';
import { type Lock, type LockOptions, withLock } from './lock';
import { sweepScratch } from './scratch';

export type { LockOptions } from './lock';

export const LOCK_FILE = '.meissa.lock';

/** Proof that a folder is this process's to write into. */
export interface FolderLock extends Lock {
  readonly folder: string;
}

/**
 * Runs work while a folder is locked. What killed runs left in it is removed first.
 *
 * @throws DiskRefusal where it is no folder, can't be written, or another run that lives holds it
 */
export async function withFolderLock<T>(
  folder: string,
  options: LockOptions,
  work: (lock: FolderLock) => Promise<T> | T,
): Promise<T> {
  let real: string;
  try {
    real = realpathSync(folder);
  } catch (error) {
    throw worded(error, folder);
  }
  return withLock(join(real, LOCK_FILE), options, (lock) => {
    sweepScratch(real);
    return work({ ...lock, folder: real });
  });
}
