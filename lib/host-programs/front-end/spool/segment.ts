/** Segments: the files of the spool, and their order. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Segment {
  /** Counts on over boots: what has the lower number was written earlier. */
  readonly number: number;
  /** Boot id of the front end that wrote it: 12 hexadecimal digits. */
  readonly boot: string;
  readonly path: string;
  /** Bytes that are surely on disk; of a segment of an earlier boot, bytes of the file. */
  bytes: number;
}

/** A place in the spool: everything before it is confirmed. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

export function segmentPath(folder: string, boot: string, number: number): string {
  return join(folder, `${boot}-${String(number).padStart(10, '0')}.segment`);
}

/** Segments in the folder, the oldest first. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of await readdir(folder)) {
    const [, boot, digits] = /^([0-9a-f]{12})-(\d{10,})\.segment$/.exec(name) ?? [];
    if (boot === undefined || digits === undefined) continue;
    const path = join(folder, name);
    const is = await lstat(path);
    if (is.isFile()) segments.push({ number: Number(digits), boot, path, bytes: is.size });
  }
  return segments.sort((a, b) => a.number - b.number);
}
