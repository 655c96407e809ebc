/**
 * Messages of syslog over TCP (RFC 6587): counted where a count and the `<` of a message stand at the beginning, else ended by a newline: a plain
 * line may begin with a number. A connection may have both.
 */
import { Gather } from './gather';

const COUNT = /^([1-9]\d{0,8}) </;
/** The beginning of a count, as far as one can tell yet. */
const MAYBE_COUNT = /^[1-9]\d{0,8} ?$/;
const LONGEST_COUNT = 11;

export class SyslogFrames {
  private readonly rest = new Gather();
  /** Bytes that are still to be passed over; Infinity: up to the next newline. */
  private skip = 0;
  /** Messages that were longer than what is taken, and those that ended too early. */
  tooLong = 0;
  torn = 0;

  /** Bytes of what was kept in which there is no newline. */
  private searched = 0;

  constructor(private readonly most: number) {}

  /** The messages that are complete with these bytes. Empty lines are none. */
  add(bytes: Buffer): Buffer[] {
    let buffer = this.rest.with(bytes);
    const messages: Buffer[] = [];
    for (;;) {
      buffer = this.passOver(buffer);
      if (buffer.length === 0) break;
      const next = this.next(buffer);
      if (next === undefined) break;
      if (next.message !== undefined && next.message.length > 0) messages.push(next.message);
      buffer = buffer.subarray(next.end);
    }
    // They may be parts of what is kept.
    const found = buffer.length === 0 ? messages : messages.map((message) => Buffer.from(message));
    this.rest.keep(buffer);
    return found;
  }

  /** Memory of a message that isn't complete yet. */
  get memory(): number {
    return this.rest.capacity;
  }

  /** What is left when the connection has ended: a last line without its newline. Half of a counted message is nothing. */
  end(): Buffer[] {
    const { kept } = this.rest;
    if (kept.length === 0 || this.skip > 0) return [];
    if (!COUNT.test(kept.toString('latin1', 0, LONGEST_COUNT))) return [kept];
    this.torn++;
    return [];
  }

  private next(buffer: Buffer): { readonly message?: Buffer; readonly end: number } | undefined {
    const begin = buffer.toString('latin1', 0, LONGEST_COUNT);
    if (buffer.length < LONGEST_COUNT && MAYBE_COUNT.test(begin)) return undefined;
    const counted = COUNT.exec(begin);
    if (counted !== null) {
      const start = counted[0].length - 1;
      const length = Number(counted[1]);
      if (length > this.most) return this.leaveOut(length, start);
      return buffer.length < start + length
        ? undefined
        : { message: buffer.subarray(start, start + length), end: start + length };
    }
    const newline = buffer.indexOf(10, this.searched);
    this.searched = newline === -1 ? buffer.length : 0;
    if (newline > this.most || (newline === -1 && buffer.length > this.most)) return this.leaveOut(Number.POSITIVE_INFINITY, 0);
    return newline === -1 ? undefined : { message: buffer.subarray(0, newline), end: newline + 1 };
  }

  private leaveOut(bytes: number, end: number): { readonly end: number } {
    this.tooLong++;
    this.searched = 0;
    this.skip = bytes;
    return { end };
  }

  private passOver(buffer: Buffer): Buffer {
    if (this.skip === 0) return buffer;
    const newline = this.skip === Number.POSITIVE_INFINITY ? buffer.indexOf(10) : undefined;
    if (newline === -1) return buffer.subarray(buffer.length);
    const passed = newline === undefined ? Math.min(this.skip, buffer.length) : newline + 1;
    this.skip = newline === undefined ? this.skip - passed : 0;
    return buffer.subarray(passed);
  }
}
