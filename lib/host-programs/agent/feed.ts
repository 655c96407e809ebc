/** What every source gives the agent: ordered streams of lines, each with a position that moves only after an acknowledgement. */

/** Lines of one feed that are sent together, or one line that is too long to be sent. */
export interface Batch {
  /** Without newlines. Empty: there is nothing to send, and the position moves all the same. */
  readonly lines: readonly Buffer[];
  /**
   * Key of the first line without the host's name, the same however often these lines are sent. Empty where lines carry a key of
   * their own.
   */
  readonly key: string;
  /** Whether fewer lines could be taken instead. */
  readonly divisible: boolean;
  /** A line over the limit: gives its bytes piece by piece. `lines` is empty then. */
  readonly overLong?: () => AsyncIterable<Buffer> | Iterable<Buffer>;
}

export interface TakeLimits {
  /** Bytes of a batch, about. */
  readonly bytes: number;
  /** Lines of a batch. */
  readonly lines: number;
}

/** One ordered stream of lines. Nothing but {@link Feed.accept} moves its position, so a batch that failed is simply taken again. */
export interface Feed {
  /** For logs. */
  readonly name: string;
  readonly topic: string;
  /** Part of the names of its dead letters. */
  readonly id: string;
  /** When its oldest unsent line was noticed, ms since the epoch; undefined: all is sent. */
  readonly unsentSince: number | undefined;
  /** Whether there is something to take now. */
  ready(now: number): boolean;
  /** Undefined: nothing complete is there (yet). */
  take(limits: TakeLimits, now: number): Promise<Batch | undefined>;
  /** The batch that was taken last is safe elsewhere: the position moves behind it. */
  accept(now: number): void;
}
