/** The journal, as `journalctl` follows it; its cursor is the checkpoint. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Batch, Feed, TakeLimits } from './feed';

const NEWLINE = 10;
/** Batches that are read ahead; then journalctl waits, and the journal keeps what comes. */
const AHEAD = 4;
const RESTART_MS = 1000;
const LONGEST_RESTART_MS = 30_000;

export interface JournalFeedOptions {
  /** Of the same units and topic the same, also after a restart. */
  readonly name: string;
  readonly topic: string;
  /** Units whose entries are taken. Empty: all. */
  readonly units: readonly string[];
  /** Fields of an entry beside the cursor, the times and the boot. Empty: all. */
  readonly fields: readonly string[];
  readonly cursor: string | undefined;
  readonly batchBytes: number;
  readonly batchMilliseconds: number;
  readonly maxLineBytes: number;
  /** Program and the arguments before ours. */
  readonly journalctl: readonly [string, ...string[]];
  readonly log: (text: string) => void;
  readonly now: () => number;
}

interface Entry {
  readonly cursor: string;
  readonly line: Buffer;
  readonly at: number;
}

/**
 * Every entry is one line: the JSON that `journalctl -o json` gives, with its `__CURSOR`, by which a line that is sent twice can be told.
 * There is no other key: entries of several journal files may come in another order the next time.
 */
export class JournalFeed implements Feed {
  /** Times that journalctl ended by itself. */
  restarts = 0;
  /** Entries that couldn't be understood. */
  unreadable = 0;
  /** Cursor of the last acknowledged entry. */
  cursor: string | undefined;
  readonly #options: JournalFeedOptions;
  #entries: Entry[] = [];
  #bytes = 0;
  #taken = 0;
  /** Cursor of the last entry that was read: where journalctl goes on. */
  #read: string | undefined;
  #rest: Buffer[] = [];
  #child: ChildProcess | undefined;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: JournalFeedOptions) {
    this.#options = options;
    this.cursor = options.cursor;
    this.#read = options.cursor;
  }

  get name(): string {
    return this.#options.name;
  }

  get id(): string {
    return 'journal';
  }

  get topic(): string {
    return this.#options.topic;
  }

  get unsentSince(): number | undefined {
    return this.#entries[0]?.at;
  }

  /** Whether journalctl waits until something is acknowledged. */
  get paused(): boolean {
    return this.#child?.stdout?.isPaused() ?? false;
  }

  start(): void {
    const { journalctl, log } = this.#options;
    const child = spawn(journalctl[0], [...journalctl.slice(1), ...this.#arguments()], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-500);
    });
    child.once('error', (error) => this.#again(error.message));
    child.once('close', (code, signal) => this.#again(`it ended (${signal ?? code}) ${said.trim()}`));
    if (this.#read === undefined) log(`${this.name}: the whole journal, from its beginning`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('close', done));
    child.kill('SIGTERM');
    child.stdout?.resume();
    await ended;
  }

  ready(now: number): boolean {
    const [first] = this.#entries;
    if (!first) return false;
    return this.#bytes >= this.#options.batchBytes || now - first.at >= this.#options.batchMilliseconds;
  }

  async take(limits: TakeLimits): Promise<Batch | undefined> {
    const { maxLineBytes } = this.#options;
    const [first] = this.#entries;
    if (!first) return undefined;
    if (first.line.length > maxLineBytes) {
      this.#taken = 1;
      return { lines: [], key: '', divisible: false, overLong: () => pieces(first.line) };
    }
    const lines: Buffer[] = [];
    let bytes = 0;
    for (const { line } of this.#entries) {
      if (lines.length >= limits.lines || (bytes > 0 && bytes + line.length > limits.bytes) || line.length > maxLineBytes) break;
      lines.push(line);
      bytes += line.length;
    }
    this.#taken = lines.length;
    return { lines, key: '', divisible: lines.length > 1 };
  }

  accept(): void {
    const done = this.#entries.splice(0, this.#taken);
    this.#taken = 0;
    for (const { line } of done) this.#bytes -= line.length;
    this.cursor = done.at(-1)?.cursor ?? this.cursor;
    if (this.#bytes < AHEAD * this.#options.batchBytes) this.#child?.stdout?.resume();
  }

  #arguments(): string[] {
    const { units, fields } = this.#options;
    return [
      // --all: otherwise fields over 4096 bytes are null.
      ...['--output=json', '--all', '--no-pager', '--quiet', '--follow', '--no-tail'],
      ...(fields.length > 0 ? [`--output-fields=${fields.join(',')}`] : []),
      ...units.map((unit) => `--unit=${unit}`),
      ...(this.#read === undefined ? [] : [`--after-cursor=${this.#read}`]),
    ];
  }

  #take(chunk: Buffer): void {
    let at = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      this.#entry(Buffer.concat([...this.#rest, chunk.subarray(at, end)]));
      this.#rest = [];
      at = end + 1;
    }
    if (at < chunk.length) this.#rest.push(chunk.subarray(at));
    if (this.#bytes >= AHEAD * this.#options.batchBytes) this.#child?.stdout?.pause();
  }

  #entry(line: Buffer): void {
    const cursor = cursorOf(line);
    if (cursor === undefined) {
      this.unreadable++;
      this.#options.log(`${this.name}: journalctl wrote a line without a cursor: ${line.toString().slice(0, 200)}`);
      return;
    }
    this.#failures = 0;
    this.#read = cursor;
    this.#entries.push({ cursor, line, at: this.#options.now() });
    this.#bytes += line.length;
  }

  #again(why: string): void {
    if (this.#stopped || this.#timer) return;
    this.restarts++;
    // Half an entry, which comes again whole.
    this.#rest = [];
    const wait = Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** this.#failures++);
    this.#options.log(`${this.name}: journalctl: ${why}; again in ${wait / 1000} s`);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.start();
    }, wait);
  }
}

function cursorOf(line: Buffer): string | undefined {
  try {
    const { __CURSOR: cursor } = JSON.parse(line.toString()) as { __CURSOR?: unknown };
    return typeof cursor === 'string' ? cursor : undefined;
  } catch {
    return undefined;
  }
}

function* pieces(line: Buffer): Iterable<Buffer> {
  yield line;
}
