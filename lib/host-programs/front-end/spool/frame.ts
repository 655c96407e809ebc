/**
 * How lines stand in a segment of the spool. A segment is a text file: one line about itself, then frames. A frame is one request's lines of
 * one topic: a header of its own line, and the lines as they came, each with its newline.
 *
 *     meissa-spool 1 us-east-1-collection-front-ends-1 9f86d081884c
 *     =1c291ca3 0000000c 000002 000000000001 1936a1b2c3d logs
 *     first
 *     second
 *     =5e8d01b7 00000006 000001 000000000003 1936a1b2c40 logs web-7/Zk3_x9Qw-2aB/4096
 *     third
 *
 * The header has, in hexadecimal and of fixed width: CRC-32 of all that follows up to the next frame, bytes of the lines, number of lines,
 * sequence of the first of them, milliseconds since 1970; then the topic, and the sender's own key where there is one. A frame is there wholly or not at all: what a crash has torn has another CRC.
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

/** What belongs to a frame beside its lines. */
export type FrameHead = Omit<Frame, 'body'>;

/** Names of topics that a header can carry: Kafka's own rule. */
export const TOPIC_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

/** Keys that a header can carry: two to four names with slashes between them, at most 200 characters. */
export const SENDER_KEY = /^(?=.{1,200}$)[a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+){1,3}$/;

const HEADER =
  /^=([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{6}) ([0-9a-f]{12}) ([0-9a-f]{11}) ([a-zA-Z0-9._-]{1,249})(?: ([a-zA-Z0-9._/-]{1,200}))?\n$/;
const LONGEST_HEADER = FRAME_BYTES + 249 + 201;

/** First line of a segment. */
export function segmentHeader(host: string, boot: string): Buffer {
  return Buffer.from(`meissa-spool 1 ${host} ${boot}\n`, 'latin1');
}

/** The host in a segment's first line; undefined where the line is damaged. */
export function headerHost(start: Buffer): string | undefined {
  return /^meissa-spool 1 (\S+) [0-9a-f]+\n/.exec(start.toString('latin1', 0, 512))?.[1];
}

/** A checksum begins with it, so that no line that somebody sends can be taken for a frame. */
export function segmentSeed(boot: string, number: number): number {
  return crc32(`${boot}/${number}`);
}

/** The header of a frame. */
export function frameHeader(seed: number, { topic, sequence, count, time, key }: FrameHead, body: readonly Buffer[]): Buffer {
  const bytes = body.reduce((sum, { length }) => sum + length, 0);
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
  const key = match[7] === undefined ? {} : { key: match[7] };
  return { frame: { topic: match[6]!, sequence: sequence!, count: count!, time: time!, ...key, body }, end };
}

/** Bytes that the frame at `offset` has by its own word, 0 where it isn't a header. What is `short` needs so many. */
export function toldBytes(buffer: Buffer, offset: number): number {
  const newline = buffer.subarray(0, offset + LONGEST_HEADER).indexOf(10, offset);
  const match = newline === -1 ? null : HEADER.exec(buffer.toString('latin1', offset, newline + 1));
  return match === null ? 0 : newline + 1 - offset + Number.parseInt(match[2]!, 16);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
