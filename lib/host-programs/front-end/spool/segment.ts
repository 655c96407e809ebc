/** Segments: the files of the spool, and their order. */
import { join } from 'node:path';
import type { Files } from './files';
import { HEAD_BYTES, isFirstVersion, type Mark, readHead } from './frame';

export interface Segment {
  /** Counts on over boots: what has the lower number was written earlier. A number is never used twice. */
  readonly number: number;
  /** Boot id of the front end that wrote it: 12 hexadecimal digits. */
  readonly boot: string;
  readonly path: string;
  /** Bytes that are surely on disk; of a segment of an earlier boot, bytes of the file. */
  bytes: number;
  /** Lines that the spool had kept before, over all boots; undefined where nobody knows. */
  total: number | undefined;
  /** Sequence of its first line. */
  readonly first: number;
  /** Up to where all was acknowledged; undefined where that isn't known: the first line is damaged. */
  mark: Mark | undefined;
  /** Sequence behind its last line. */
  next: number;
  /** Lines of it that are on their way, have arrived, or are told as damaged. */
  taken: number;
  /** Lines of it that are done with: all that is in front of them is, too. */
  confirmed: number;
  /** Something of it can't be read: the file is kept, under another name. */
  damaged: boolean;
}

/** A place in the spool: everything before it is confirmed. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
  /** Sequence of the line there; undefined where nobody knows. */
  readonly sequence?: number;
}

const TRIES = 5;

export function segmentPath(folder: string, boot: string, number: number): string {
  return join(folder, `${boot}-${String(number).padStart(10, '0')}.segment`);
}

/** Whether one place is before another. */
export function isBefore(a: Position, b: Position): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}

/** Segments in the folder, the oldest first. One whose first line can't be read is damaged, and keeps nobody from starting. How many lines those hold whose first line has no mark has to be counted: `next` is `first` then. */
export async function listSegments(files: Files, folder: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of await files.readdir(folder)) {
    const [, boot, digits] = /^([0-9a-f]{12})-(\d{10,})\.segment$/.exec(name) ?? [];
    if (boot === undefined || digits === undefined) continue;
    const path = join(folder, name);
    const is = await files.stat(path);
    if (!is.isFile()) continue;
    const start = await insisting(() => startOf(files, path)).catch(() => Buffer.alloc(0));
    const head = readHead(start);
    const first = head?.first ?? 0;
    segments.push({
      number: Number(digits),
      boot,
      path,
      bytes: is.size,
      total: head?.total,
      first,
      mark: head?.mark,
      next: head?.mark.next ?? first,
      taken: 0,
      confirmed: 0,
      damaged: head === undefined && !isFirstVersion(start),
    });
  }
  return segments.sort((a, b) => a.number - b.number);
}

/** Bytes of a file's start, which hold its first line. */
export async function startOf(files: Files, path: string): Promise<Buffer> {
  const file = await files.open(path, 'r');
  try {
    const start = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(start, 0, HEAD_BYTES, 0);
    return start.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A disk that fails once may answer the next time. */
async function insisting<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
