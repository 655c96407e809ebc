/**
 * What the agent may read: files below the folders of its patterns. It reads as root where applications write, so nothing that they put
 * there may lead it out: not a link, not one that is made between a look and an opening, not another name of somebody else's file.
 *
 * Each part of a path is opened from the folder before it without following a link (`O_PATH | O_NOFOLLOW`, by way of /proc/self/fd, as Node
 * has no openat(2)); what was opened is looked at, and that very thing is read. Links are resolved here, part by part, and lead at most to
 * the folder itself: `..` goes back along what was opened, an absolute target counts from the folder if it names something in it.
 */
import type { BigIntStats, Dirent, Stats } from 'node:fs';
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** open(2): names a file without opening it, so that no device or pipe notices. Node has no name for it. */
const O_PATH = 0o10000000;
/** As many links as Linux follows in a path (path_resolution(7)). */
const MOST_LINKS = 40;
/** Refused paths that are remembered, so that each is told once. */
const MOST_REFUSED = 1000;

/** Why a path isn't read. */
class Refused extends Error {
  override readonly name = 'Refused';
}

export class Reach {
  /** Paths that were refused, each counted once. */
  refusals = 0;
  readonly #folders: readonly string[];
  readonly #refused = new Set<string>();

  /**
   * @param patterns absolute; a pattern's folder is what stands before its first part with a wildcard, and root's links in that are followed
   * @param host what stands before the paths that the host's own links name
   */
  constructor(
    patterns: readonly string[],
    private readonly host: string,
    private readonly log: (text: string) => void,
  ) {
    // The longest first: it allows the least.
    this.#folders = [...new Set(patterns.map(folderOf))].sort((a, b) => b.length - a.length);
  }

  /** Of a file that may be read; undefined for anything else. */
  stats(path: string): BigIntStats | undefined {
    return this.#at(path, (_fd, is) => is);
  }

  /** Opens a file that may be read. Undefined: there is none. */
  async open(path: string): Promise<FileHandle | undefined> {
    const fd = this.#at(path, (found) => found, true);
    if (fd === undefined) return undefined;
    try {
      return await open(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch {
      return undefined;
    } finally {
      closeSync(fd);
    }
  }

  /** All of a small file. Throws an Error where there is none, or it has more bytes. */
  read(path: string, most: number): string {
    const text = this.#at(path, (fd, is) => (is.size > most ? undefined : readFileSync(`/proc/self/fd/${fd}`, 'utf8')));
    if (text === undefined) throw new Error(`no ${path}`);
    return text;
  }

  /** What is in a folder that may be read; nothing where there is none. */
  list(folder: string): Dirent[] {
    const read = (fd: number): Dirent[] => readdirSync(`/proc/self/fd/${fd}`, { withFileTypes: true });
    return this.#at(`${folder}/`, read) ?? [];
  }

  /** Paths in a folder. */
  inside(folder: string): string[] {
    return this.list(folder).map(({ name }) => join(folder, name));
  }

  #at<T>(path: string, use: (fd: number, is: BigIntStats) => T, keeps = false): T | undefined {
    for (const folder of this.#folders) {
      const below = folder === '/' ? '/' : `${folder}/`;
      if (!path.startsWith(below)) continue;
      try {
        return this.#walk(folder, path.slice(below.length).split('/'), use, keeps);
      } catch (error) {
        if (error instanceof Refused) this.#refuse(path, error.message);
        // Not there, or not any more.
        return undefined;
      }
    }
    return undefined;
  }

  /** @param parts an empty one at the end: what is there is a folder */
  #walk<T>(folder: string, parts: string[], use: (fd: number, is: BigIntStats) => T, keeps: boolean): T {
    const wantsFolder = parts.at(-1) === '';
    const way = resolved(
      resolved([openSync(this.host || '/', O_PATH)], parted(folder.slice(this.host.length)), toFolder),
      parts,
      {
        up: leadsOut,
        owned: () => {},
        absolute: (target) => this.#inside(folder, target),
      },
    );
    let kept = -1;
    try {
      const fd = way.at(-1)!;
      const is = fstatSync(fd, { bigint: true });
      if (wantsFolder ? !is.isDirectory() : !is.isFile()) throw new Error('something else');
      if (!wantsFolder && is.nlink > 1n) foreign(is, fstatSync(way.at(-2)!, { bigint: true }));
      if (keeps) kept = fd;
      return use(fd, is);
    } finally {
      for (const fd of way) if (fd !== kept) closeSync(fd);
    }
  }

  /** The parts below the folder of an absolute target, which names files as the host does. */
  #inside(folder: string, target: string): string[] {
    const path = `${this.host}${target}`;
    const below = folder === '/' ? '/' : `${folder}/`;
    return path === folder || path.startsWith(below) ? parted(path.slice(below.length)) : leadsOut();
  }

  #refuse(path: string, why: string): void {
    if (this.#refused.has(path)) return;
    // Whoever makes that many has been told of.
    if (this.#refused.size >= MOST_REFUSED) this.#refused.clear();
    this.#refused.add(path);
    this.refusals++;
    this.log(`${JSON.stringify(path)} is not read: ${why}`);
  }
}

/** What links may do. */
interface Links {
  /** `..` in the first folder. */
  up(): void;
  /** Whether whoever made it may say where it leads. */
  owned(link: Stats): void;
  /** Parts below the first folder of an absolute target. */
  absolute(target: string): string[];
}

/** On the way to a pattern's folder only root's links count, and the agent's user's: others may have put a folder of theirs there. */
const toFolder: Links = {
  up: () => {},
  owned: ({ uid }) => {
    if (uid !== 0 && uid !== process.getuid?.()) throw new Refused("its folder is a link of somebody else's");
  },
  absolute: parted,
};

/**
 * Opens part by part. The last of what it is given is the first folder, and is closed with the rest by whoever gets the result; where
 * it throws, all are closed.
 *
 * @returns the folders of the way, and at its end what the path names
 */
function resolved(from: readonly number[], parts: readonly string[], links: Links): number[] {
  const [first, ...before] = [from.at(-1)!, ...from.slice(0, -1)];
  for (const fd of before) closeSync(fd);
  const way = [first];
  try {
    const todo = parts.filter((part) => part !== '');
    for (let followed = 0; todo.length > 0; ) {
      const part = todo.shift()!;
      if (part === '.') continue;
      if (part === '..') {
        if (way.length === 1) links.up();
        else closeSync(way.pop()!);
        continue;
      }
      const name = `/proc/self/fd/${way.at(-1)}/${part}`;
      const fd = openSync(name, O_PATH | constants.O_NOFOLLOW);
      const is = fstatSync(fd);
      if (!is.isSymbolicLink()) {
        way.push(fd);
        continue;
      }
      closeSync(fd);
      links.owned(is);
      if (++followed > MOST_LINKS) throw new Refused('its links have no end');
      const target = readlinkSync(name);
      if (!target.startsWith('/')) todo.unshift(...parted(target));
      else {
        todo.unshift(...links.absolute(target));
        for (const each of way.splice(1)) closeSync(each);
      }
    }
    return way;
  } catch (error) {
    for (const fd of way) closeSync(fd);
    throw error;
  }
}

function parted(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function leadsOut(): never {
  throw new Refused('a link leads out of its folder');
}

/**
 * Another name of a file, in a folder where somebody else than root may make names: the kernel allows that for others' files where
 * fs.protected_hardlinks is off.
 */
function foreign(is: BigIntStats, folder: BigIntStats): void {
  const others = folder.uid !== 0n || (folder.mode & 0o002n) !== 0n;
  if (others && is.uid !== folder.uid) throw new Refused("it is another name of a file that isn't its folder's owner's");
}

/** The part of a pattern before its first wildcard, without the name of a file. */
export function folderOf(pattern: string): string {
  const parts = parted(pattern);
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  return `/${parts.slice(0, wild < 0 ? -1 : Math.min(wild, parts.length - 1)).join('/')}`;
}
