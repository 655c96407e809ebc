/** A file that stays readable whatever becomes of its name. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/**
 * Bytes before a position that are remembered. They are read again with what comes after them: if they have changed, the file is another
 * one, or was truncated and has grown over the position since.
 */
export const TAIL = 1024;
const PIECE = 1_048_576;

export class OpenedFile {
  #handle: FileHandle | undefined;

  /**
   * @param inode as the file system says it
   * @param opener opens what may be read, and nothing else
   */
  constructor(
    readonly inode: string,
    private readonly opener: (path: string) => Promise<FileHandle | undefined>,
  ) {}

  get opened(): boolean {
    return this.#handle !== undefined;
  }

  /** Opens it by a path. False: another file stands there by now, or none. */
  async open(path: string): Promise<boolean> {
    if (this.#handle) return true;
    const handle = await this.opener(path);
    if (handle && String((await handle.stat({ bigint: true })).ino) === this.inode) {
      this.#handle = handle;
      return true;
    }
    await handle?.close();
    return false;
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  /** Size, and how many names it has; undefined where it isn't open. */
  async stat(): Promise<{ size: number; nlink: number } | undefined> {
    return this.#handle?.stat();
  }

  /** What stands at an offset: less at the end of the file. */
  async at(offset: number, length: number): Promise<Buffer> {
    if (!this.#handle) return Buffer.alloc(0);
    const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /** The bytes before an offset that tell it from other files; undefined if it is shorter. */
  async before(offset: number): Promise<Buffer | undefined> {
    const length = Math.min(offset, TAIL);
    const bytes = await this.at(offset - length, length);
    return this.opened && bytes.length === length ? bytes : undefined;
  }

  /** Where a byte stands next, and else where the file ends. */
  async find(byte: number, from: number): Promise<{ found: boolean; at: number }> {
    for (let at = from; ; ) {
      const piece = await this.at(at, PIECE);
      const index = piece.indexOf(byte);
      if (index >= 0) return { found: true, at: at + index };
      if (piece.length === 0) return { found: false, at };
      at += piece.length;
    }
  }

  /** What stands between two offsets. Throws an Error if it is there no more. */
  async *pieces(from: number, to: number): AsyncIterable<Buffer> {
    for (let at = from; at < to; ) {
      const piece = await this.at(at, Math.min(PIECE, to - at));
      if (piece.length === 0) throw new Error('the file has become shorter');
      yield piece;
      at += piece.length;
    }
  }
}

/** Enough of a digest to tell contents of files apart. */
export function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
