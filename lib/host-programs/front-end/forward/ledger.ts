/** What is on its way, in the order of the spool: confirmed is only what has nothing unconfirmed before it. */
import type { Position } from '../spool/segment';

export class Entry {
  /** Batches that hold lines of it and are not acknowledged. */
  private open = 1;

  /** @param time when its lines were taken */
  constructor(
    readonly end: Position,
    readonly time: number,
    private readonly done: () => void,
  ) {}

  get finished(): boolean {
    return this.open === 0;
  }

  /** One more batch holds lines of it. */
  hold(): void {
    this.open++;
  }

  /** A batch was acknowledged, or all its lines are in batches. */
  release(): void {
    if (--this.open === 0) this.done();
  }
}

export class Ledger {
  private entries: Entry[] = [];

  constructor(
    /** Everything before it is acknowledged. */
    public confirmed: Position,
  ) {}

  /** The next frame of the spool. It begins held, and is to be released when all its lines are in batches. */
  add(end: Position, time: number): Entry {
    const entry = new Entry(end, time, () => this.advance());
    this.entries.push(entry);
    return entry;
  }

  /** When the oldest lines that are not acknowledged were taken; undefined where there are none. */
  get oldest(): number | undefined {
    return this.entries[0]?.time;
  }

  private advance(): void {
    let done = 0;
    while (this.entries[done]?.finished) done++;
    if (done === 0) return;
    this.confirmed = this.entries[done - 1]!.end;
    this.entries.splice(0, done);
  }
}
