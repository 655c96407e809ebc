/** Reads the spool from a place on, segment after segment, up to what is on disk. */
import type { Frame } from '../spool/frame';
import { SegmentReader } from '../spool/reader';
import type { Position, Segment } from '../spool/segment';
import type { Spool } from '../spool/spool';

export interface Tailed {
  /** Undefined where a segment begins: everything before it has been read. */
  readonly frame: Frame | undefined;
  /** First two parts of the lines' keys. */
  readonly host: string;
  readonly boot: string;
  /** Behind the frame. */
  readonly end: Position;
}

export class Tail {
  private reader: SegmentReader | undefined;

  /** @param host of lines in segments whose first line is damaged */
  constructor(
    private readonly spool: Spool,
    private readonly host: string,
    private from: Position,
  ) {}

  /** The next frame; undefined where there is nothing more on disk yet. */
  async next(): Promise<Tailed | undefined> {
    for (;;) {
      const { reader } = this;
      if (reader === undefined) return this.begin();
      const { segment } = reader;
      const dropped = !this.spool.segments.includes(segment);
      // Looked at before reading: what has a successor is not written to any more.
      const finished = dropped || this.after(segment.number) !== undefined;
      const read = dropped ? undefined : await reader.next();
      if (read !== undefined) {
        const end = { segment: segment.number, offset: read.end };
        return { frame: read.frame, host: reader.host ?? this.host, boot: segment.boot, end };
      }
      if (!finished) return undefined;
      await this.leave(reader);
    }
  }

  async close(): Promise<void> {
    await this.reader?.close();
    this.reader = undefined;
  }

  private async begin(): Promise<Tailed | undefined> {
    const segment = this.spool.segments.find(({ number }) => number >= this.from.segment);
    if (segment === undefined) return undefined;
    const offset = segment.number === this.from.segment ? this.from.offset : 0;
    this.reader = await SegmentReader.open(segment, offset);
    return { frame: undefined, host: this.host, boot: segment.boot, end: { segment: segment.number, offset: this.reader.at } };
  }

  private async leave(reader: SegmentReader): Promise<void> {
    this.spool.counts.damagedBytes += reader.damaged;
    this.from = { segment: reader.segment.number + 1, offset: 0 };
    this.reader = undefined;
    await reader.close();
  }

  private after(number: number): Segment | undefined {
    return this.spool.segments.find((segment) => segment.number > number);
  }
}
