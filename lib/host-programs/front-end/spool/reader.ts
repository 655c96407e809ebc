/** Reads the frames of one segment. */
import { type Files, type OpenFile, readWhole } from './files';
import { digested, type Frame, HEAD_BYTES, headerHost, readFrame, segmentSeed, toldBytes } from './frame';
import type { Position, Segment } from './segment';

export interface ReadFrame {
  readonly frame: Frame;
  /** Where the next one begins. */
  readonly end: number;
  /** Acknowledged lines between the frame before and this one that are no frames any more. */
  readonly lost: number;
}

const CHUNK = 1 << 20;

export class SegmentReader {
  /** Bytes that were acknowledged and are no frames, and bytes that may never have been: what a crash has torn. */
  damaged = 0;
  torn = 0;
  /** Whether the frames up to the mark, all sound, are not those that were acknowledged. */
  altered = false;
  /** Of the frames so far; undefined where not all of them were read. */
  private digest: number | undefined;
  private chunk: Buffer = Buffer.alloc(0);
  /** Where `chunk` begins in the file. */
  private chunkAt = 0;
  private readonly seed: number;

  private constructor(
    private readonly file: OpenFile,
    readonly segment: Segment,
    private offset: number,
    /** Sequence of the next line that should come; undefined where nobody knows. */
    private expected: number | undefined,
    /** Host that wrote it; undefined where the segment's first line is damaged. */
    readonly host: string | undefined,
  ) {
    this.seed = segmentSeed(segment.boot, segment.number);
  }

  /** @param from where a frame begins. @default - its first one */
  static async open(files: Files, segment: Segment, from?: Omit<Position, 'segment'>): Promise<SegmentReader> {
    const file = await files.open(segment.path, 'r');
    try {
      const start = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await file.read(start, 0, HEAD_BYTES, 0);
      const newline = start.subarray(0, bytesRead).indexOf(10);
      const begin = newline === -1 ? bytesRead : newline + 1;
      const first = segment.mark === undefined ? undefined : segment.first;
      const known = from === undefined || from.offset <= begin ? first : from.sequence;
      const reader = new SegmentReader(file, segment, Math.max(from?.offset ?? 0, begin), known, headerHost(start));
      if (reader.offset === begin) reader.digest = 0;
      return reader;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Place in the segment up to which it has been read. */
  get at(): Omit<Position, 'segment'> {
    return { offset: this.offset, ...(this.expected !== undefined && { sequence: this.expected }) };
  }

  /** The next frame; undefined where nothing more is on disk yet. */
  async next(): Promise<ReadFrame | undefined> {
    while (this.offset < this.segment.bytes) {
      const read = readFrame(this.chunk, this.offset - this.chunkAt, this.seed);
      if (typeof read === 'object') return this.take(read.frame, read.end);
      if (read === 'bad') return this.search();
      const known = this.chunkAt + this.chunk.length;
      const told = toldBytes(this.chunk, this.offset - this.chunkAt);
      // Nothing more can come: the frame ends behind the segment's end.
      if (known >= this.segment.bytes || this.offset + told > this.segment.bytes) return this.search();
      await this.load(Math.max(CHUNK, told));
    }
    return undefined;
  }

  /** Lines that should still have come, once nothing more will: they were acknowledged and are no frames any more. */
  get missing(): number {
    return this.expected === undefined ? 0 : Math.max(0, this.segment.next - this.expected);
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }

  /** @param endInChunk behind the frame, in the chunk */
  private take(frame: Frame, endInChunk: number): ReadFrame {
    const end = this.chunkAt + endInChunk;
    this.compare(end);
    const lost = this.expected === undefined ? 0 : Math.max(0, frame.sequence - this.expected);
    this.offset = end;
    this.expected = frame.sequence + frame.count;
    return { frame, end, lost };
  }

  /** Sound frames may still be other ones: where all were read up to the mark, they are held against its digest. */
  private compare(end: number): void {
    const { mark } = this.segment;
    if (this.digest === undefined || mark === undefined) return;
    this.digest = digested(this.digest, this.chunk.subarray(this.offset - this.chunkAt));
    if (this.offset < mark.bytes && end >= mark.bytes) this.altered ||= end > mark.bytes || this.digest !== mark.digest;
  }

  /** After damage: the next sound frame, wherever it is. Lines that were acknowledged may lie behind a damaged block of the disk. */
  private async search(): Promise<ReadFrame | undefined> {
    const from = this.offset;
    const { bytes } = this.segment;
    await this.load(bytes - from);
    // The newline before it may be the byte that is damaged.
    for (let at = this.chunk.indexOf('=', 1, 'latin1'); at !== -1; at = this.chunk.indexOf('=', at + 1, 'latin1')) {
      const read = readFrame(this.chunk, at, this.seed);
      if (typeof read !== 'object' || (this.expected !== undefined && read.frame.sequence < this.expected)) continue;
      this.passed(from, from + at, true);
      this.digest = undefined;
      return this.take(read.frame, read.end);
    }
    this.passed(from, bytes, false);
    this.offset = bytes;
    return undefined;
  }

  /** @param followed whether a sound frame lies behind: then it was written wholly, once */
  private passed(from: number, to: number, followed: boolean): void {
    const sure = Math.max(from, Math.min(to, this.segment.mark?.bytes ?? (followed ? to : from)));
    this.damaged += sure - from;
    this.torn += to - sure;
  }

  /** A new buffer each time: lines that are on their way are parts of the old ones. */
  private async load(bytes: number): Promise<void> {
    this.chunk = await readWhole(this.file, this.offset, Math.min(bytes, this.segment.bytes - this.offset));
    this.chunkAt = this.offset;
  }
}

/** Lines between two places of a segment. */
export async function countLines(
  files: Files,
  segment: Segment,
  { from, until = Number.POSITIVE_INFINITY }: { readonly from?: Omit<Position, 'segment'>; readonly until?: number } = {},
): Promise<number> {
  const reader = await SegmentReader.open(files, segment, from);
  try {
    let lines = 0;
    for (let read = await reader.next(); read !== undefined && read.end <= until; read = await reader.next()) {
      lines += read.frame.count + (from === undefined ? read.lost : 0);
    }
    return lines;
  } finally {
    await reader.close();
  }
}
