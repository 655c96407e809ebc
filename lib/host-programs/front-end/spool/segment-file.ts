/** The segment that is being written. */
import { type Files, type OpenFile, syncFolder, writeWhole } from './files';
import { digested, segmentHeader, segmentSeed } from './frame';
import { type Segment, segmentPath } from './segment';

/** End of a file's name that is being made. */
export const NEW = '.new';

export interface SegmentFileOptions {
  readonly folder: string;
  readonly host: string;
  readonly boot: string;
  readonly number: number;
  /** Lines that the spool has kept so far, over all boots. */
  readonly total: number;
  /** Sequence of the next line. */
  readonly sequence: number;
}

export class SegmentFile {
  readonly seed: number;

  private constructor(
    private readonly file: OpenFile,
    readonly segment: Segment,
    private readonly host: string,
  ) {
    this.seed = segmentSeed(segment.boot, segment.number);
  }

  /** A new one, which is on disk with its first line, or not at all: one whose first line can't be read is damaged. */
  static async create(files: Files, { folder, host, boot, number, total, sequence }: SegmentFileOptions): Promise<SegmentFile> {
    const path = segmentPath(folder, boot, number);
    const made = `${path}${NEW}`;
    const file = await files.open(made, 'w', 0o600);
    try {
      const head = { host, total, first: sequence, mark: { bytes: 0, next: sequence, digest: 0 } };
      const bytes = segmentHeader(boot, head).length;
      const mark = { ...head.mark, bytes };
      await writeWhole(file, segmentHeader(boot, { ...head, mark }), 0);
      await file.datasync();
      await files.rename(made, path);
      await syncFolder(files, folder);
      const none = { taken: 0, confirmed: 0, damaged: false };
      return new SegmentFile(file, { number, boot, path, bytes, total, first: sequence, next: sequence, mark, ...none }, host);
    } catch (error) {
      await file.close().catch(() => undefined);
      for (const each of [made, path]) await files.unlink(each).catch(() => undefined);
      throw error;
    }
  }

  /** Whether there is nothing but its first line. */
  get empty(): boolean {
    return this.segment.next === this.segment.first;
  }

  /**
   * Frames behind what is there. It returns when all of it is on disk, and the mark says so. After an error the file isn't to be written to
   * again: see `cut`.
   *
   * @param frames each a header and the parts of its body
   * @param next sequence behind the last of their lines
   */
  async append(frames: readonly (readonly Buffer[])[], next: number): Promise<void> {
    const { segment } = this;
    const parts = frames.flat();
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    const { bytesWritten } = await this.file.writev(parts, segment.bytes);
    if (bytesWritten !== bytes) throw new Error(`only ${bytesWritten} of ${bytes} bytes were written`);
    await this.file.datasync();
    const digest = frames.reduce((sum, [header]) => digested(sum, header!), segment.mark!.digest);
    const mark = { bytes: segment.bytes + bytes, next, digest };
    // It needs no fdatasync of its own: a process that dies leaves it, and after a power cut the one before is as true.
    await writeWhole(
      this.file,
      segmentHeader(segment.boot, { host: this.host, total: segment.total!, first: segment.first, mark }),
      0,
    );
    segment.mark = mark;
    segment.bytes = mark.bytes;
    segment.next = next;
  }

  /**
   * After an error: what was not acknowledged goes, and the file is closed. Linux tells of a failed write-back once and takes the pages for clean
   * then, so that a second fdatasync of the same file says nothing of what the first one lost: what follows goes into a new segment.
   */
  async cut(): Promise<void> {
    // What can't be cut is not read: only up to `bytes`, and after a restart as frames that nobody has been promised.
    await this.file.truncate(this.segment.bytes).catch(() => undefined);
    await this.close();
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}
