/** Memory for what comes in and is not on disk yet: one bound for all inputs. */
import { steady } from '../shared/steady';

/** Who hasn't sent all of it after so long makes room for others when there is none. */
const GRACE_MS = 2000;

/** Memory of one request or connection. */
export class Held {
  bytes = 0;
  /** Since when something is held. */
  since = 0;
  /** Whether more is to come from the sender: what is complete is only waited for. */
  open = true;

  /** @param gone is called when somebody else got this memory: whatever was held is let go */
  constructor(
    private readonly memory: Memory,
    readonly gone: () => void,
  ) {}

  /** Holds so many bytes instead of what was held before. @returns false where there is no room; then what was held before stays */
  hold(bytes: number): boolean {
    return this.memory.give(this, bytes);
  }

  release(): void {
    this.memory.give(this, 0);
  }
}

export class Memory {
  private used = 0;
  private readonly held = new Set<Held>();
  /** When somebody was last refused, by the steady clock. */
  refusedAt: number | undefined;

  /** @param most bytes */
  constructor(readonly most: number) {}

  holder(gone: () => void): Held {
    return new Held(this, gone);
  }

  give(held: Held, bytes: number): boolean {
    const more = bytes - held.bytes;
    while (more > 0 && this.used + more > this.most) {
      const slow = this.slowest(held);
      if (slow === undefined) {
        this.refusedAt = steady();
        return false;
      }
      this.give(slow, 0);
      slow.gone();
    }
    if (held.bytes === 0 && bytes > 0) held.since = steady();
    this.used += more;
    held.bytes = bytes;
    if (bytes > 0) this.held.add(held);
    else this.held.delete(held);
    return true;
  }

  /** Who has held something for the longest time and still sends. */
  private slowest(but: Held): Held | undefined {
    const before = steady() - GRACE_MS;
    let found: Held | undefined;
    for (const held of this.held)
      if (held !== but && held.open && held.since < before && (found === undefined || held.since < found.since)) found = held;
    return found;
  }
}
