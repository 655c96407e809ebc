/** Files by pattern, whatever is done to them: renamed, copied and truncated, deleted, made again. */
import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import type { FileCheckpoint } from './checkpoint';
import { matching } from './glob';
import { Reach } from './reach';
import { TailedFile, type TailedFileOptions } from './tailed-file';

/** A deleted file's last writer may still be at it. */
const DELETED_MS = 60_000;
/** A file that was renamed out of the patterns is followed until its writers have surely opened the new one. */
const RENAMED_MS = 3_600_000;
/** A file that begins as another one does may be a copy that is being made, before the other one is truncated. */
const COPY_MS = 15_000;
/** How long files of the checkpoint are looked for: what holds them may not be mounted yet. */
const RETURN_MS = 600_000;
const HEAD = 1024;

export interface FileSourceOptions {
  /** Of the same patterns and topic the same, also after a restart. */
  readonly name: string;
  readonly patterns: readonly string[];
  /** What stands before the paths that the host's own links name. @default - nothing */
  readonly host?: string;
  readonly saved: readonly FileCheckpoint[];
  /** Files of one folder go on with each other, as docker rotates them: the highest number is the oldest. */
  readonly rotatesByNumber: boolean;
  readonly file: (path: string, reach: Reach) => Omit<TailedFileOptions, 'source' | 'truncated' | 'opener'>;
  readonly log: (text: string) => void;
  readonly now: () => number;
}

/** A file that is known, by device and inode. */
type Key = string;

export class FileSource {
  /** Times that a file was found truncated. */
  truncations = 0;
  /** Files that vanished before they were read to their end. */
  lostFiles = 0;
  readonly #options: FileSourceOptions;
  readonly #reach: Reach;
  readonly #files = new Map<Key, TailedFile>();
  /** Files that may be copies, since when. They are open: should they go, they are read. */
  readonly #held = new Map<Key, { readonly file: TailedFile; readonly since: number }>();
  #saved: readonly FileCheckpoint[];
  #began: number | undefined;
  #met = 0;

  constructor(options: FileSourceOptions) {
    this.#options = options;
    this.#saved = options.saved;
    this.#reach = new Reach(options.patterns, options.host ?? '', options.log);
  }

  /** Paths that aren't read because they lead out of their patterns' folders. */
  get refusals(): number {
    return this.#reach.refusals;
  }

  get files(): TailedFile[] {
    return [...this.#files.values()];
  }

  /** Of all files, and of those that may come back. */
  get checkpoint(): FileCheckpoint[] {
    return [...this.#saved, ...this.files.map((file) => file.checkpoint)];
  }

  /** Looks at the folders. Calls must not overlap. Returns whether there are files now that the last checkpoint can't know. */
  async scan(now: number): Promise<boolean> {
    const before = this.#met;
    this.#began ??= now;
    const seen = new Map<Key, string>();
    for (const path of new Set(this.#options.patterns.flatMap((pattern) => matching(pattern, this.#reach)))) {
      const is = this.#reach.stats(path);
      if (is) seen.set(keyOf(is), path);
      const known = is && this.#files.get(keyOf(is));
      if (!known) continue;
      known.path = path;
      known.growth.noticed(Number(is.size), now);
    }
    await this.#return(seen, now);
    for (const [key, path] of seen) if (!this.#files.has(key)) await this.#meet(key, path, now);
    for (const [key, { file }] of this.#held) if (!seen.has(key)) this.#release(key, file);
    for (const [key, file] of this.#files) {
      if (!seen.has(key)) await this.#unseen(key, file, now);
      else if (file.finished && now - file.growth.at > RENAMED_MS) await file.close();
    }
    if (this.#options.rotatesByNumber) this.#chain(seen);
    return this.#met > before;
  }

  async close(): Promise<void> {
    for (const file of [...this.#files.values(), ...[...this.#held.values()].map((held) => held.file)]) await file.close();
  }

  /** Files of the checkpoint: under their name, or another one, or as a copy whose original was truncated. */
  async #return(seen: ReadonlyMap<Key, string>, now: number): Promise<void> {
    if (this.#saved.length === 0) return;
    const folders = new Set(this.#saved.map(({ path }) => dirname(path)));
    const candidates = new Set([...seen.values(), ...[...folders].flatMap((folder) => this.#reach.inside(folder))]);
    for (const byInode of [true, false]) {
      for (const path of candidates) {
        const is = this.#reach.stats(path);
        if (!is || this.#files.has(keyOf(is))) continue;
        for (const each of this.#saved) {
          const fits = byInode ? each.inode === String(is.ino) : each.offset >= HEAD && dirname(each.path) === dirname(path);
          if (fits && (await this.#resume(path, is, each, now))) break;
        }
      }
    }
    if (now - this.#began! < RETURN_MS) return;
    for (const { path } of this.#saved) this.#options.log(`${path} is gone; whether it was read to its end isn't known`);
    this.#saved = [];
  }

  async #resume(path: string, is: BigIntStats, saved: FileCheckpoint, now: number): Promise<boolean> {
    const file = this.#make(path, is);
    if (Number(is.size) < saved.offset || !(await file.resume(saved))) {
      await file.close();
      return false;
    }
    this.#saved = this.#saved.filter((each) => each !== saved);
    await file.poll(now);
    this.#files.set(keyOf(is), file);
    return true;
  }

  /** A file that isn't known. */
  async #meet(key: Key, path: string, now: number): Promise<void> {
    const is = this.#reach.stats(path);
    if (!is || keyOf(is) !== key) return;
    const held = this.#held.get(key);
    const file = held?.file ?? this.#make(path, is);
    if (!(await file.open())) return;
    file.path = path;
    await file.poll(now);
    if (now - (held?.since ?? now) < COPY_MS && (await this.#mayBeCopy(file))) {
      if (!held) this.#held.set(key, { file, since: now });
      return;
    }
    // Its original may have been truncated, and nothing was asked of it since.
    if (held) for (const each of this.files) if (!(await each.intact())) await this.#truncated(each);
    if (!this.#files.has(key)) this.#release(key, file);
  }

  #release(key: Key, file: TailedFile): void {
    this.#met++;
    this.#held.delete(key);
    this.#files.set(key, file);
  }

  #make(path: string, is: BigIntStats): TailedFile {
    const options = {
      ...this.#options.file(path, this.#reach),
      opener: (each: string) => this.#reach.open(each),
      source: this.#options.name,
      truncated: (file: TailedFile) => this.#truncated(file),
    };
    return new TailedFile(path, String(is.ino), options, Number(is.mtimeMs));
  }

  async #mayBeCopy(candidate: TailedFile): Promise<boolean> {
    if (this.#options.rotatesByNumber) return false;
    for (const file of this.#files.values()) {
      if (dirname(file.path) !== dirname(candidate.path)) continue;
      const length = Math.min(HEAD, candidate.growth.size, file.growth.size);
      const head = length === 0 ? undefined : await candidate.bytesBefore(length);
      if (head && (await file.bytesBefore(length))?.equals(head)) return true;
    }
    return false;
  }

  /** What stood in the file is gone from it. If it was copied before, the copy is read from where this one had got to. */
  async #truncated(file: TailedFile): Promise<void> {
    this.truncations++;
    const saved = file.checkpoint;
    const paths = saved.offset === 0 || this.#options.rotatesByNumber ? [] : this.#reach.inside(dirname(saved.path));
    for (const path of paths) {
      const is = this.#reach.stats(path);
      if (!is || this.#files.has(keyOf(is))) continue;
      const copy = this.#make(path, is);
      if (!(await copy.resume(saved))) {
        await copy.close();
        continue;
      }
      await copy.poll(this.#options.now());
      await this.#held.get(keyOf(is))?.file.close();
      // Both at once, as a checkpoint may be written at any moment.
      file.restart();
      this.#release(keyOf(is), copy);
      return;
    }
    file.restart();
  }

  /** A file whose name is gone, or isn't asked for any more. */
  async #unseen(key: Key, file: TailedFile, now: number): Promise<void> {
    const names = await file.poll(now);
    if (file.opened) {
      if (now - file.growth.at < (names === 0 ? DELETED_MS : RENAMED_MS)) return;
      file.final = true;
      if (!file.finished) return;
    } else if (!file.finished) {
      this.lostFiles++;
      this.#options.log(`${file.path} is gone, and ${file.growth.size - file.offset} bytes of it were not read`);
    }
    this.#files.delete(key);
    await file.close();
  }

  #chain(seen: ReadonlyMap<Key, string>): void {
    const folders = new Map<string, { readonly file: TailedFile; readonly age: number }[]>();
    for (const [key, file] of this.#files) {
      const folder = dirname(file.path);
      const age = seen.has(key) ? Number(/\.(\d+)$/.exec(file.path)?.[1] ?? 0) : Number.POSITIVE_INFINITY;
      folders.set(folder, [...(folders.get(folder) ?? []), { file, age }]);
    }
    for (const files of folders.values()) {
      // Of two without a name the one that was met first is older.
      files.sort((a, b) => (a.age === b.age ? 0 : b.age - a.age));
      for (const [index, { file }] of files.entries()) {
        file.before = files[index - 1]?.file;
        // Docker closes a file before it renames it.
        file.closed = index < files.length - 1;
      }
    }
  }
}

function keyOf(is: BigIntStats): Key {
  return `${is.dev}:${is.ino}`;
}
