import type { Range } from './world';

/** By prefix length: the bits of an address that count. */
const MASKS = Array.from({ length: 33 }, (_, bits) => (bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0));

/** A table of ranges that is asked for the longest one that holds an address. The first value of a range stays. */
export class LongestPrefix<T> {
  private readonly byBits: (Map<number, T> | undefined)[] = [];
  private lengths: number[] = [];

  add(range: Range, value: T): void {
    let bases = this.byBits[range.bits];
    if (bases === undefined) {
      bases = new Map();
      this.byBits[range.bits] = bases;
      this.lengths = [...this.lengths, range.bits].sort((a, b) => b - a);
    }
    if (!bases.has(range.base)) bases.set(range.base, value);
  }

  find(address: number): T | undefined {
    for (const bits of this.lengths) {
      const found = this.byBits[bits]!.get((address & MASKS[bits]!) >>> 0);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  exact(range: Range): T | undefined {
    return this.byBits[range.bits]?.get(range.base);
  }
}
