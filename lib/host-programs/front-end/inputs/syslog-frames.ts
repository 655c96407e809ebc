/** Messages of syslog over TCP (RFC 6587): counted where a message begins with a digit, else ended by a newline. A connection may have both. */

const COUNT = /^([1-9]\d{0,8}) /;
const LONGEST_COUNT = 10;

export class SyslogFrames {
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes that are still to be passed over; Infinity: up to the next newline. */
  private skip = 0;
  /** Messages that were longer than what is taken. */
  tooLong = 0;

  constructor(private readonly most: number) {}

  /** The messages that are complete with these bytes. Empty lines are none. */
  add(bytes: Buffer): Buffer[] {
    let buffer = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      buffer = this.passOver(buffer);
      if (buffer.length === 0) break;
      const next = this.next(buffer);
      if (next === undefined) break;
      if (next.message !== undefined && next.message.length > 0) messages.push(next.message);
      buffer = buffer.subarray(next.end);
    }
    this.rest = buffer;
    return messages;
  }

  /** What is left when the connection has ended: a last line without its newline. Half of a counted message is nothing. */
  end(): Buffer[] {
    return this.rest.length === 0 || this.skip > 0 || COUNT.test(this.rest.toString('latin1', 0, LONGEST_COUNT))
      ? []
      : [this.rest];
  }

  private next(buffer: Buffer): { readonly message?: Buffer; readonly end: number } | undefined {
    const counted = COUNT.exec(buffer.toString('latin1', 0, LONGEST_COUNT));
    if (counted !== null) {
      const start = counted[0].length;
      const length = Number(counted[1]);
      if (length > this.most) return this.leaveOut(length, start);
      return buffer.length < start + length
        ? undefined
        : { message: buffer.subarray(start, start + length), end: start + length };
    }
    const newline = buffer.indexOf(10);
    if (newline > this.most || (newline === -1 && buffer.length > this.most)) return this.leaveOut(Number.POSITIVE_INFINITY, 0);
    return newline === -1 ? undefined : { message: buffer.subarray(0, newline), end: newline + 1 };
  }

  private leaveOut(bytes: number, end: number): { readonly end: number } {
    this.tooLong++;
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
