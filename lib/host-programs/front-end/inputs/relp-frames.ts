/** Frames of RELP ("RELP - The Reliable Event Logging Protocol", section "RELP Frame"): `txnr SP command SP datalen [SP data] LF`. */

import { Gather } from './gather';

export interface RelpFrame {
  /** Number of the transaction, as it came. */
  readonly transaction: string;
  readonly command: string;
  readonly data: Buffer;
}

const HEADER = /^(\d{1,9}) ([a-zA-Z]{1,32}) (\d{1,9})([ \n])/;
const LONGEST_HEADER = 9 + 1 + 32 + 1 + 9 + 1;

/** What isn't RELP, or more than is taken. */
export class RelpError extends Error {}

export class RelpFrames {
  private readonly rest = new Gather();

  /** @param most bytes of a frame's data; a sender with more is told so by an error */
  constructor(private readonly most: number) {}

  /**
   * The frames that are complete with these bytes.
   *
   * @throws RelpError
   */
  add(bytes: Buffer): RelpFrame[] {
    let buffer = this.rest.with(bytes);
    const frames: RelpFrame[] = [];
    for (;;) {
      const match = HEADER.exec(buffer.toString('latin1', 0, LONGEST_HEADER));
      if (match === null) {
        if (buffer.length >= LONGEST_HEADER || buffer.subarray(0, LONGEST_HEADER).includes(10))
          throw new RelpError('this is no RELP');
        break;
      }
      const length = Number(match[3]);
      if (length > this.most) throw new RelpError(`a message is longer than ${this.most} bytes`);
      const start = match[0].length;
      // Without data the newline follows the length at once; some send the space, too.
      const end = match[4] === '\n' ? start - 1 : start + length;
      if (match[4] === '\n' && length > 0) throw new RelpError('a frame has no data');
      if (buffer.length <= end) break;
      if (buffer[end] !== 10) throw new RelpError('a frame does not end where it says');
      frames.push({ transaction: match[1]!, command: match[2]!, data: buffer.subarray(start, Math.max(start, end)) });
      buffer = buffer.subarray(end + 1);
    }
    // Their data may be parts of what is kept.
    const found = buffer.length === 0 ? frames : frames.map((frame) => ({ ...frame, data: Buffer.from(frame.data) }));
    this.rest.keep(buffer);
    return found;
  }

  /** Memory of a frame that isn't complete yet. */
  get memory(): number {
    return this.rest.capacity;
  }
}

export function relpFrame(transaction: string, command: string, data = ''): string {
  return data === '' ? `${transaction} ${command} 0\n` : `${transaction} ${command} ${Buffer.byteLength(data)} ${data}\n`;
}
