/**
 * Lines on disk: plain append-only segments, and one fdatasync for all that came while the one before ran. What is appended is there when `append`
 * returns, or was refused.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { reason, say, sayOften } from '../../shared/log';
import { stamp, steady } from '../../shared/steady';
import { type Checkpoint, readCheckpoint } from './checkpoint';
import { DISK, type Files } from './files';
import { FRAME_BYTES, FRAME_MOST, frameHeader } from './frame';
import { countLines } from './reader';
import { listSegments, type Segment } from './segment';
import { NEW, SegmentFile } from './segment-file';
import { balance, settle } from './settle';

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
  /** @default - the disk's */
  readonly files?: Files;
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
    readonly why: 'full' | 'busy' | 'failing' | 'closed' | 'too-large',
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
  private spaceAt = Number.NEGATIVE_INFINITY;
  private restsUntil = Number.NEGATIVE_INFINITY;
  /**
   * Counted since the start. `damagedLines` were acknowledged and can't be read; `foundLines` were read after all of segments that couldn't be
   * looked at; `tornBytes` were never acknowledged.
   */
  readonly counts = {
    lines: 0,
    bytes: 0,
    syncs: 0,
    refused: 0,
    errors: 0,
    droppedLines: 0,
    droppedSegments: 0,
    damagedBytes: 0,
    damagedLines: 0,
    damagedSegments: 0,
    foundLines: 0,
    tornBytes: 0,
  };
  /** Lines that were ever kept here, over all boots. */
  kept = 0;
  /** Bytes that segments may have together, and bytes free on the file system, as last looked at. */
  capacity = 0;
  freeBytes = 0;
  /** When something was last kept, by the steady clock; undefined where nothing was. */
  lastKept: number | undefined;
  readonly files: Files;

  private constructor(
    readonly options: SpoolOptions,
    readonly segments: Segment[],
    private nextNumber: number,
    /** Where forwarding goes on, and why it must not until somebody has looked. */
    readonly from: Checkpoint,
    readonly strange: string | undefined,
  ) {
    this.files = options.files ?? DISK;
  }

  /** Opens the folder; makes it where it isn't there. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const files = options.files ?? DISK;
    await files.mkdir(options.folder, { recursive: true });
    for (const name of await files.readdir(options.folder))
      if (name.endsWith(`.segment${NEW}`)) await files.unlink(join(options.folder, name));
    const segments = await listSegments(files, options.folder);
    for (const segment of segments)
      await look(files, segment).catch((error) => {
        segment.damaged = true;
        say(`${segment.path} can't be read: ${reason(error)}`);
      });
    const saved = await readCheckpoint(files, options.folder);
    const { from, strange } = await settle(files, segments, saved, options.whenFull === 'drop-oldest');
    // A number that was used once means that place for ever: what a checkpoint names must not come again.
    const named = saved === undefined ? [] : [saved, ...Object.values(saved.apart ?? {})];
    const next = Math.max(0, ...segments.map(({ number }) => number), ...named.map(({ segment }) => segment)) + 1;
    const spool = new Spool(options, segments, next, strange === undefined ? from : (saved ?? from), strange);
    const { kept, missing } = balance(segments, saved);
    spool.kept = kept;
    spool.counts.damagedLines = missing;
    if (missing > 0) say(`${missing} lines that were acknowledged are not there`);
    for (const segment of segments) if (segment.damaged) spool.tellDamaged(segment);
    if (strange !== undefined) say(`nothing is forwarded: ${strange}`);
    await spool.lookForSpace();
    return spool;
  }

  /** Lines that are there and not done with. */
  get open(): number {
    return this.segments.reduce((sum, { next, first, confirmed }) => sum + next - first - confirmed, 0);
  }

  /** Lines that nobody has begun to forward. */
  get unread(): number {
    return this.segments.reduce((sum, { next, first, taken }) => sum + next - first - taken, 0);
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
      if (lines.count > FRAME_MOST.count || lines.bytes > FRAME_MOST.bytes)
        return refuse(new SpoolRefusal('too-large', `more than ${FRAME_MOST.count} lines at once`));
      if (steady() < this.restsUntil) return refuse(new SpoolRefusal('failing', 'the disk refuses'));
      if (this.waitingBytes + lines.bytes > this.options.pendingBytes)
        return refuse(new SpoolRefusal('busy', 'the disk is behind'));
      this.waitingBytes += lines.bytes;
      this.waiting.push({ lines, time: stamp(), kept, refused: refuse });
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

  /** Whether something may still be written to it. */
  isWritten(segment: Segment): boolean {
    return segment === this.active?.segment;
  }

  /** Everybody has passed a segment: lines of it that nobody is done with can't be read. */
  pass(segment: Segment): void {
    const lines = segment.next - segment.first;
    const left = lines - segment.confirmed;
    if (this.isWritten(segment) || left === 0) return;
    this.counts.damagedLines += left;
    say(`${segment.path}: ${left} lines that were acknowledged can't be read`);
    Object.assign(segment, { taken: lines, confirmed: lines });
    this.damage(segment);
  }

  /** Something of a segment, or all, can't be read: told once. */
  damage(segment: Segment): void {
    if (segment.damaged) return;
    segment.damaged = true;
    this.tellDamaged(segment);
  }

  private tellDamaged({ path }: Segment): void {
    this.counts.damagedSegments++;
    say(`${path} is damaged`);
  }

  /**
   * Removes a segment that everybody has passed; the one that is written stays. What couldn't be read of it may be of use to a person: then its file stays,
   * under another name.
   */
  async remove(segment: Segment): Promise<void> {
    if (!this.isWritten(segment)) await this.forget(segment);
  }

  private async forget(segment: Segment): Promise<void> {
    this.takeOut(segment);
    const { path, damaged } = segment;
    const gone = damaged ? this.files.rename(path, `${path}.damaged`) : this.files.unlink(path);
    await gone.catch((error) => {
      if (error.code !== 'ENOENT') sayOften('unlink', `can't remove ${path}: ${reason(error)}`);
    });
  }

  private takeOut(segment: Segment): void {
    const at = this.segments.indexOf(segment);
    if (at !== -1) this.segments.splice(at, 1);
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
    const bytes = group.reduce(
      (sum, { lines: { topic, key } }) => sum + FRAME_BYTES + topic.length + (key === undefined ? 0 : key.length + 1),
      raw,
    );
    try {
      await this.makeRoom(bytes);
      const file = await this.fileFor(bytes);
      const frames = group.map(({ lines, time }) => {
        const head = { topic: lines.topic, sequence: this.sequence, count: lines.count, time, key: lines.key };
        // Also where this fails: a number that may be on disk is not given to another line.
        this.sequence += lines.count;
        return [frameHeader(file.seed, head, lines.body), ...lines.body];
      });
      await file.append(frames, this.sequence);
      const count = group.reduce((sum, { lines }) => sum + lines.count, 0);
      this.counts.lines += count;
      this.kept += count;
      this.counts.bytes += bytes;
      this.freeBytes -= bytes;
      this.counts.syncs++;
      this.lastKept = steady();
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
      const { folder, host } = this.options;
      const { boot, sequence, kept: total } = this;
      this.active = await SegmentFile.create(this.files, { folder, host, boot, number: this.nextNumber++, total, sequence });
      this.segments.push(this.active.segment);
    }
    return this.active;
  }

  private async fail(error: unknown): Promise<SpoolRefusal> {
    this.counts.errors++;
    sayOften('append', `can't keep lines, nothing of them is acknowledged: ${reason(error)}`);
    const file = this.active;
    this.active = undefined;
    // Nobody has read of it: who reads doesn't begin a segment without lines as long as it is written. From here on nobody may find it, or the
    // checkpoint would name what goes.
    if (file?.empty) this.takeOut(file.segment);
    await file?.cut();
    if (file?.empty) await this.forget(file.segment);
    this.spaceAt = Number.NEGATIVE_INFINITY;
    this.restsUntil = steady() + REST_MS;
    return new SpoolRefusal('failing', 'the disk refuses');
  }

  /** @throws SpoolRefusal where there is none */
  private async makeRoom(bytes: number): Promise<void> {
    await this.lookForSpace();
    while (this.lacksRoom(bytes)) {
      const oldest = this.segments[0];
      if (this.options.whenFull === 'refuse' || oldest === undefined || oldest === this.active?.segment)
        throw new SpoolRefusal('full', 'the spool is full');
      // There is always one that the checkpoint can name.
      if (this.segments.length === 1) await this.fileFor(0);
      await this.drop(oldest);
      this.spaceAt = Number.NEGATIVE_INFINITY;
      await this.lookForSpace();
    }
  }

  private lacksRoom(bytes: number): boolean {
    return this.bytes + bytes > this.capacity || this.freeBytes - bytes < this.options.reserveBytes;
  }

  /** What of it is on its way arrives all the same; the rest is lost. */
  private async drop(segment: Segment): Promise<void> {
    const { next, first, taken } = segment;
    this.counts.droppedLines += next - first - taken;
    this.counts.droppedSegments++;
    sayOften('drop', `the spool is full: ${segment.path} goes`);
    await this.forget(segment);
  }

  private async lookForSpace(): Promise<void> {
    const now = steady();
    if (now - this.spaceAt < SPACE_MS) return;
    const { bsize, blocks, bavail } = await this.files.statfs(this.options.folder);
    this.capacity = Math.floor(blocks * bsize * this.options.share);
    this.freeBytes = bavail * bsize;
    this.spaceAt = now;
  }
}

/**
 * What of a segment of an earlier boot its mark doesn't know: what was acknowledged right before the power went, or everything where there is no mark.
 * It is on disk for good before somebody relies on it.
 */
async function look(files: Files, segment: Segment): Promise<void> {
  const { mark } = segment;
  if (mark !== undefined && segment.bytes <= mark.bytes) return;
  const from = mark && { offset: mark.bytes, sequence: mark.next };
  segment.next += await countLines(files, segment, from && { from });
  const file = await files.open(segment.path, 'r');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
