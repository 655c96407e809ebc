/**
 * A lock is a file that says who holds it. It is made whole (linked under its name, never seen empty), so one of two gets it.
 *
 * Compared before: proper-lockfile 4.1.2 and lockfile 1.0.4 judge a lock by the age of its mtime: a synth that keeps the event loop busy
 * loses its lock after 10 s, another machine's lock is taken over by time alone, and neither says who holds it; fs-ext and os-lock need a
 * compiler on the user's machine and flock across NFS. None does what is wanted: never take over what may live, and say who.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './at-exit';
import { DiskRefusal, errorCode, worded } from './disk-refusal';
import { lifeOf, ownIdentity, type ProcessIdentity } from './process-identity';

export interface LockHolder extends ProcessIdentity {
  /** What it does, for example `region add`. */
  readonly verb: string;
  /** ISO time at which it took the lock. */
  readonly since: string;
  readonly nonce: string;
}

/** Proof that a lock is held: who writes asks for it. */
export interface Lock {
  readonly path: string;
  /** Throws when the lock is no longer this process's: somebody removed its file by hand. */
  readonly check: () => void;
  readonly release: () => void;
}

export interface LockOptions {
  /** What this process does, for example `region add`. */
  readonly verb: string;
  /** How long another holder that lives is waited for, in milliseconds. @default 10000 */
  readonly wait?: number;
  /** Hears once whom it waits for. @default - nobody */
  readonly say?: (words: string) => void;
}

export const LOCK_WAIT_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 40;

/** Runs work while the lock is held. */
export async function withLock<T>(path: string, options: LockOptions, work: (lock: Lock) => Promise<T> | T): Promise<T> {
  const lock = await takeLock(path, options);
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

/**
 * Takes a lock. A holder that is gone from this machine is taken over from; one of another machine, or of another container, never is.
 *
 * @param path the lock's file; its folder stands already
 * @throws DiskRefusal LOCKED with pid, host, verb and time of the holder; LOCK_FOREIGN for a file there that is no lock; NOT_WRITABLE
 */
export async function takeLock(path: string, options: LockOptions): Promise<Lock> {
  const { verb, wait = LOCK_WAIT_MILLISECONDS, say } = options;
  const until = Date.now() + wait;
  for (let told = false; ; told = true) {
    const taken = tryLock(path, verb);
    if (!('holder' in taken)) {
      sweep(path);
      return taken;
    }
    if (Date.now() >= until || lifeOf(taken.holder) === 'elsewhere') throw locked(path, taken.holder);
    if (!told) say?.(`waiting for ${words(taken.holder)}`);
    await sleep(POLL_MILLISECONDS * (0.5 + Math.random()));
  }
}

/** The lock, or who holds it. */
export function tryLock(path: string, verb: string): Lock | { readonly holder: LockHolder } {
  const own: LockHolder = {
    ...ownIdentity(),
    verb,
    since: new Date().toISOString(),
    nonce: randomBytes(8).toString('hex'),
  };
  const staged = `${path}.${own.nonce}.tmp`;
  try {
    writeFileSync(staged, `${JSON.stringify({ meissa: 'lock', ...own }, undefined, 1)}\n`, { flag: 'wx' });
  } catch (error) {
    throw worded(error, dirname(path));
  }
  try {
    // Bounded: a holder that let go between two looks is looked for once more.
    for (let look = 0; look < 100; look++) {
      if (linked(staged, path)) return held(path, own);
      const holder = readHolder(path);
      if (holder === undefined) continue;
      if (lifeOf(holder) !== 'gone') return { holder };
      if (takeOver(path, holder, staged, verb)) return held(path, own);
    }
    throw new DiskRefusal('LOCKED', `${path} comes and goes too fast to be taken`, 'run again');
  } finally {
    rmSync(staged, { force: true });
  }
}

/** Who holds a lock now. @returns undefined when nobody does */
export function readHolder(path: string): LockHolder | undefined {
  let text: string;
  try {
    if (!lstatSync(path).isFile()) throw foreign(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw worded(error, path);
  }
  return parse(text) ?? raise(foreign(path));
}

/** `meissa region add, pid 123 on host x, since 2026-11-30T04:10:00.000Z`. */
function words({ verb, pid, host, since }: LockHolder): string {
  return `meissa ${verb}, pid ${pid} on host ${host}, since ${since}`;
}

function linked(staged: string, path: string): boolean {
  try {
    linkSync(staged, path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw worded(error, path);
  }
  try {
    // A file system without hard links (exFAT): a reader may meet it empty, and takes that for no lock of ours.
    writeFileSync(path, readFileSync(staged), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw worded(error, path);
  }
}

/**
 * Puts our lock in the place of one whose holder is gone. Of several that see it gone only who holds the guard may, and only while it is
 * still that very lock: else the second would take the first one's away. The guard is a lock as well.
 */
function takeOver(path: string, gone: LockHolder, staged: string, verb: string): boolean {
  const guard = tryLock(`${path}.${gone.nonce}.guard`, verb);
  if ('holder' in guard) return false;
  try {
    if (readHolder(path)?.nonce !== gone.nonce) return false;
    renameSync(staged, path);
    return true;
  } finally {
    guard.release();
  }
}

/** Takes away what runs of ours that were killed left beside the lock: only what says that it is ours, of processes that are gone. */
function sweep(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.[0-9a-f]{16}\.(tmp|guard)$/.test(name)) continue;
    try {
      const holder = readHolder(join(folder, name));
      if (holder !== undefined && lifeOf(holder) === 'gone') rmSync(join(folder, name), { force: true });
    } catch {
      // Not ours.
    }
  }
}

function held(path: string, own: LockHolder): Lock {
  const isOurs = (): boolean => {
    try {
      return readHolder(path)?.nonce === own.nonce;
    } catch {
      return false;
    }
  };
  const release = (): void => {
    forget();
    if (isOurs()) rmSync(path, { force: true });
  };
  const forget = atExit(release);
  const check = (): void => {
    if (!isOurs()) throw new DiskRefusal('LOCK_LOST', `${path} was taken away while this ran`, 'nothing was written: run again');
  };
  return { path, check, release };
}

function locked(path: string, holder: LockHolder): DiskRefusal {
  const elsewhere = lifeOf(holder) === 'elsewhere';
  return new DiskRefusal(
    'LOCKED',
    `${words(holder)}, holds ${path}`,
    elsewhere
      ? `run again when it has ended; whether it still runs can't be seen from here: if it doesn't, rm ${quoted(path)}`
      : 'run again when it has ended',
  );
}

function foreign(path: string): DiskRefusal {
  return new DiskRefusal(
    'LOCK_FOREIGN',
    `${path} is no lock that meissa wrote, and its place is needed for one`,
    `look what it is, then mv ${quoted(path)} ${quoted(`${path}.before`)}`,
  );
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function parse(text: string): LockHolder | undefined {
  let read: Partial<LockHolder & { meissa: unknown }> | null;
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    return undefined;
  }
  if (read?.meissa !== 'lock') return undefined;
  const { pid, host, space, start, verb, since, nonce } = read;
  // Shown and used in paths later: only what we write ourselves.
  const whole =
    Number.isSafeInteger(pid) &&
    pid! > 0 &&
    is(host, /^[\w.-]{1,255}$/) &&
    is(space, /^[\w.:/[\]-]{0,200}$/) &&
    is(start, /^[\w./-]{0,200}$/) &&
    is(verb, /^[a-z][a-z -]{0,60}$/) &&
    is(since, /^[\d-]{10}T[\d:.]{8,12}Z$/) &&
    is(nonce, /^[0-9a-f]{16}$/);
  return whole ? (read as LockHolder) : undefined;
}

function is(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function raise(error: Error): never {
  throw error;
}
