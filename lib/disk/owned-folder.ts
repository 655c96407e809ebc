/**
 * Folders that are written whole. One is taken only if it is missing, empty, or marked as ours and of the same kind with nothing of
 * another's in it; anything else is refused before anything is touched.
 */
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DiskRefusal, statusOf, worded } from './disk-refusal';
import { foreignEntries, isFreshForCdk, isNobodys, isOfCdk } from './folder-content';
import { type LockOptions, withFolderLock } from './folder-lock';
import { type FolderKind, MARKER, readMarker, writeMarker } from './marker';
import { OLD, type Scratch, scratchFolder } from './scratch';

export interface OwnedFolder {
  readonly path: string;
  readonly kind: FolderKind;
}

/** A folder that is to be replaced. */
export interface Replacement extends OwnedFolder {
  /** Writes it anew, into a folder that isn't there yet; gives back what it wrote, or nothing where the kind knows. @default - removed */
  readonly write?: (fresh: string) => readonly string[] | undefined;
}

/** @returns the folder itself, behind symlinks; undefined where nothing is there. Throws DiskRefusal where it isn't free for this kind */
export function takeable({ path, kind }: OwnedFolder, fix: string): string | undefined {
  const refuse = (code: string, message: string): never => {
    throw new DiskRefusal(
      code,
      `${message}: nothing was touched`,
      `${fix}; or, where nothing in it is yours, remove ${path} yourself`,
    );
  };
  try {
    const status = statusOf(path);
    if (status === undefined) return undefined;
    if (status.isSymbolicLink() && statusOf(realOf(path) ?? '') === undefined)
      refuse('FOLDER_LINK_DANGLING', `${path} is a symlink to nothing`);
    const folder = realpathSync(path);
    if (!lstatSync(folder).isDirectory()) refuse('FOLDER_IS_A_FILE', `${path} is a file, and a folder is to be written there`);
    const marker = readMarker(folder);
    if (marker === undefined) {
      const found = readdirSync(folder).filter((name) => !isNobodys(name) || name === MARKER);
      if (found.length > 0)
        refuse(
          'FOLDER_NOT_OURS',
          `${path} holds ${list(found)}, and no marker of meissa (${MARKER}) says that it may be emptied`,
        );
      return folder;
    }
    if (marker.kind !== kind)
      refuse(
        'FOLDER_OTHER_KIND',
        `${path} is marked as ${marker.kind} by meissa, and a folder of the kind ${kind} is to be written there`,
      );
    const foreign = foreignEntries(folder, marker);
    if (foreign.length > 0)
      refuse('FOLDER_HOLDS_OTHERS', `${path} holds ${list(foreign)}, which meissa did not write and will not delete`);
    return folder;
  } catch (error) {
    throw worded(error, path);
  }
}

/**
 * Puts new folders in the place of old ones, all or none: all are looked at, written beside their place, and only then renamed. Locks the
 * folders that they stand in.
 *
 * @param fix what to write where one isn't free
 */
export async function replaceFolders(folders: readonly Replacement[], lock: LockOptions, fix: string): Promise<void> {
  for (const folder of folders) takeable(folder, fix);
  const wanted = folders.filter(({ path, write }) => write !== undefined || isRemovable(path, fix));
  const parents = [...new Set(wanted.map(({ path }) => dirname(realOf(path) ?? resolve(path))))].sort();
  const made = parents.map((parent) => makeFolder(parent));
  const under = async (rest: readonly string[]): Promise<void> => {
    if (rest.length === 0) return replaceLocked(wanted, fix);
    await withFolderLock(rest[0]!, lock, () => under(rest.slice(1)));
  };
  try {
    await under(parents);
  } catch (error) {
    for (const undo of made) undo();
    throw error;
  }
}

/** The same for a folder that nobody else knows yet, or that the caller's lock holds. */
export function replaceFolder(folder: Replacement, fix = 'run again'): void {
  takeable(folder, fix);
  makeFolder(dirname(folder.path));
  replaceLocked([folder], fix);
}

/** @param files texts by path below the folder */
export function writeTexts(files: ReadonlyMap<string, string>): NonNullable<Replacement['write']> {
  return (fresh) => {
    mkdirSync(fresh);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(fresh, path)), { recursive: true });
      writeFileSync(join(fresh, path), text);
    }
    return [...files.keys()].sort();
  };
}

/** A folder that is kept and written into: made and marked where it isn't there, else it must be of this kind already. */
export function claimFolder({ path, kind }: OwnedFolder, fix: string): void {
  takeable({ path, kind }, fix);
  makeFolder(path);
  try {
    if (readMarker(path) === undefined) writeMarker(path, { kind });
  } catch (error) {
    throw worded(error, path);
  }
}

/** Empties a folder of ours that the caller holds the lock of; the marker and the lock stay. */
export function emptyFolder(folder: OwnedFolder, fix: string): void {
  takeable(folder, fix);
  for (const name of readdirSync(folder.path)) {
    if (!name.startsWith('.meissa')) rmSync(join(folder.path, name), { recursive: true, force: true });
  }
}

/**
 * The folder into which `cdk` bids its app write, in place. Marked, so that `meissa synth` may replace it, where it is empty or holds an
 * assembly and nothing else.
 */
export function claimForCdk(path: string, fix: string): void {
  const folder = realOf(path) ?? path;
  const status = statusOf(folder);
  const isFree =
    status?.isDirectory() === true && statusOf(join(folder, MARKER)) === undefined && (isFreshForCdk(folder) || isOfCdk(folder));
  if (status !== undefined && !isFree) return void takeable({ path, kind: 'cdk.out' }, fix);
  makeFolder(folder);
  try {
    writeMarker(folder, { kind: 'cdk.out' });
  } catch (error) {
    throw worded(error, path);
  }
}

/** An empty folder without a marker may be taken, but it is its maker's to remove; a symlink would be left leading nowhere. */
function isRemovable(path: string, fix: string): boolean {
  if (readMarker(path) === undefined) return false;
  if (statusOf(path)?.isSymbolicLink() === true)
    throw new DiskRefusal(
      'FOLDER_IS_A_LINK',
      `${path} is a symlink, and what an earlier estate left behind it is to be removed`,
      fix,
    );
  return true;
}

interface Step {
  readonly target: string;
  readonly scratch: Scratch;
  readonly write: Replacement['write'];
  readonly kind: FolderKind;
  set: 'no' | 'aside' | 'placed';
}

function replaceLocked(folders: readonly Replacement[], fix: string): void {
  const steps: Step[] = [];
  try {
    for (const { path, kind, write } of folders) {
      const target = takeable({ path, kind }, fix) ?? resolve(path);
      const scratch = scratchFolder(dirname(target), 'out');
      steps.push({ target, scratch, write, kind, set: 'no' });
      if (write === undefined) continue;
      const files = write(join(scratch.path, 'new'));
      writeMarker(join(scratch.path, 'new'), { kind, ...(files === undefined ? {} : { files }) });
    }
    for (const step of steps) place(step, fix);
  } catch (error) {
    for (const step of steps.reverse()) putBack(step);
    throw error;
  } finally {
    for (const { scratch } of steps) scratch.remove();
  }
}

function place(step: Step, fix: string): void {
  const { target, scratch, write, kind } = step;
  const old = asideOf(step);
  try {
    if (statusOf(target) !== undefined) {
      mkdirSync(dirname(old));
      renameSync(target, old);
      step.set = 'aside';
      // Once more, where nobody reaches it by its name: something may have come while the new one was written.
      takeable({ path: old, kind }, fix);
    }
    if (write !== undefined) {
      renameSync(join(scratch.path, 'new'), target);
      step.set = 'placed';
    }
  } catch (error) {
    throw worded(error, target);
  }
}

function putBack(step: Step): void {
  if (step.set === 'placed') renameSync(step.target, join(step.scratch.path, 'undone'));
  if (step.set !== 'no' && statusOf(asideOf(step)) !== undefined) renameSync(asideOf(step), step.target);
}

function asideOf({ target, scratch }: Step): string {
  return join(scratch.path, OLD, basename(target));
}

/** Makes a folder and those that it stands in. @returns takes away again what was made and is empty */
function makeFolder(path: string): () => void {
  let first: string | undefined;
  try {
    first = mkdirSync(path, { recursive: true });
  } catch (error) {
    throw worded(error, path);
  }
  return () => {
    if (first === undefined) return;
    try {
      for (let each = resolve(path); each.length >= resolve(first).length; each = dirname(each)) rmdirSync(each);
    } catch {
      // Somebody uses it by now.
    }
  };
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => JSON.stringify(name));
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
