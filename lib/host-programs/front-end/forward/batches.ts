/** Puts lines into batches by topic and partition. */
import { steady } from '../../shared/steady';
import type { Frame } from '../spool/frame';
import type { Entry } from './ledger';
import type { Message } from './link';
import { partitionOf } from './partition';

export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: Message[];
  /** Of the lines and their keys. */
  bytes: number;
  /** Frames whose lines it has, and how many of each. */
  readonly entries: { readonly entry: Entry; lines: number }[];
  /** When it was begun, by the steady clock. */
  readonly begun: number;
}

/** A frame, and whose it is. */
export interface Source {
  readonly frame: Frame;
  readonly host: string;
  readonly boot: string;
}

/** A place in a frame. */
export interface Piece {
  readonly byte: number;
  readonly line: number;
}

const BEGIN: Piece = { byte: 0, line: 0 };
const PIECE_LINES = 4096;

/** A record's own bytes beside key and value, at most: lengths, deltas, attributes. */
const RECORD_BYTES = 21;

export class Batches {
  private readonly open = new Map<string, Batch>();

  /**
   * @param options bytes of a batch (one line more than that makes a batch of its own), lines of a piece
   * @param full gets a batch that is to be sent
   */
  constructor(
    private readonly options: { readonly batchBytes: number; readonly pieceLines?: number },
    private readonly full: (batch: Batch) => void,
  ) {}

  /**
   * Adds lines of a frame: a piece at a time, so that a frame of very many short lines is never in memory as so many messages. Its entry is held
   * once by each batch that has some of them.
   *
   * @param from what the piece before returned
   * @returns where the next piece begins; undefined where that was all
   */
  add({ frame, host, boot }: Source, partitions: number, entry: Entry, from: Piece = BEGIN): Piece | undefined {
    const { body, topic, key } = frame;
    // A sender that gives keys may send lines twice, to another front end the second time: those keys are the same then.
    const sender = key ?? boot;
    const prefix = key === undefined ? `${host}/${boot}/` : `${key}/`;
    const first = key === undefined ? frame.sequence : 0;
    let { byte, line } = from;
    for (const end = line + (this.options.pieceLines ?? PIECE_LINES); byte < body.length && line < end; line++) {
      const at = body.indexOf(10, byte);
      const value = body.subarray(byte, at);
      byte = at + 1;
      const sequence = first + line;
      this.put(topic, partitionOf(sender, sequence, partitions), Buffer.from(prefix + sequence, 'latin1'), value, entry);
    }
    return byte < body.length ? { byte, line } : undefined;
  }

  /** Sends what was begun before `time`. */
  flush(time = Number.POSITIVE_INFINITY): void {
    for (const [key, batch] of this.open) {
      if (batch.begun >= time) continue;
      this.open.delete(key);
      this.full(batch);
    }
  }

  /** When the oldest open batch was begun; undefined where there is none. */
  get oldest(): number | undefined {
    let oldest: number | undefined;
    for (const { begun } of this.open.values()) if (oldest === undefined || begun < oldest) oldest = begun;
    return oldest;
  }

  private put(topic: string, partition: number, key: Buffer, value: Buffer, entry: Entry): void {
    const bytes = key.length + value.length + RECORD_BYTES;
    const name = `${topic} ${partition}`;
    let batch = this.open.get(name);
    if (batch !== undefined && batch.bytes + bytes > this.options.batchBytes) {
      this.open.delete(name);
      this.full(batch);
      batch = undefined;
    }
    if (batch === undefined) {
      batch = { topic, partition, messages: [], bytes: 0, entries: [], begun: steady() };
      this.open.set(name, batch);
    }
    let part = batch.entries.at(-1);
    if (part?.entry !== entry) {
      part = { entry, lines: 0 };
      batch.entries.push(part);
      entry.hold();
    }
    part.lines++;
    batch.messages.push({ topic, partition, key, value });
    batch.bytes += bytes;
  }
}
