/** What is on its way, in the order of the spool: confirmed is only what has nothing unconfirmed before it. */
import type { Position, Segment } from '../spool/segment';
import type { Tailed } from './tail';

export class Entry {
  /** Batches that hold lines of it and are not acknowledged. */
  private open = 1;
  /** Lines of it that nobody has acknowledged. */
  left: number;
  done: () => void = () => undefined;

  constructor(
    readonly segment: Segment,
    readonly start: Position,
    readonly end: Position,
    /** Lines that are taken with it. */
    readonly lines: number,
    /** When its lines were taken. */
    readonly time: number,
    readonly topic: string | undefined,
  ) {
    this.left = lines;
  }

  get finished(): boolean {
    return this.open === 0;
  }

  /** One more batch holds lines of it. */
  hold(): void {
    this.open++;
  }

  /** So many of its lines have arrived, or are told as damaged. */
  settle(lines: number): void {
    this.left -= lines;
  }

  /** A batch was acknowledged, or all its lines are in batches. */
  release(): void {
    if (--this.open === 0) this.done();
  }
}

export class Ledger {
  private entries: Entry[] = [];

  constructor(
    /** Everything before it is done with. */
    public confirmed: Position,
  ) {}

  /**
   * The next frame of the spool. It begins held, and is to be released when all its lines are in batches.
   *
   * @param lines that are taken with it: 0 where it is another's
   */
  add({ segment, start, end, frame }: Tailed, lines: number): Entry {
    const entry = new Entry(segment, start, end, lines, frame?.time ?? 0, frame?.topic);
    segment.taken += lines;
    this.push(entry);
    return entry;
  }

  /** When the oldest lines that are not acknowledged were taken; undefined where there are none. */
  get oldest(): number | undefined {
    return this.entries.find(({ left }) => left > 0)?.time;
  }

  /** Lines that are on their way. */
  get left(): number {
    return this.entries.reduce((sum, { left }) => sum + left, 0);
  }

  /** Takes what is another's from here on out of the order. */
  split(topic: string): Ledger {
    const mine = this.entries.filter((entry) => entry.topic === topic);
    this.entries = this.entries.filter((entry) => entry.topic !== topic);
    const other = new Ledger(mine[0]?.start ?? this.confirmed);
    for (const entry of mine) other.push(entry);
    this.advance();
    other.advance();
    return other;
  }

  private push(entry: Entry): void {
    entry.done = () => this.advance();
    this.entries.push(entry);
  }

  private advance(): void {
    let done = 0;
    for (; this.entries[done]?.finished; done++) {
      const { segment, lines, left, end } = this.entries[done]!;
      if (left !== 0) throw new Error(`${left} lines of ${segment.path} were let go before they arrived`);
      segment.confirmed += lines;
      this.confirmed = end;
    }
    this.entries.splice(0, done);
  }
}
