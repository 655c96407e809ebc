/**
 * Lines on disk: plain append-only segments, and one fdatasync for all that came while the one before ran. What is appended is there when `append`
 * returns, or was refused.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, statfs, truncate, unlink } from 'node:fs/promises';
import { reason, say, sayOften } from '../../shared/log';
import { FRAME_BYTES, frameHeader } from './frame';
import { SegmentReader } from './reader';
import { listSegments, type Position, type Segment } from './segment';
import { SegmentFile } from './segment-file';

export interface SpoolOptions {
  readonly folder: string;
  /** This host's name: the first part of the lines' keys. */
  readonly host: string;
  /** A segment's size in bytes; a group that is larger than the rest gets a new one. */
  readonly segmentBytes: number;
  /** Share of the file system that the spool may have. */
  readonly share: number;
  /** Bytes that stay free on the file system, whoever fills it. */
  readonly reserveBytes: number;
  /** Bytes that may wait for the disk; more are refused. */
  readonly pendingBytes: number;
  readonly whenFull: 'refuse' | 'drop-oldest';
}

/** Lines of one topic that are kept together or not at all. */
export interface Lines {
  readonly topic: string;
  /** Together the lines, each with its newline. */
  readonly body: readonly Buffer[];
  readonly bytes: number;
  readonly count: number;
  /** The sender's own key of the request. It must be one that a frame can carry. */
  readonly key?: string;
}

/** Nothing of the lines is kept, and the sender has to come again. */
export class SpoolRefusal extends Error {
  constructor(
    readonly why: 'full' | 'busy' | 'failing' | 'closed',
    words: string,
  ) {
    super(words);
  }
}

interface Waiting {
  readonly lines: Lines;
  readonly time: number;
  readonly kept: () => void;
  readonly refused: (error: SpoolRefusal) => void;
}

/** So much of what waits is written by one call, so that nobody waits for somebody else's long write. */
const GROUP_BYTES = 8 << 20;
const SPACE_MS = 1000;
/** After an error nothing is tried for so long: each try may make a file. */
const REST_MS = 250;

export class Spool {
  readonly boot = randomBytes(6).toString('hex');
  /** Of the next line that is kept. */
  private sequence = 1;
  private active: SegmentFile | undefined;
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private closed = false;
  private watchers: (() => void)[] = [];
  private spaceAt = 0;
  private restsUntil = 0;
  /** Counted since the start. */
  readonly counts = { lines: 0, bytes: 0, syncs: 0, refused: 0, errors: 0, droppedLines: 0, droppedSegments: 0, damagedBytes: 0 };
  /** Bytes that segments may have together, and bytes free on the file system, as last looked at. */
  capacity = 0;
  freeBytes = 0;
  /** When something was last kept, milliseconds since 1970; 0 where nothing was. */
  lastKept = 0;
  /** Confirmed up to here; what is dropped is counted from it. */
  confirmed: Position = { segment: 0, offset: 0 };

  private constructor(
    readonly options: SpoolOptions,
    readonly segments: Segment[],
    private nextNumber: number,
  ) {}

  /** Opens the folder, makes it where it isn't there, and cuts what the last boot has left half written. */
  static async open(options: SpoolOptions): Promise<Spool> {
    await mkdir(options.folder, { recursive: true });
    const segments = await listSegments(options.folder);
    const last = segments.at(-1);
    const spool = new Spool(options, segments, (last?.number ?? 0) + 1);
    if (last !== undefined) await cutTail(last);
    await spool.lookForSpace();
    return spool;
  }

  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Bytes that may still come before it is full. */
  get room(): number {
    return Math.max(0, Math.min(this.capacity - this.bytes, this.freeBytes - this.options.reserveBytes) - this.waitingBytes);
  }

  /** Calls `watcher` whenever there is more on disk. */
  watch(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  /**
   * Keeps lines. They are on disk when it returns.
   *
   * @throws SpoolRefusal
   */
  append(lines: Lines): Promise<void> {
    return new Promise((kept, refused) => {
      const refuse = (error: SpoolRefusal): void => {
        this.counts.refused += lines.count;
        refused(error);
      };
      if (this.closed) return refuse(new SpoolRefusal('closed', 'this front end takes no more lines'));
      if (Date.now() < this.restsUntil) return refuse(new SpoolRefusal('failing', 'the disk refuses'));
      if (this.waitingBytes + lines.bytes > this.options.pendingBytes)
        return refuse(new SpoolRefusal('busy', 'the disk is behind'));
      this.waitingBytes += lines.bytes;
      this.waiting.push({ lines, time: Date.now(), kept, refused: refuse });
      this.running ??= this.run();
    });
  }

  /** Takes nothing more, and returns when what waits is on disk. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    await this.active?.close();
    this.active = undefined;
  }

  /** Removes a segment whose lines Kafka has; the one that is written stays. */
  async remove(segment: Segment): Promise<void> {
    if (segment === this.active?.segment) return;
    const at = this.segments.indexOf(segment);
    if (at !== -1) this.segments.splice(at, 1);
    await unlink(segment.path).catch((error) => {
      if (error.code !== 'ENOENT') sayOften('unlink', `can't remove ${segment.path}: ${reason(error)}`);
    });
  }

  private async run(): Promise<void> {
    try {
      // What else this turn of the event loop brings belongs to the same group.
      await new Promise((resolve) => setImmediate(resolve));
      while (this.waiting.length > 0) await this.commit(this.takeGroup());
    } finally {
      this.running = undefined;
    }
  }

  private takeGroup(): Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ lines }, i) => {
      bytes += lines.bytes;
      return i > 0 && bytes > GROUP_BYTES;
    });
    return end === -1 ? this.waiting.splice(0) : this.waiting.splice(0, end);
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const raw = group.reduce((sum, { lines }) => sum + lines.bytes, 0);
    const bytes = group.reduce((sum, { lines }) => sum + FRAME_BYTES + lines.topic.length, raw);
    try {
      await this.makeRoom(bytes);
      const file = await this.fileFor(bytes);
      let { sequence } = this;
      const parts = group.flatMap(({ lines, time }) => {
        const head = { topic: lines.topic, sequence, count: lines.count, time, key: lines.key };
        sequence += lines.count;
        return [frameHeader(file.seed, head, lines.body), ...lines.body];
      });
      await file.append(parts);
      this.counts.lines += sequence - this.sequence;
      this.counts.bytes += bytes;
      this.freeBytes -= bytes;
      this.counts.syncs++;
      this.sequence = sequence;
      this.lastKept = Date.now();
      for (const { kept } of group) kept();
      for (const watcher of this.watchers) watcher();
    } catch (error) {
      const refusal = error instanceof SpoolRefusal ? error : await this.fail(error);
      for (const { refused } of group) refused(refusal);
    } finally {
      this.waitingBytes -= raw;
    }
  }

  /** The file that takes `bytes` more. */
  private async fileFor(bytes: number): Promise<SegmentFile> {
    if (this.active !== undefined && this.active.segment.bytes + bytes > this.options.segmentBytes) {
      await this.active.close();
      this.active = undefined;
    }
    if (this.active === undefined) {
      this.active = await SegmentFile.create(this.options.folder, this.options.host, this.boot, this.nextNumber++);
      this.segments.push(this.active.segment);
    }
    return this.active;
  }

  private async fail(error: unknown): Promise<SpoolRefusal> {
    this.counts.errors++;
    sayOften('append', `can't keep lines, nothing of them is acknowledged: ${reason(error)}`);
    const file = this.active;
    this.active = undefined;
    await file?.cut();
    if (file?.empty) await this.remove(file.segment);
    this.spaceAt = 0;
    this.restsUntil = Date.now() + REST_MS;
    return new SpoolRefusal('failing', 'the disk refuses');
  }

  /** @throws SpoolRefusal where there is none */
  private async makeRoom(bytes: number): Promise<void> {
    await this.lookForSpace();
    while (this.lacksRoom(bytes)) {
      const oldest = this.segments[0];
      if (this.options.whenFull === 'refuse' || oldest === undefined || oldest === this.active?.segment)
        throw new SpoolRefusal('full', 'the spool is full');
      await this.drop(oldest);
      this.spaceAt = 0;
      await this.lookForSpace();
    }
  }

  private lacksRoom(bytes: number): boolean {
    return this.bytes + bytes > this.capacity || this.freeBytes - bytes < this.options.reserveBytes;
  }

  private async drop(segment: Segment): Promise<void> {
    const from = this.confirmed.segment === segment.number ? this.confirmed.offset : 0;
    this.counts.droppedLines += this.confirmed.segment > segment.number ? 0 : await countLines(segment, from);
    this.counts.droppedSegments++;
    sayOften('drop', `the spool is full: ${segment.path} goes`);
    await this.remove(segment);
  }

  private async lookForSpace(): Promise<void> {
    const now = Date.now();
    if (now - this.spaceAt < SPACE_MS) return;
    const { bsize, blocks, bavail } = await statfs(this.options.folder);
    this.capacity = Math.floor(blocks * bsize * this.options.share);
    this.freeBytes = bavail * bsize;
    this.spaceAt = now;
  }
}

/** Nobody was promised what lies behind the last sound frame. Earlier segments are only read, and their readers stop there, too. */
async function cutTail(segment: Segment): Promise<void> {
  const reader = await SegmentReader.open(segment);
  try {
    while ((await reader.next()) !== undefined);
    if (reader.sound === segment.bytes) return;
    say(`${segment.path}: cuts ${segment.bytes - reader.sound} bytes that were never acknowledged`);
    await truncate(segment.path, reader.sound);
    segment.bytes = reader.sound;
  } finally {
    await reader.close();
  }
}

async function countLines(segment: Segment, from: number): Promise<number> {
  const reader = await SegmentReader.open(segment, from);
  try {
    let lines = 0;
    for (let read = await reader.next(); read !== undefined; read = await reader.next()) lines += read.frame.count;
    return lines;
  } finally {
    await reader.close();
  }
}
