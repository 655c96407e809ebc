/** The segment that is being written. */
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../shared/state-files';
import { segmentHeader, segmentSeed } from './frame';
import { type Segment, segmentPath } from './segment';

export class SegmentFile {
  readonly seed: number;
  /** Whether there is nothing but its first line. */
  empty = true;

  private constructor(
    private readonly handle: FileHandle,
    readonly segment: Segment,
  ) {
    this.seed = segmentSeed(segment.boot, segment.number);
  }

  /** A new one, whose name and first line are on disk. */
  static async create(folder: string, host: string, boot: string, number: number): Promise<SegmentFile> {
    const path = segmentPath(folder, boot, number);
    const handle = await open(path, 'wx', 0o600);
    const file = new SegmentFile(handle, { number, boot, path, bytes: 0 });
    try {
      await file.append([segmentHeader(host, boot)]);
      await syncFolder(dirname(path));
      file.empty = true;
      return file;
    } catch (error) {
      await file.close();
      await unlink(path).catch(() => undefined);
      throw error;
    }
  }

  /** Behind what is there. It returns when all of it is on disk. After an error the file isn't to be written to again: see `cut`. */
  async append(parts: Buffer[]): Promise<void> {
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    const { bytesWritten } = await this.handle.writev(parts, this.segment.bytes);
    if (bytesWritten !== bytes) throw new Error(`only ${bytesWritten} of ${bytes} bytes were written`);
    await this.handle.datasync();
    this.segment.bytes += bytes;
    this.empty = false;
  }

  /**
   * After an error: what was not acknowledged goes, and the file is closed. Linux tells of a failed write-back once and takes the pages for clean
   * then, so that a second fdatasync of the same file says nothing of what the first one lost: what follows goes into a new segment.
   */
  async cut(): Promise<void> {
    // What can't be cut is not read: only up to `bytes`, and after a restart as frames that nobody has been promised.
    await this.handle.truncate(this.segment.bytes).catch(() => undefined);
    await this.close();
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}
