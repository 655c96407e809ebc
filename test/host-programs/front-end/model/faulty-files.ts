/** A disk in memory that fails when it is told to, and forgets like a real one: what was not synced may be gone after a power cut. */
import { crc32 } from 'node:zlib';
import type { Files, OpenFile } from '../../../../lib/host-programs/front-end/spool/files';

export const CALLS = [
  'open',
  'read',
  'write',
  'writev',
  'datasync',
  'sync',
  'truncate',
  'rename',
  'unlink',
  'statfs',
  'stat',
] as const;
export type Call = (typeof CALLS)[number];
/**
 * `short` writes a part and says so; `late` fails, though what was asked has happened; `hang` answers when the disk is let go. The process dies right
 * before (`die`) or behind (`die-late`) what it has asked.
 */
export type Trouble = 'EIO' | 'ENOSPC' | 'short' | 'late' | 'hang' | 'die' | 'die-late';

interface Inode {
  data: Buffer;
  durable: Buffer;
  /** Written and not synced. A sync that fails clears them all the same: Linux takes the pages for clean. */
  dirty: (readonly [from: number, to: number])[];
}

export class FaultyFiles implements Files {
  private names = new Map<string, Inode>();
  private durableNames = new Map<string, Inode>();
  private planned: { readonly call: Call; readonly trouble: Trouble; left: number }[] = [];
  private hung: (() => void)[] = [];
  private life = 0;
  /** The life that an attached one belongs to. */
  private readonly of: number | undefined;
  private readonly disk: FaultyFiles = this;
  capacity = 1 << 20;
  /** Says how long each call takes, so that others come in between; 0: no time at all. */
  slowness = 0;
  private calls = 0;
  /** Whether the process died of a call: somebody has to start it again. */
  died = false;

  /** The same disk for a process that lives until the next kill: from then on it gets no answer, and does nothing. */
  attach(): FaultyFiles {
    return Object.create(this, { of: { value: this.life }, disk: { value: this } });
  }

  /** The `nth` call of a kind from now on fails. */
  plan(call: Call, trouble: Trouble, nth: number): void {
    this.planned.push({ call, trouble, left: nth });
  }

  clear(): void {
    this.planned = [];
    this.release();
  }

  release(): void {
    for (const go of this.hung.splice(0)) go();
  }

  /** Whoever was attached is dead. What it has written is there. */
  kill(): void {
    this.life++;
    this.died = false;
    this.planned = [];
    this.hung = [];
  }

  /** The same, and what was not synced is there in part, or not, or as zeros. @param choose from 0 to 1 */
  cutPower(choose: () => number): void {
    this.kill();
    for (const [path, inode] of this.names)
      if (!this.durableNames.has(path) && choose() < 0.5) this.durableNames.set(path, inode);
    this.names = new Map(this.durableNames);
    for (const inode of this.names.values()) {
      const { durable, data, dirty } = inode;
      const kept = Math.max(durable.length, Math.floor(choose() * (data.length + 1)));
      const after = Buffer.alloc(kept);
      durable.copy(after);
      for (const [from, to] of dirty) if (choose() < 0.5) data.copy(after, from, from, Math.min(to, kept));
      Object.assign(inode, { data: after, durable: after, dirty: [] });
    }
  }

  get paths(): string[] {
    return [...this.names.keys()].sort();
  }

  bytes(path: string): Buffer {
    return this.names.get(path)!.data;
  }

  /** What somebody did to the disk. */
  put(path: string, bytes: Buffer | undefined): void {
    if (bytes === undefined) {
      this.names.delete(path);
      this.durableNames.delete(path);
    } else {
      const inode = { data: bytes, durable: bytes, dirty: [] };
      this.names.set(path, inode);
      this.durableNames.set(path, inode);
    }
  }

  async open(path: string, flags: 'r' | 'w' | 'wx'): Promise<OpenFile> {
    return this.run('open', () => {
      let inode = this.names.get(path);
      const folder = inode === undefined && flags === 'r' && [...this.names.keys()].some((name) => name.startsWith(`${path}/`));
      if (folder || (flags === 'r' && path === '/spool')) return this.folder(path);
      if (flags === 'r' && inode === undefined) throw failure('ENOENT');
      if (flags === 'wx' && inode !== undefined) throw failure('EEXIST');
      if (inode === undefined || flags === 'w') {
        inode = { data: Buffer.alloc(0), durable: Buffer.alloc(0), dirty: [] };
        this.names.set(path, inode);
      }
      return this.file(inode);
    });
  }

  readdir(folder: string): Promise<string[]> {
    return this.run(undefined, () =>
      this.paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    );
  }

  stat(path: string): Promise<{ size: number; isFile(): boolean }> {
    return this.run('stat', () => ({ size: this.found(path).data.length, isFile: () => true }));
  }

  statfs(): Promise<{ bsize: number; blocks: number; bavail: number }> {
    return this.run('statfs', () => {
      const used = [...this.names.values()].reduce((sum, { data }) => sum + data.length, 0);
      return { bsize: 1, blocks: this.capacity, bavail: Math.max(0, this.capacity - used) };
    });
  }

  async mkdir(): Promise<void> {}

  rename(from: string, to: string): Promise<void> {
    return this.run('rename', () => {
      this.names.set(to, this.found(from));
      this.names.delete(from);
    });
  }

  unlink(path: string): Promise<void> {
    return this.run('unlink', () => {
      this.found(path);
      this.names.delete(path);
    });
  }

  private found(path: string): Inode {
    const inode = this.names.get(path);
    if (inode === undefined) throw failure('ENOENT');
    return inode;
  }

  private folder(path: string): OpenFile {
    const no = (): never => {
      throw failure('EISDIR');
    };
    const sync = (): Promise<void> =>
      this.run('sync', () => {
        for (const name of [...this.durableNames.keys()]) if (name.startsWith(`${path}/`)) this.durableNames.delete(name);
        for (const [name, inode] of this.names) if (name.startsWith(`${path}/`)) this.durableNames.set(name, inode);
      });
    return { sync, datasync: sync, close: async () => undefined, read: no, write: no, writev: no, truncate: no };
  }

  private file(inode: Inode): OpenFile {
    const put = (bytes: Buffer, at: number): void => {
      const data = Buffer.alloc(Math.max(inode.data.length, at + bytes.length));
      inode.data.copy(data);
      bytes.copy(data, at);
      inode.data = data;
      inode.dirty.push([at, at + bytes.length]);
    };
    const write = (call: 'write' | 'writev', bytes: Buffer, at: number): Promise<{ bytesWritten: number }> =>
      this.run(
        call,
        () => {
          put(bytes, at);
          return { bytesWritten: bytes.length };
        },
        () => {
          const part = bytes.subarray(0, bytes.length >> 1);
          put(part, at);
          return { bytesWritten: part.length };
        },
      );
    const sync = (call: 'datasync' | 'sync') => async (): Promise<void> => {
      try {
        await this.run(call, () => this.persist(inode));
      } finally {
        inode.dirty = [];
      }
    };
    return {
      read: (buffer, offset, length, position) =>
        this.run('read', () => ({
          bytesRead: inode.data.copy(buffer, offset, position, Math.min(position + length, inode.data.length)),
        })),
      write: (buffer, offset, length, position) => write('write', buffer.subarray(offset, offset + length), position),
      writev: (buffers, position) => write('writev', Buffer.concat(buffers), position),
      datasync: sync('datasync'),
      sync: sync('sync'),
      truncate: (bytes) =>
        this.run('truncate', () => {
          inode.data = Buffer.from(inode.data.subarray(0, bytes));
        }),
      close: async () => undefined,
    };
  }

  /** Every other call takes up to 40 ms. */
  private async takeTime(): Promise<void> {
    const chance = crc32(`${this.slowness} ${this.calls++}`);
    if (this.slowness !== 0 && chance % 2 === 0) await new Promise((go) => setTimeout(go, (chance >> 1) % 40));
    else await Promise.resolve();
  }

  private persist(inode: Inode): void {
    const durable = Buffer.alloc(inode.data.length);
    inode.durable.copy(durable);
    for (const [from, to] of inode.dirty) inode.data.copy(durable, from, from, to);
    inode.durable = durable;
  }

  private async run<T>(call: Call | undefined, act: () => T, part?: () => T): Promise<T> {
    const dead = (): boolean => this.of !== undefined && this.of !== this.life;
    if (dead()) return new Promise(() => undefined);
    const at = this.planned.findIndex((each) => each.call === call && --each.left <= 0);
    const trouble = at === -1 ? undefined : this.planned.splice(at, 1)[0]!.trouble;
    if (trouble === 'hang') await new Promise<void>((go) => this.hung.push(go));
    else await this.disk.takeTime();
    if (dead()) return new Promise(() => undefined);
    if (trouble === 'short' && part !== undefined) return part();
    if (trouble === 'late' || trouble === 'die-late') act();
    if (trouble?.startsWith('die')) {
      this.disk.kill();
      this.disk.died = true;
      return new Promise(() => undefined);
    }
    if (trouble !== undefined && trouble !== 'hang') throw failure(trouble === 'ENOSPC' ? 'ENOSPC' : 'EIO');
    return act();
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
