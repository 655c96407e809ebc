/** Reads the frames of one segment. */
import { type FileHandle, open } from 'node:fs/promises';
import { OWN } from '../../shared/state-files';
import { type Frame, headerHost, readFrame, segmentSeed, toldBytes } from './frame';
import type { Segment } from './segment';

export interface ReadFrame {
  readonly frame: Frame;
  /** Where the next one begins. */
  readonly end: number;
}

const CHUNK = 1 << 20;

export class SegmentReader {
  /** Host that wrote it; undefined where the segment's first line is damaged. */
  readonly host: string | undefined;
  /** Bytes that were no frames: what a crash has torn, or a disk has damaged. */
  damaged = 0;
  /** End of the last frame that was read; what lies behind it up to the segment's end is torn. */
  sound: number;
  private chunk = Buffer.alloc(0);
  /** Where `chunk` begins in the file. */
  private chunkAt = 0;
  private readonly seed: number;

  private constructor(
    private readonly handle: FileHandle,
    readonly segment: Segment,
    private offset: number,
    { host, start }: { host: string | undefined; start: number },
  ) {
    this.host = host;
    this.offset = Math.max(offset, start);
    this.sound = this.offset;
    this.seed = segmentSeed(segment.boot, segment.number);
  }

  /** @param from 0, or where a frame begins */
  static async open(segment: Segment, from = 0): Promise<SegmentReader> {
    const handle = await open(segment.path, OWN);
    try {
      const start = Buffer.alloc(512);
      const { bytesRead } = await handle.read(start, 0, 512, 0);
      const newline = start.subarray(0, bytesRead).indexOf(10);
      return new SegmentReader(handle, segment, from, {
        host: headerHost(start),
        start: newline === -1 ? bytesRead : newline + 1,
      });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Place in the segment up to which it has been read. */
  get at(): number {
    return this.offset;
  }

  /** The next frame; undefined where nothing more is on disk yet. */
  async next(): Promise<ReadFrame | undefined> {
    while (this.offset < this.segment.bytes) {
      const read = readFrame(this.chunk, this.offset - this.chunkAt, this.seed);
      if (typeof read === 'object') return this.take(read.frame, this.chunkAt + read.end);
      if (read === 'bad') return this.search();
      const known = this.chunkAt + this.chunk.length;
      const told = toldBytes(this.chunk, this.offset - this.chunkAt);
      // Nothing more can come: the frame ends behind the segment's end.
      if (known >= this.segment.bytes || this.offset + told > this.segment.bytes) return this.search();
      await this.load(Math.max(CHUNK, told));
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private take(frame: Frame, end: number): ReadFrame {
    this.offset = end;
    this.sound = end;
    return { frame, end };
  }

  /** After damage: the next sound frame, wherever it is. Lines that were acknowledged may lie behind a damaged block of the disk. */
  private async search(): Promise<ReadFrame | undefined> {
    const from = this.offset;
    const end = this.segment.bytes;
    await this.load(end - from);
    // The newline before it may be the byte that is damaged.
    for (let at = this.chunk.indexOf('=', 1, 'latin1'); at !== -1; at = this.chunk.indexOf('=', at + 1, 'latin1')) {
      const read = readFrame(this.chunk, at, this.seed);
      if (typeof read !== 'object') continue;
      this.damaged += at;
      return this.take(read.frame, this.chunkAt + read.end);
    }
    this.damaged += end - from;
    this.offset = end;
    return undefined;
  }

  /** A new buffer each time: lines that are on their way are parts of the old ones. */
  private async load(bytes: number): Promise<void> {
    const wanted = Math.min(bytes, this.segment.bytes - this.offset);
    const chunk = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.handle.read(chunk, filled, wanted - filled, this.offset + filled);
      if (bytesRead === 0) throw new Error(`${this.segment.path} is shorter than it was`);
      filled += bytesRead;
    }
    this.chunk = chunk;
    this.chunkAt = this.offset;
  }
}
