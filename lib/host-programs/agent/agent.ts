/** Takes what is ready from the feeds, sends it, and moves on once it is acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { reason, sayOften } from '../shared/log';
import { stamp } from '../shared/steady';
import { type DeadLetters, DeadLettersAreFull } from './dead-letters';
import type { Batch, Feed } from './feed';
import type { RateLimit } from './rate-limit';
import type { Sender } from './sender';

/** Milliseconds until a feed is tried again that wants room for a dead letter, or can't be read. */
const STUCK_MS = 10_000;

export interface AgentOptions {
  /** All feeds of now. */
  readonly feeds: () => Iterable<Feed>;
  /** One for each request at once. */
  readonly senders: readonly Sender[];
  readonly deadLetters: DeadLetters;
  readonly limit: RateLimit;
  readonly batchBytes: number;
  /** Has everything that was accepted written to the checkpoint. */
  readonly commit: () => Promise<void>;
  readonly count: AgentCounts;
  readonly now?: () => number;
}

/** What is told as metrics. */
export interface AgentCounts {
  accepted(topic: string, lines: number, bytes: number): void;
  failed(kind: 'path' | 'topic' | 'read' | 'dead-letter'): void;
  deadLetter(topic: string): void;
}

export class Agent {
  readonly #options: AgentOptions;
  readonly #now: () => number;
  readonly #busy = new Set<Feed>();
  /** Lines of a feed's next batch: fewer after one that was too large. */
  readonly #lines = new WeakMap<Feed, number>();
  /** Feeds that aren't tried before a time. */
  readonly #notBefore = new WeakMap<Feed, number>();
  /** Feeds whose last step isn't in the checkpoint: it couldn't be written. */
  readonly #uncommitted = new WeakSet<Feed>();
  #wake: () => void = () => {};
  #stopped = false;
  #running: Promise<void>[] = [];

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#now = options.now ?? stamp;
  }

  start(): void {
    this.#running = this.#options.senders.map((sender) => this.#lane(sender));
  }

  /** Looks again whether a feed is ready. */
  wake(): void {
    this.#wake();
  }

  /** Ends after what is on its way was answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await Promise.all(this.#running);
  }

  /** When the oldest line that isn't acknowledged was noticed, ms since the epoch. */
  get unsentSince(): number | undefined {
    let oldest: number | undefined;
    for (const { unsentSince: since } of this.#options.feeds())
      if (since !== undefined && since < (oldest ?? Number.POSITIVE_INFINITY)) oldest = since;
    return oldest;
  }

  async #lane(sender: Sender): Promise<void> {
    while (!this.#stopped) {
      const feed = this.#next();
      if (!feed) {
        await this.#woken();
        continue;
      }
      this.#busy.add(feed);
      let waitMs = 0;
      try {
        waitMs = await this.#turn(feed, sender);
      } catch (error) {
        // Neither the feed nor its position has changed: it is taken again.
        this.#options.count.failed(error instanceof DeadLettersAreFull ? 'dead-letter' : 'read');
        sayOften(`read ${feed.name}`, `${feed.name}: ${reason(error)}`);
        this.#notBefore.set(feed, this.#now() + STUCK_MS);
      } finally {
        this.#busy.delete(feed);
      }
      if (waitMs > 0) await this.#pause(waitMs);
    }
  }

  /** One batch of a feed. Returns for how long this lane sends nothing. */
  async #turn(feed: Feed, sender: Sender): Promise<number> {
    const { count, limit, batchBytes, deadLetters } = this.#options;
    if (this.#uncommitted.has(feed)) await this.#commit(feed);
    const lines = this.#lines.get(feed) ?? Number.POSITIVE_INFINITY;
    const batch = await feed.take({ bytes: batchBytes, lines }, this.#now());
    if (!batch) return 0;
    if (batch.overLong) {
      await deadLetters.put([feed.topic, feed.id, batch.key], batch.overLong());
      count.deadLetter(feed.topic);
      sayOften('dead letter', `${feed.name}: a line is over the limit and became a dead letter`);
      await this.#accept(feed);
      return 0;
    }
    if (batch.lines.length === 0) {
      await this.#accept(feed);
      return 0;
    }
    const bytes = batch.lines.reduce((sum, line) => sum + line.length + 1, 0);
    const outcome = await sender.send(feed.topic, batch);
    if (outcome.kind === 'accepted') {
      count.accepted(feed.topic, batch.lines.length, bytes);
      this.#lines.set(feed, lines * 2);
      this.#notBefore.delete(feed);
      await this.#accept(feed);
      return limit.spend(bytes, this.#now());
    }
    if (outcome.kind === 'tooLarge') return this.#tooLarge(feed, batch);
    count.failed(outcome.kind);
    sayOften(
      `send ${outcome.kind} ${feed.topic}`,
      `lines for ${feed.topic} aren't taken: ${outcome.why}; again in ${outcome.waitMs} ms`,
    );
    if (outcome.kind === 'path') return outcome.waitMs;
    this.#notBefore.set(feed, this.#now() + outcome.waitMs);
    return 0;
  }

  /** The position may move, and the next batch may only be sent when it is on disk: keys count lines from there. */
  async #accept(feed: Feed): Promise<void> {
    feed.accept(this.#now());
    this.#uncommitted.add(feed);
    await this.#commit(feed);
  }

  async #commit(feed: Feed): Promise<void> {
    await this.#options.commit();
    this.#uncommitted.delete(feed);
  }

  async #tooLarge(feed: Feed, batch: Batch): Promise<number> {
    if (batch.divisible) {
      this.#lines.set(feed, Math.max(1, Math.floor(batch.lines.length / 2)));
      return 0;
    }
    for (const [index, line] of batch.lines.entries()) {
      await this.#options.deadLetters.put([feed.topic, feed.id, batch.key, String(index)], [line]);
      this.#options.count.deadLetter(feed.topic);
    }
    sayOften('dead letter', `${feed.name}: a front end refused a line as too long; it became a dead letter`);
    await this.#accept(feed);
    return 0;
  }

  /** The ready feed whose line has waited longest. */
  #next(): Feed | undefined {
    const now = this.#now();
    let next: Feed | undefined;
    for (const feed of this.#options.feeds()) {
      if (this.#busy.has(feed) || (this.#notBefore.get(feed) ?? 0) > now || !feed.ready(now)) continue;
      if (!next || (feed.unsentSince ?? now) < (next.unsentSince ?? now)) next = feed;
    }
    return next;
  }

  async #pause(milliseconds: number): Promise<void> {
    const until = this.#now() + milliseconds;
    while (!this.#stopped && this.#now() < until) await sleep(Math.min(100, until - this.#now()));
  }

  /** Resolves at the next call of `wake`. */
  #woken(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((done) => {
      const before = this.#wake;
      this.#wake = () => {
        before();
        done();
        this.#wake = () => {};
      };
    });
  }
}
