/** Counts lines as their bytes come, and finds the first that is too long. */

const NEWLINE = 10;

export class LineScan {
  /** Lines that have ended. */
  private ended = 0;
  private open = 0;

  /** @param most bytes of a line, without its newline */
  constructor(private readonly most: number) {}

  /** @returns number of the first line that is too long, counted from 1; undefined where none is so far */
  add(bytes: Buffer): number | undefined {
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
      if (this.open + at - from > this.most) return this.ended + 1;
      this.ended++;
      this.open = 0;
      from = at + 1;
    }
    this.open += bytes.length - from;
    return this.open > this.most ? this.ended + 1 : undefined;
  }

  /** Whether the last line lacks its newline. */
  get unended(): boolean {
    return this.open > 0;
  }

  /** Lines so far; the last one counts without a newline, too. */
  get count(): number {
    return this.ended + (this.unended ? 1 : 0);
  }
}
