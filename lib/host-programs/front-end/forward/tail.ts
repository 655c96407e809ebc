/** Reads the spool from a place on, segment after segment, up to what is on disk. */
import { reason, say, sayOften } from '../../shared/log';
import { steady } from '../../shared/steady';
import type { Frame } from '../spool/frame';
import { SegmentReader } from '../spool/reader';
import type { Position, Segment } from '../spool/segment';
import type { Spool } from '../spool/spool';

export interface Tailed {
  /** Undefined where nothing more comes of a segment: everything before it has been read. */
  readonly frame: Frame | undefined;
  readonly segment: Segment;
  /** First two parts of the lines' keys. */
  readonly host: string;
  readonly boot: string;
  /** Before the frame, and behind it. */
  readonly start: Position;
  readonly end: Position;
  /** Acknowledged lines right before the frame that can't be read any more. */
  readonly lost: number;
}

/** What can't be read for so long is taken for damaged. */
const UNREADABLE_MS = 10_000;

export class Tail {
  private reader: SegmentReader | undefined;
  private failing: { readonly segment: Segment; readonly since: number } | undefined;

  /**
   * @param host of lines in segments whose first line is damaged
   * @param tells whether it counts what is damaged; of several that read the same spool one does
   */
  constructor(
    private readonly spool: Spool,
    private readonly host: string,
    private from: Position,
    private readonly tells: boolean,
  ) {}

  /** Where it stands. */
  get at(): Position {
    return this.reader === undefined ? this.from : { segment: this.reader.segment.number, ...this.reader.at };
  }

  /** The next frame; undefined where there is nothing more on disk yet. */
  async next(): Promise<Tailed | undefined> {
    for (;;) {
      const segment = this.reader?.segment ?? this.spool.segments.find(({ number }) => number >= this.from.segment);
      // Who has begun a segment without lines would stand in one that may go again.
      if (segment === undefined || (segment.next === segment.first && this.spool.isWritten(segment))) return undefined;
      try {
        // Looked at before reading: what isn't written to has all that it will ever have.
        const dropped = !this.spool.segments.includes(segment);
        const finished = dropped || !this.spool.isWritten(segment);
        this.reader ??= await SegmentReader.open(
          this.spool.files,
          segment,
          segment.number === this.from.segment ? this.from : undefined,
        );
        const { reader } = this;
        const start = this.at;
        const read = dropped ? undefined : await reader.next();
        this.failing = undefined;
        const more = { segment, host: reader.host ?? this.host, boot: segment.boot, start };
        if (read !== undefined) return { ...more, frame: read.frame, end: this.at, lost: read.lost };
        if (!finished) return undefined;
        const lost = dropped ? 0 : reader.missing;
        if (this.tells) this.account(reader);
        await this.leave(segment);
        return { ...more, frame: undefined, end: { segment: segment.number, offset: segment.bytes }, lost };
      } catch (error) {
        const given = await this.unreadable(segment, error);
        if (given === undefined) throw error;
        return given;
      }
    }
  }

  async close(): Promise<void> {
    await this.reader?.close();
    this.reader = undefined;
  }

  private account({ segment, damaged, torn, altered }: SegmentReader): void {
    const { counts } = this.spool;
    counts.damagedBytes += damaged;
    counts.tornBytes += torn;
    const found = Math.max(0, segment.taken - (segment.next - segment.first));
    counts.foundLines += found;
    segment.next += found;
    if (torn > 0) say(`${segment.path}: ${torn} bytes that were never acknowledged`);
    if (damaged > 0) say(`${segment.path}: ${damaged} bytes that were acknowledged are damaged`);
    if (altered) say(`${segment.path}: its frames are sound, and not those that were acknowledged`);
    if (damaged > 0 || altered) this.spool.damage(segment);
  }

  private async leave(segment: Segment): Promise<void> {
    this.from = { segment: segment.number + 1, offset: 0 };
    await this.close();
  }

  /** A disk may answer again. One that doesn't must not hold back what lies behind: the rest of the segment is told as damaged. */
  private async unreadable(segment: Segment, error: unknown): Promise<Tailed | undefined> {
    if (this.failing?.segment !== segment) this.failing = { segment, since: steady() };
    sayOften('read', `can't read ${segment.path}: ${reason(error)}`);
    if (this.spool.isWritten(segment) || steady() - this.failing.since < UNREADABLE_MS) return undefined;
    const start = this.reader === undefined ? { ...this.from, segment: segment.number } : this.at;
    const lost = Math.max(0, segment.next - (start.sequence ?? segment.first));
    if (this.tells) {
      this.spool.counts.damagedBytes += Math.max(0, segment.bytes - start.offset);
      this.spool.damage(segment);
    }
    await this.leave(segment);
    const end = { segment: segment.number, offset: segment.bytes };
    return { frame: undefined, segment, host: this.host, boot: segment.boot, start, end, lost };
  }
}
