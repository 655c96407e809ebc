/** Bytes of which more are to come: in one buffer, however small the pieces are, and each is copied about once. */

const LEAST = 4096;

export class Gather {
  private buffer: Buffer = Buffer.alloc(0);
  private length = 0;

  /** Memory that it has. */
  get capacity(): number {
    return this.buffer.length;
  }

  /** All of it with `piece` behind. It is valid until something is kept. */
  with(piece: Buffer): Buffer {
    if (this.length === 0) return piece;
    const wanted = this.length + piece.length;
    if (wanted > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(LEAST, 2 ** Math.ceil(Math.log2(wanted))));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    piece.copy(this.buffer, this.length);
    return this.buffer.subarray(0, wanted);
  }

  /** What is left of the last `with`; nothing else stays. */
  keep(rest: Buffer): void {
    if (rest.length === 0) {
      this.buffer = Buffer.alloc(0);
    } else if (rest.buffer !== this.buffer.buffer) {
      this.buffer = Buffer.allocUnsafeSlow(Math.max(LEAST, 2 ** Math.ceil(Math.log2(rest.length))));
      rest.copy(this.buffer);
    } else if (rest.byteOffset !== this.buffer.byteOffset) {
      this.buffer.copyWithin(0, rest.byteOffset - this.buffer.byteOffset, rest.byteOffset - this.buffer.byteOffset + rest.length);
    }
    this.length = rest.length;
  }

  /** What was kept. */
  get kept(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}
