/**
 * How lines stand in a segment of the spool. A segment is a text file: one line about itself, then frames. A frame is one request's lines of
 * one topic: a header of its own line, and the lines as they came, each with its newline.
 *
 *     meissa-spool 2 us-east-1-collection-front-ends-1 9f86d081884c 000000000000 000000000001 0000000000cf 000000000004 5e1d0c77 3c2f9a10
 *     =1c291ca3 0000000c 000002 000000000001 1936a1b2c3d logs
 *     first
 *     second
 *     =5e8d01b7 00000006 000001 000000000003 1936a1b2c40 logs web-7/Zk3_x9Qw-2aB/4096
 *     third
 *
 * The first line has host, boot, lines that this spool had kept before over all boots, sequence of the first line that the segment may hold, and the mark: up to which byte all was acknowledged,
 * the sequence behind it, and a digest of the frames up to there; then its own CRC-32. The mark is written after each fdatasync, in place: what
 * lies before it and is no sound frame is damage, and so many lines of it; what lies behind may be what a crash has torn.
 *
 * A frame's header has, in hexadecimal and of fixed width: CRC-32 of all that follows up to the next frame, bytes of the lines, number of lines,
 * sequence of the first of them, milliseconds since 1970; then the topic, and the sender's own key where there is one. A frame is there wholly or
 * not at all.
 */
import { crc32 } from 'node:zlib';

/**
 * Bytes of a frame's header without the topic's name, its newline included. A request of one line costs the spool so many bytes, the name of
 * its topic, and the line's newline; a request of many costs one byte a line more than the lines.
 */
export const FRAME_BYTES = 52;

export interface Frame {
  readonly topic: string;
  /** Of the first line; the others count on. */
  readonly sequence: number;
  readonly count: number;
  /** When it was taken, milliseconds since 1970. */
  readonly time: number;
  /** The sender's own key of the request: the lines' keys are it and their number in the frame, from 0. */
  readonly key?: string;
  /** The lines, each with its newline. */
  readonly body: Buffer;
}

/** What a frame's header can say, at most. */
export const FRAME_MOST = { bytes: 0xffff_ffff, count: 0xff_ffff, sequence: 0xffff_ffff_ffff, time: 0xfff_ffff_ffff } as const;

/** What belongs to a frame beside its lines. */
export type FrameHead = Omit<Frame, 'body'>;

/** Names of topics that a header can carry: Kafka's own rule. */
export const TOPIC_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

/** Keys that a header can carry: two to four names with slashes between them, at most 200 characters. */
export const SENDER_KEY = /^(?=.{1,200}$)[a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+){1,3}$/;

const HEADER =
  /^=([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{6}) ([0-9a-f]{12}) ([0-9a-f]{11}) ([a-zA-Z0-9._-]{1,249})(?: ([a-zA-Z0-9._/-]{1,200}))?\n$/;
const LONGEST_HEADER = FRAME_BYTES + 249 + 201;

/** What of a segment is surely there. */
export interface Mark {
  /** Bytes, the first line included. */
  readonly bytes: number;
  /** Sequence of the line behind it. */
  readonly next: number;
  /** Of the frames up to there: {@link digested}. */
  readonly digest: number;
}

export interface SegmentHead {
  readonly host: string;
  /** Lines that the spool had kept before, over all boots. */
  readonly total: number;
  /** Sequence of the first line that the segment may hold. */
  readonly first: number;
  readonly mark: Mark;
  /** Bytes of the first line. */
  readonly bytes: number;
}

/** First line of a segment; it has as many bytes whatever the mark is. */
export function segmentHeader(boot: string, { host, total, first, mark }: Omit<SegmentHead, 'bytes'>): Buffer {
  const said = `meissa-spool 2 ${host} ${boot} ${hex(total, 12)} ${hex(first, 12)} ${hex(mark.bytes, 12)} ${hex(mark.next, 12)} ${hex(mark.digest, 8)}`;
  return Buffer.from(`${said} ${hex(crc32(said), 8)}\n`, 'latin1');
}

/** Bytes of a file's start that hold its first line. */
export const HEAD_BYTES = 512;

/** What the first line says; undefined where it is damaged, or of the first version, which had no mark. */
export function readHead(start: Buffer): SegmentHead | undefined {
  const match =
    /^(meissa-spool 2 (\S+) [0-9a-f]{12} ([0-9a-f]{12}) ([0-9a-f]{12}) ([0-9a-f]{12}) ([0-9a-f]{12}) ([0-9a-f]{8})) ([0-9a-f]{8})\n/.exec(
      start.toString('latin1', 0, HEAD_BYTES),
    );
  if (match === null || crc32(match[1]!) !== Number.parseInt(match[8]!, 16)) return undefined;
  const [total, first, bytes, next, digest] = match.slice(3, 8).map((digits) => Number.parseInt(digits, 16));
  return {
    host: match[2]!,
    total: total!,
    first: first!,
    mark: { bytes: bytes!, next: next!, digest: digest! },
    bytes: match[0].length,
  };
}

/** The host in a segment's first line, of either version; undefined where the line is damaged. */
export function headerHost(start: Buffer): string | undefined {
  return readHead(start)?.host ?? FIRST_VERSION.exec(start.toString('latin1', 0, HEAD_BYTES))?.[1];
}

/** It had no mark. */
const FIRST_VERSION = /^meissa-spool 1 (\S+) [0-9a-f]+\n/;

/** Whether a segment is of the first version, whose first line had no mark. */
export function isFirstVersion(start: Buffer): boolean {
  return FIRST_VERSION.test(start.toString('latin1', 0, HEAD_BYTES));
}

/** Digest of frames: of their checksums, one after the other. */
export function digested(digest: number, header: Buffer): number {
  return crc32(header.subarray(1, 9), digest);
}

/** A checksum begins with it, so that no line that somebody sends can be taken for a frame. */
export function segmentSeed(boot: string, number: number): number {
  return crc32(`${boot}/${number}`);
}

/** The header of a frame. @throws RangeError where it can't say what the frame has */
export function frameHeader(seed: number, { topic, sequence, count, time, key }: FrameHead, body: readonly Buffer[]): Buffer {
  const bytes = body.reduce((sum, { length }) => sum + length, 0);
  const has = { bytes, count, sequence, time };
  for (const [name, most] of Object.entries(FRAME_MOST)) bounded(name, has[name as keyof typeof FRAME_MOST], most);
  if (linesOf(body) !== count) throw new RangeError(`${count} lines were said, and the body has others`);
  const said = ` ${hex(bytes, 8)} ${hex(count, 6)} ${hex(sequence, 12)} ${hex(time, 11)} ${topic}${key === undefined ? '' : ` ${key}`}\n`;
  const sum = body.reduce((crc, part) => crc32(part, crc), crc32(said, seed));
  return Buffer.from(`=${hex(sum, 8)}${said}`, 'latin1');
}

export type FrameRead = { readonly frame: Frame; readonly end: number } | 'short' | 'bad';

/**
 * The frame at `offset`.
 *
 * @returns `short`: the buffer ends before the frame does. `bad`: this is no frame, or not as it was written.
 */
export function readFrame(buffer: Buffer, offset: number, seed: number): FrameRead {
  const newline = buffer.subarray(0, offset + LONGEST_HEADER).indexOf(10, offset);
  if (newline === -1) return buffer.length - offset >= LONGEST_HEADER ? 'bad' : 'short';
  const match = HEADER.exec(buffer.toString('latin1', offset, newline + 1));
  if (match === null) return 'bad';
  const [bytes, count, sequence, time] = [match[2]!, match[3]!, match[4]!, match[5]!].map((digits) =>
    Number.parseInt(digits, 16),
  );
  const end = newline + 1 + bytes!;
  if (end > buffer.length) return 'short';
  const body = buffer.subarray(newline + 1, end);
  const said = buffer.subarray(offset + 9, newline + 1);
  if (crc32(body, crc32(said, seed)) !== Number.parseInt(match[1]!, 16)) return 'bad';
  if (linesOf([body]) !== count) return 'bad';
  const key = match[7] === undefined ? {} : { key: match[7] };
  return { frame: { topic: match[6]!, sequence: sequence!, count: count!, time: time!, ...key, body }, end };
}

/** Lines of a body; -1 where its last one lacks the newline. */
export function linesOf(body: readonly Buffer[]): number {
  let lines = 0;
  let ended = false;
  for (const part of body) {
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines++;
    if (part.length > 0) ended = part.at(-1) === 10;
  }
  return ended ? lines : -1;
}

/** Bytes that the frame at `offset` has by its own word, 0 where it isn't a header. What is `short` needs so many. */
export function toldBytes(buffer: Buffer, offset: number): number {
  const newline = buffer.subarray(0, offset + LONGEST_HEADER).indexOf(10, offset);
  const match = newline === -1 ? null : HEADER.exec(buffer.toString('latin1', offset, newline + 1));
  return match === null ? 0 : newline + 1 - offset + Number.parseInt(match[2]!, 16);
}

/** What can't be said must not be written: a reader would take it for something else. */
function bounded(name: string, value: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > most) throw new RangeError(`a frame can't have ${value} ${name}`);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
