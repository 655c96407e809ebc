/** One file that is read to its end, and on when it grows. */
import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FileCheckpoint } from './checkpoint';
import type { DockerPending } from './docker-lines';
import type { Batch, Feed, TakeLimits } from './feed';
import { Growth } from './growth';
import { digest, OpenedFile, TAIL } from './opened-file';

const NEWLINE = 10;

/** How raw lines become what is sent; the state goes into the checkpoint. */
export interface Decoder {
  lines(raw: readonly Buffer[], pending: DockerPending): { lines: Buffer[]; pending: DockerPending };
  unfinished(pending: DockerPending): Buffer[];
}

export interface TailedFileOptions {
  readonly source: string;
  readonly topic: string;
  readonly maxLineBytes: number;
  readonly batchBytes: number;
  readonly batchMilliseconds: number;
  /** Milliseconds without growth until a last line without a newline is taken as it is; undefined: never while the file lives. */
  readonly partialMilliseconds: number | undefined;
  readonly decoder?: Decoder;
  /** Opens a file that may be read; undefined: there is none. */
  readonly opener: (path: string) => Promise<FileHandle | undefined>;
  /** Has the file's id written, so that a line that is sent twice has the same key twice. */
  readonly commit: () => Promise<void>;
  /** The content that was read is gone from this file; a copy of it may be somewhere. It must call {@link TailedFile.restart}. */
  readonly truncated: (file: TailedFile) => Promise<void>;
}

/** What {@link TailedFile.accept} moves to. */
interface Position {
  readonly id: string;
  readonly offset: number;
  readonly tail: Buffer;
  readonly pending: DockerPending;
}

export class TailedFile implements Feed {
  readonly topic: string;
  readonly growth: Growth;
  /** No writer has it open: what comes stands in another file. */
  closed = false;
  /** Nothing will follow, here or in another file. */
  final = false;
  /** The file that this one goes on with; its lines come first. */
  before: TailedFile | undefined;
  #id = newId();
  #offset = 0;
  #tail: Buffer = Buffer.alloc(0);
  #pending: DockerPending = {};
  #taken: Position | undefined;
  /** What was taken while little or nothing stands before it that tells whether it is still the same. */
  #shown: FileCheckpoint['shown'];
  #takenId = '';
  /** Size at which there was no complete line. */
  #waitsBeyond = -1;
  /** Up to where an over-long line was searched for its end. */
  #searched = 0;
  /** The checkpoint has the id, and what was shown. */
  #durable = false;
  readonly #file: OpenedFile;
  readonly #options: TailedFileOptions;

  constructor(
    public path: string,
    /** As the file system says it. */
    readonly inode: string,
    options: TailedFileOptions,
    now: number,
  ) {
    this.#options = options;
    this.#file = new OpenedFile(inode, options.opener);
    this.topic = options.topic;
    this.growth = new Growth(now);
  }

  get name(): string {
    return this.path;
  }

  get id(): string {
    return this.#id;
  }

  get offset(): number {
    return this.#offset;
  }

  get opened(): boolean {
    return this.#file.opened;
  }

  get unsentSince(): number | undefined {
    // A line that isn't finished isn't one yet.
    return this.growth.size === this.#waitsBeyond ? undefined : this.growth.since;
  }

  /** Nothing is left in it. */
  get finished(): boolean {
    return this.growth.size === this.#offset && (!this.final || Object.keys(this.#pending).length === 0);
  }

  get checkpoint(): FileCheckpoint {
    const { path, inode } = this;
    return {
      ...{ id: this.#id, source: this.#options.source, path, inode, offset: this.#offset, tail: digest(this.#tail) },
      ...(this.#shown ? { shown: this.#shown } : {}),
      ...(Object.keys(this.#pending).length > 0 ? { pending: this.#pending } : {}),
    };
  }

  /** Opens it, so that it can be read to its end whatever becomes of its name. False: it is another file by now, or none. */
  open(): Promise<boolean> {
    return this.#file.open(this.path);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Goes on where a checkpoint says, if the bytes before that are still those. */
  async resume(saved: Pick<FileCheckpoint, 'id' | 'offset' | 'tail' | 'shown' | 'pending'>): Promise<boolean> {
    const tail = await this.bytesBefore(saved.offset);
    if (!tail || digest(tail) !== saved.tail) return false;
    this.#id = saved.id;
    this.#offset = saved.offset;
    this.#tail = tail;
    this.#shown = saved.shown;
    this.#pending = saved.pending ?? {};
    this.#durable = true;
    this.growth.passed(saved.offset);
    return true;
  }

  /** Begins anew: what stands in it now was never read. */
  restart(): void {
    this.#id = newId();
    this.#offset = 0;
    this.#tail = Buffer.alloc(0);
    this.#durable = false;
    this.#taken = undefined;
    this.#shown = undefined;
    this.#waitsBeyond = -1;
    this.#searched = 0;
    this.growth.restart();
  }

  /** The bytes before an offset that tell it from other files; undefined if it is shorter. */
  async bytesBefore(offset: number): Promise<Buffer | undefined> {
    return (await this.open()) ? this.#file.before(offset) : undefined;
  }

  /** Looks at its size. Returns the number of its names. */
  async poll(now: number): Promise<number> {
    const is = await this.#file.stat();
    if (is) this.growth.noticed(is.size, now);
    return is?.nlink ?? 0;
  }

  ready(now: number): boolean {
    if (this.before && !this.before.finished) return false;
    const { size, since } = this.growth;
    if (size < this.#offset) return true;
    if (size === this.#offset) return this.final && !this.finished;
    if (size === this.#waitsBeyond) return this.#takesPartial(now);
    return size - this.#offset >= this.#options.batchBytes || now - (since ?? now) >= this.#options.batchMilliseconds;
  }

  /** Whether what was read still stands in it. */
  async intact(): Promise<boolean> {
    if (!this.opened) return true;
    const [id, tail] = [this.#id, this.#tail];
    const now = await this.bytesBefore(this.#offset);
    return id !== this.#id || tail !== this.#tail || (now?.equals(tail) === true && (await this.#showsTheSame()));
  }

  async take(limits: TakeLimits, now: number): Promise<Batch | undefined> {
    this.#taken = undefined;
    this.#takenId = this.#id;
    if (!(await this.open())) return undefined;
    await this.poll(now);
    if (!(await this.#continues(now))) return undefined;
    const { maxLineBytes } = this.#options;
    for (let want = Math.min(limits.bytes, maxLineBytes + 1); ; want = Math.min(want * 2, maxLineBytes + 1)) {
      const data = (await this.#showsTheSame()) ? await this.#read(want) : undefined;
      if (!data) {
        await this.#options.truncated(this);
        return undefined;
      }
      if (data.includes(NEWLINE)) return this.#complete(data, limits);
      if (data.length < want) return this.#partial(data, now);
      if (want > maxLineBytes) return this.#overLong(data, now);
    }
  }

  accept(now: number): void {
    const to = this.#taken;
    // The file has begun anew while its lines were on their way.
    if (to?.id !== this.#id) return;
    this.#offset = to.offset;
    this.#tail = to.tail;
    this.#pending = to.pending;
    this.#taken = undefined;
    this.#shown = undefined;
    this.#waitsBeyond = -1;
    this.#searched = 0;
    this.growth.passed(to.offset, now);
  }

  /** Takes over the pieces that the file before it ended with. False: that one isn't read to its end. */
  async #continues(now: number): Promise<boolean> {
    const { before } = this;
    if (!before) return true;
    await before.poll(now);
    if (!before.finished) return false;
    this.#pending = { ...before.#pending, ...this.#pending };
    before.#pending = {};
    this.before = undefined;
    return true;
  }

  async #read(length: number): Promise<Buffer | undefined> {
    const known = this.#tail.length;
    const bytes = await this.#file.at(this.#offset - known, known + length);
    return bytes.subarray(0, known).equals(this.#tail) ? bytes.subarray(known) : undefined;
  }

  async #complete(data: Buffer, limits: TakeLimits): Promise<Batch> {
    const raw: Buffer[] = [];
    let at = 0;
    while (raw.length < limits.lines) {
      const end = data.indexOf(NEWLINE, at);
      if (end < 0) break;
      raw.push(data.subarray(at, end));
      at = end + 1;
    }
    return this.#batch(raw, data.subarray(0, at), String(this.#offset));
  }

  /** A last line without a newline: it waits, unless nothing will follow or it has waited long enough. */
  async #partial(data: Buffer, now: number): Promise<Batch | undefined> {
    if (data.length === 0) return this.final ? this.#unfinished() : undefined;
    if (!this.#takesPartial(now)) {
      this.#waitsBeyond = this.#offset + data.length;
      return undefined;
    }
    // Its key holds its length: if the file grows after all, before this is in the checkpoint, the longer line is another one.
    return this.#batch([data], data, `${this.#offset}.${data.length}`);
  }

  async #showsTheSame(): Promise<boolean> {
    const shown = this.#shown;
    if (!shown) return true;
    return digest(await this.#file.at(0, shown.length)) === shown.digest;
  }

  /**
   * Has what is sent next told in the checkpoint before it is sent. Where an answer is lost, the agent is killed and the file truncated,
   * other lines may stand after the same beginning, such as the header of a format: they must not get the keys of those that were sent.
   */
  #show(bytes: Buffer): void {
    const length = this.#offset + bytes.length;
    if (this.#offset >= TAIL || length <= (this.#shown?.length ?? 0)) return;
    this.#shown = { length, digest: digest(Buffer.concat([this.#tail, bytes])) };
    this.#durable = false;
  }

  #takesPartial(now: number): boolean {
    const { partialMilliseconds } = this.#options;
    return this.closed || this.final || (partialMilliseconds !== undefined && now - this.growth.at >= partialMilliseconds);
  }

  async #unfinished(): Promise<Batch | undefined> {
    const lines = this.#options.decoder?.unfinished(this.#pending) ?? [];
    if (lines.length === 0) return undefined;
    this.#taken = { id: this.#takenId, offset: this.#offset, tail: this.#tail, pending: {} };
    return { lines, key: await this.#key(`${this.#offset}.end`), divisible: false };
  }

  async #batch(raw: readonly Buffer[], bytes: Buffer, place: string): Promise<Batch> {
    const { decoder } = this.#options;
    const { lines, pending } = decoder?.lines(raw, this.#pending) ?? { lines: raw, pending: this.#pending };
    this.#taken = { id: this.#takenId, offset: this.#offset + bytes.length, tail: this.#after(bytes), pending };
    this.#show(bytes);
    return { lines, key: await this.#key(place), divisible: raw.length > 1 };
  }

  /** A line over the limit, once its end is there: in a big file that may take several looks. */
  async #overLong(data: Buffer, now: number): Promise<Batch | undefined> {
    const { found, at } = await this.#file.find(NEWLINE, Math.max(this.#searched, this.#offset));
    this.#searched = at;
    if (!found && !this.#takesPartial(now)) {
      this.#waitsBeyond = at;
      return undefined;
    }
    const to = found ? at + 1 : at;
    const tail = await this.bytesBefore(to);
    if (!tail) return undefined;
    this.#taken = { id: this.#takenId, offset: to, tail, pending: this.#pending };
    this.#show(data);
    const from = this.#offset;
    return { lines: [], key: await this.#key(String(from)), divisible: false, overLong: () => this.#file.pieces(from, at) };
  }

  #after(bytes: Buffer): Buffer {
    const all = bytes.length >= TAIL ? bytes : Buffer.concat([this.#tail, bytes]);
    return Buffer.from(all.subarray(Math.max(0, all.length - TAIL)));
  }

  async #key(place: string): Promise<string> {
    if (!this.#durable) {
      await this.#options.commit();
      this.#durable = true;
    }
    return `${this.#id}/${place}`;
  }
}

/** Twelve characters that no other content of a file ever had on this host. */
function newId(): string {
  return randomBytes(9).toString('base64url');
}
