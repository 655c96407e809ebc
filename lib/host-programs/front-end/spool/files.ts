/** What the spool wants of a file system. Tests put one that fails in its place: each call is one that may. */
import * as disk from 'node:fs/promises';
import { anew, OWN } from '../../shared/state-files';

/** An open file. */
export interface OpenFile {
  /** @returns bytes that were read; 0 at the file's end */
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  writev(buffers: readonly Buffer[], position: number): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface Files {
  open(path: string, flags: 'r' | 'w' | 'wx', mode?: number): Promise<OpenFile>;
  readdir(folder: string): Promise<string[]>;
  /** Of what stands at the path itself, not behind a link. */
  stat(path: string): Promise<{ readonly size: number; isFile(): boolean }>;
  statfs(folder: string): Promise<{ readonly bsize: number; readonly blocks: number; readonly bavail: number }>;
  mkdir(folder: string, options: { readonly recursive: true }): Promise<unknown>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** The disk's: nothing is read or written through a link that somebody put there. */
export const DISK: Files = {
  ...(disk as Files),
  open: (path, flags, mode) =>
    (flags === 'r' ? disk.open(path, OWN) : flags === 'w' ? anew(path) : disk.open(path, flags, mode)) as Promise<OpenFile>,
  stat: (path) => disk.lstat(path),
};

/** A file's name is on disk when its folder is. */
export async function syncFolder(files: Files, folder: string): Promise<void> {
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** All of `length` bytes, or an error: a file that is shorter than it was is damaged. */
export async function readWhole(file: OpenFile, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    filled += bytesRead;
  }
  return buffer;
}

/** All of a buffer, or an error. */
export async function writeWhole(file: OpenFile, buffer: Buffer, position: number): Promise<void> {
  const { bytesWritten } = await file.write(buffer, 0, buffer.length, position);
  if (bytesWritten !== buffer.length) throw new Error(`only ${bytesWritten} of ${buffer.length} bytes were written`);
}
