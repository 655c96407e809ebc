/**
 * Folders of this process alone: gone when the work is done or the process ends, and what kill -9 leaves is removed by the next run. Only
 * what is marked as scratch by a process that is gone is removed, never by its name alone.
 */
import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit';
import { worded } from './disk-refusal';
import { SPEECHLESS_MILLISECONDS } from './lock';
import { MARKER, type Marker, readMarker, writeMarker } from './marker';
import { isRunning, lifeOf, ownIdentity } from './process-identity';

export interface Scratch {
  readonly path: string;
  readonly remove: () => void;
}

/** Where what is being replaced stands for a moment: a run that is killed right then gets it back. */
export const OLD = 'old';

const swept = new Set<string>();

/** @param purpose part of the name: letters and hyphens */
export function scratchFolder(parent: string, purpose: string): Scratch {
  sweepScratch(parent);
  let path: string;
  try {
    // Hidden beside files of the user, in sight where everybody's temporary folders are.
    path = mkdtempSync(join(parent, `${parent === tmpdir() ? '' : '.'}meissa-${purpose}-${process.pid}-`));
  } catch (error) {
    throw worded(error, parent);
  }
  writeMarker(path, { kind: 'scratch', process: ownIdentity() });
  const remove = (): void => {
    forget();
    removeWhole(path);
  };
  const forget = atExit(remove);
  return { path, remove };
}

/** Runs work with a folder in the system's temporary one. */
export function withTemporaryFolder<T>(purpose: string, work: (folder: string) => Promise<T>): Promise<T>;
export function withTemporaryFolder<T>(purpose: string, work: (folder: string) => T): T;
export function withTemporaryFolder<T>(purpose: string, work: (folder: string) => T | Promise<T>): T | Promise<T> {
  const { path, remove } = scratchFolder(tmpdir(), purpose);
  let made: T | Promise<T>;
  try {
    made = work(path);
  } catch (error) {
    remove();
    throw error;
  }
  if (made instanceof Promise) return made.finally(remove);
  remove();
  return made;
}

/** Removes what processes that are gone left in a folder; once a run and folder. */
export function sweepScratch(parent: string): void {
  if (swept.has(parent)) return;
  swept.add(parent);
  for (const name of namesIn(parent)) {
    if (!/^\.?meissa-[a-z-]+-\d+-\w{6}$/.test(name)) continue;
    try {
      removeLeft(parent, name);
    } catch {
      // Another run removed it first, or it is another user's.
    }
  }
}

function removeLeft(parent: string, name: string): void {
  const path = join(parent, name);
  const status = lstatSync(path);
  if (!status.isDirectory() || (process.getuid !== undefined && status.uid !== process.getuid())) return;
  const marker = readMarker(path);
  const isSpeechless =
    !isRunning(Number(/-(\d+)-\w{6}$/.exec(name)![1])) &&
    Date.now() - status.mtimeMs > SPEECHLESS_MILLISECONDS &&
    namesIn(path).every((each) => each === MARKER && lstatSync(join(path, each)).size === 0);
  if (!isSpeechless && !isOfOneGone(marker)) return;
  for (const old of namesIn(join(path, OLD))) {
    if (!existsSync(join(parent, old))) renameSync(join(path, OLD, old), join(parent, old));
  }
  removeWhole(path);
}

/** The marker goes last: a removal that is killed half-way is gone on with. */
function removeWhole(path: string): void {
  // From here on it is not wanted back: half of it would be worse than nothing.
  if (existsSync(join(path, OLD))) renameSync(join(path, OLD), join(path, 'gone'));
  for (const each of namesIn(path)) {
    if (each !== MARKER) rmSync(join(path, each), { recursive: true, force: true, maxRetries: 3 });
  }
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

function isOfOneGone(marker: Marker | undefined): boolean {
  return marker?.kind === 'scratch' && marker.process !== undefined && lifeOf(marker.process) === 'gone';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
