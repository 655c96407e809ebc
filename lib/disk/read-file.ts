/**
 * The one door to files that people wrote or named: regular files alone, up to a size, and below a folder nothing behind a symbolic
 * link. What a hard link names can't be told from a file of its own.
 */
import { isUtf8 } from 'node:buffer';
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, isAbsolute, join, sep } from 'node:path';
import { aFolder, aLink, noFile, noText, outside, systemRefusal, tooLarge, type Unreadable } from './unreadable';

/** The most that is read of a file, and why. */
export interface Most {
  readonly bytes: number;
  readonly why: string;
}

/**
 * Bytes of a regular file below a folder; the folder itself may be reached by a link.
 *
 * @param path below the folder, with `/`
 * @returns undefined where there is no such file
 * @throws Unreadable
 */
export function readBelow(root: string, path: string, most: Most): Buffer | undefined {
  const full = below(root, path);
  const seen = look(() => lstatSync(full, { bigint: true }), path);
  if (seen === undefined) return undefined;
  checkNoLink(root, path, seen.isSymbolicLink());
  return readRegular(full, path, seen, most, constants.O_NOFOLLOW ?? 0);
}

/**
 * Bytes of a regular file that the user named on the command line; it may be a link.
 *
 * @returns undefined where there is no such file
 * @throws Unreadable
 */
export function readNamed(path: string, most: Most): Buffer | undefined {
  const seen = look(() => statSync(path, { bigint: true }), path);
  return seen === undefined ? undefined : readRegular(path, path, seen, most, 0);
}

/** Text of what was read; a byte order mark stays. @throws Unreadable for what is not UTF-8 text */
export function utf8(path: string, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw noText(path, 'is not UTF-8 text');
  if (bytes.includes(0)) throw noText(path, 'holds a NUL byte, as programs and pictures do');
  return bytes.toString('utf8');
}

/** The full name of a path below a folder. @throws Unreadable where it leads out */
export function below(root: string, path: string): string {
  const steps = path.split(sep === '/' ? '/' : /[\\/]/);
  if (isAbsolute(path) || steps.includes('..') || path.includes('\0')) throw outside(path);
  return join(root, ...steps);
}

/** @throws Unreadable where a part of the path below the folder is a symbolic link @param isLink whether the last one is known to be */
export function checkNoLink(root: string, path: string, isLink = false): void {
  if (isLink) throw aLink(path, path);
  const inside = look(() => realpathSync.native(root), path);
  const real = look(() => realpathSync.native(below(root, path)), path);
  // Disks that don't tell cases, or forms of the same letter, apart give the name back as it was made.
  if (inside === undefined || real === undefined || plain(real) === plain(below(inside, path))) return;
  const steps = path.split('/');
  const link = steps
    .map((_, i) => steps.slice(0, i + 1).join('/'))
    .find((part) => lstatSync(below(root, part), { throwIfNoEntry: false })?.isSymbolicLink());
  throw link === undefined ? outside(path) : aLink(path, link);
}

function readRegular(full: string, path: string, seen: BigIntStats, most: Most, flags: number): Buffer | undefined {
  // Before it is opened: opening a device may already do something.
  checkRegular(path, seen);
  const file = look(() => openSync(full, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | flags), path);
  if (file === undefined) return undefined;
  try {
    const opened = fstatSync(file, { bigint: true });
    checkRegular(path, opened);
    if (opened.ino !== seen.ino || opened.dev !== seen.dev) throw systemRefusal(path, { code: 'ENOENT' });
    if (opened.size > most.bytes) throw tooLarge(path, most.bytes, most.why);
    const bytes = readUpTo(file, Number(opened.size), most.bytes + 1);
    if (bytes.length > most.bytes) throw tooLarge(path, most.bytes, most.why);
    return bytes;
  } catch (error) {
    throw isSystem(error) ? systemRefusal(path, error) : error;
  } finally {
    closeSync(file);
  }
}

/** The size is what the system says; files of /proc say 0, and one that grows says less than is read. */
function readUpTo(file: number, size: number, most: number): Buffer {
  const parts: Buffer[] = [];
  let read = 0;
  while (read < most) {
    const part = Buffer.allocUnsafe(Math.min(most - read, read === 0 ? size + 1 : 65_536));
    const got = readSync(file, part);
    if (got === 0) break;
    parts.push(part.subarray(0, got));
    read += got;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function checkRegular(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw aFolder(path);
  throw noFile(path, stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device');
}

/** @returns undefined where there is nothing of this name */
export function look<T>(ask: () => T, path: string): T | undefined {
  try {
    return ask();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw refusal(path, error);
  }
}

/** A path of the user's may hold what no name can. */
function refusal(path: string, error: unknown): Unreadable {
  return (error as NodeJS.ErrnoException).code === 'ERR_INVALID_ARG_VALUE' ? outside(basename(path)) : systemRefusal(path, error);
}

function isSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

function plain(path: string): string {
  return process.platform === 'linux' ? path : path.normalize('NFC').toLowerCase();
}
