/** Log files as programs and logrotate treat them, and a source that follows them; time passes only when told. */
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileCheckpoint } from '../../../lib/host-programs/agent/checkpoint';
import { FileSource } from '../../../lib/host-programs/agent/file-source';
import type { Decoder } from '../../../lib/host-programs/agent/tailed-file';

export interface WorldOptions {
  /** @default ['app.log*'] */
  readonly patterns?: readonly string[];
  readonly rotatesByNumber?: boolean;
  readonly decoder?: Decoder;
  readonly maxLineBytes?: number;
}

/** Bytes of a batch; small, so that files take several. */
const BATCH = 256;

export class FilesWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'agent-files-'));
  now = 1_000_000;
  source: FileSource;
  /** Everything that was acknowledged, in order. */
  readonly lines: string[] = [];
  /** Key of each of them, as a front end makes it. */
  readonly keys: string[] = [];
  readonly overLong: string[] = [];
  readonly said: string[] = [];
  /** What was last written. */
  saved: readonly FileCheckpoint[] = [];

  constructor(private readonly options: WorldOptions = {}) {
    this.source = this.#start();
  }

  path(name = 'app.log'): string {
    return join(this.folder, name);
  }

  write(text: string, name = 'app.log'): void {
    appendFileSync(this.path(name), text);
  }

  /** `app.log` becomes `app.log.1`, and so on. */
  rename(): void {
    for (const number of this.#numbers()) renameSync(this.path(`app.log.${number}`), this.path(`app.log.${number + 1}`));
    if (existsSync(this.path())) renameSync(this.path(), this.path('app.log.1'));
  }

  /** logrotate's copytruncate in two steps. */
  copy(): void {
    for (const number of this.#numbers()) renameSync(this.path(`app.log.${number}`), this.path(`app.log.${number + 1}`));
    if (existsSync(this.path())) copyFileSync(this.path(), this.path('app.log.1'));
  }

  truncate(): void {
    if (existsSync(this.path())) truncateSync(this.path());
  }

  /** Seconds pass, and the source looks. */
  async look(seconds = 1): Promise<void> {
    this.now += seconds * 1000;
    if (await this.source.scan(this.now)) this.#save();
  }

  /** Takes a batch of every file that is ready. @param answered whether the acknowledgement arrives */
  async send(answered = true, lines = Number.POSITIVE_INFINITY): Promise<number> {
    let sent = 0;
    for (const file of this.source.files) {
      if (!file.ready(this.now)) continue;
      const batch = await file.take({ bytes: BATCH, lines }, this.now);
      if (!batch) continue;
      sent++;
      if (batch.overLong) {
        let text = '';
        for await (const piece of batch.overLong()) text += piece.toString();
        this.overLong.push(text);
      }
      for (const [index, line] of batch.lines.entries()) {
        this.lines.push(line.toString());
        this.keys.push(`${batch.key}/${index}`);
      }
      if (!answered) continue;
      file.accept(this.now);
      this.#save();
    }
    return sent;
  }

  /** Looks and sends until nothing is left, long enough for everything that waits. */
  async drain(seconds = 20, rounds = 6): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      await this.look(seconds);
      while ((await this.send()) > 0);
    }
  }

  /** The process is killed, and starts again from what was written. */
  async restart(): Promise<void> {
    await this.source.close();
    this.source = this.#start();
  }

  async end(): Promise<void> {
    await this.source.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #save(): void {
    this.saved = JSON.parse(JSON.stringify(this.source.checkpoint));
  }

  #start(): FileSource {
    const { patterns = ['app.log*'], rotatesByNumber = false, decoder, maxLineBytes = 4096 } = this.options;
    return new FileSource({
      name: 'files app',
      patterns: patterns.map((pattern) => join(this.folder, pattern)),
      saved: this.saved,
      rotatesByNumber,
      file: () => ({
        topic: 'app',
        maxLineBytes,
        batchBytes: BATCH,
        batchMilliseconds: 200,
        partialMilliseconds: rotatesByNumber ? undefined : 300_000,
        ...(decoder ? { decoder } : {}),
        commit: async () => this.#save(),
      }),
      log: (text) => this.said.push(text),
      now: () => this.now,
    });
  }

  #numbers(): number[] {
    return readdirSync(this.folder)
      .map((name) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
      .sort((a, b) => b - a);
  }
}

/** Names only once each, in the order in which they first came. */
export function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
