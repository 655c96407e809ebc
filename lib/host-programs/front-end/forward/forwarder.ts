/**
 * Carries the spool to Kafka: at least once, in batches, several on their way. A place in the spool is confirmed when everything before it is
 * acknowledged by all replicas in sync; segments that are confirmed as a whole are removed.
 *
 * All topics are read in one pass. One that brokers refuse for a while leaves it and waits by itself (a lane of its own, from then on): the others go on.
 */
import { reason, say, sayOften } from '../../shared/log';
import { steady } from '../../shared/steady';
import { writeCheckpoint } from '../spool/checkpoint';
import { isBefore, type Position } from '../spool/segment';
import type { Spool } from '../spool/spool';
import { type Batch, Batches, type Piece, type Source } from './batches';
import { type Entry, Ledger } from './ledger';
import { type Link, LinkError } from './link';
import { Tail, type Tailed } from './tail';
import { TopicQueue } from './topic-queue';

export interface ForwarderOptions {
  readonly folder: string;
  readonly host: string;
  /** Bytes of a batch before compression. Kafka's limit of a batch is `message.max.bytes`, 1 MiB by default. */
  readonly batchBytes: number;
  /** Milliseconds that a batch waits for more lines. */
  readonly lingerMs: number;
  /** Batches of a topic on their way. */
  readonly inFlight: number;
  /** Lines of a frame that are made messages at once. @default 4096 */
  readonly pieceLines?: number;
}

/** One pass over the spool. */
interface Lane {
  /** The topic that it is for. @default - all that have no lane of their own */
  readonly topic?: string;
  readonly tail: Tail;
  readonly ledger: Ledger;
  /** Read, and not taken by its topic yet. */
  pending: Tailed | undefined;
  /** A frame of which a part is in batches. */
  begun: { readonly source: Source; readonly entry: Entry; readonly from: Piece } | undefined;
}

const CHECKPOINT_MS = 1000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A frame that can't be read, or a topic that nobody knows: looked at again after so long. */
const TROUBLE_MS = 1000;
/** Kafka's word for a record without a time of its own. */
const NO_TIMESTAMP = -1n;
/** A topic may get more partitions. */
const PARTITIONS_MS = 60_000;

export class Forwarder {
  /** Counted since the start: lines and bytes handed over the first time, lines acknowledged, tries that failed by what was said. */
  readonly counts = { sentLines: 0, sentBytes: 0, ackedLines: 0, retries: new Map<string, number>() };
  private readonly batches: Batches;
  private readonly queues = new Map<string, TopicQueue>();
  private readonly lanes: Lane[] = [];
  private flushAt = 0;
  /** Something has come since the loop last looked. */
  private news = false;
  private stopped = false;
  private wake: (() => void) | undefined;
  private saved = '';
  private readonly timer: NodeJS.Timeout;
  private saving: Promise<void> | undefined;
  private running: Promise<void> | undefined;
  /** Lines that were kept and not acknowledged when it started. */
  private readonly before: number;

  private constructor(
    private readonly spool: Spool,
    private readonly link: Link,
    private readonly options: ForwarderOptions,
  ) {
    this.before = spool.unread + spool.counts.damagedLines;
    this.batches = new Batches(options, (batch) => this.queue(batch.topic).ready.push(batch));
    const { apart, ...from } = spool.from;
    this.lanes.push(this.lane(undefined, from));
    for (const [topic, at] of Object.entries(apart ?? {})) this.lanes.push(this.lane(topic, at));
    spool.watch(() => this.nudge());
    this.timer = setInterval(() => this.save(), CHECKPOINT_MS);
  }

  /** Begins where the checkpoint says, or with the oldest segment. */
  static start(spool: Spool, link: Link, options: ForwarderOptions): Forwarder {
    const forwarder = new Forwarder(spool, link, options);
    if (spool.strange === undefined) forwarder.running = forwarder.run();
    return forwarder;
  }

  /** Bytes of the spool that are not confirmed. */
  get lagBytes(): number {
    const { segment, offset } = this.confirmed;
    return this.spool.segments.reduce((sum, { number, bytes }) => {
      if (number < segment) return sum;
      return sum + (number === segment ? Math.max(0, bytes - offset) : bytes);
    }, 0);
  }

  /** Lines of the spool that nobody has acknowledged, counted from its segments and from what is on its way. */
  get lagLines(): number {
    return this.spool.unread + this.lanes.reduce((sum, { ledger }) => sum + ledger.left, 0);
  }

  /**
   * Lines that are missing (or too many, where it is negative): what was there at the start and was kept since, less what arrived and what is told
   * as lost, is what the spool must hold. 0, or something is wrong with this program or its disk.
   *
   * @param kept lines that inputs have acknowledged since the start, by their own count
   */
  imbalance(kept: number): number {
    const { foundLines, damagedLines, droppedLines } = this.spool.counts;
    return this.before + kept + foundLines - this.counts.ackedLines - damagedLines - droppedLines - this.lagLines;
  }

  /** When the oldest lines that are not acknowledged were taken, milliseconds since 1970; undefined where there are none. */
  get oldest(): number | undefined {
    const times = this.lanes.flatMap(({ ledger, pending }) => ledger.oldest ?? pending?.frame?.time ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Topics that wait apart from the others, because brokers refuse them. */
  get apart(): readonly string[] {
    return this.lanes.flatMap(({ topic }) => (topic !== undefined && this.queue(topic).troubledFor(0) ? [topic] : []));
  }

  /** Whether everything that was kept is acknowledged. */
  get empty(): boolean {
    return this.lagLines === 0;
  }

  /** Stops where it is. What is on its way and unanswered is sent again after the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    this.nudge();
    await this.link.reset(0);
    await this.running;
    await this.saving;
    await this.save();
  }

  /** Everything before it is done with, in all lanes. */
  private get confirmed(): Position {
    return this.lanes.map(({ ledger }) => ledger.confirmed).reduce((a, b) => (isBefore(b, a) ? b : a));
  }

  private lane(topic: string | undefined, from: Position, ledger = new Ledger(from)): Lane {
    const tail = new Tail(this.spool, this.options.host, from, topic === undefined);
    return { ...(topic !== undefined && { topic }), tail, ledger, pending: undefined, begun: undefined };
  }

  private queue(topic: string): TopicQueue {
    let queue = this.queues.get(topic);
    if (queue === undefined) {
      queue = new TopicQueue(this.options.inFlight);
      this.queues.set(topic, queue);
    }
    return queue;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        this.news = false;
        if (steady() >= this.flushAt) this.flush();
        let read = false;
        for (const lane of [...this.lanes]) read = (await this.read(lane)) || read;
        if (read) continue;
        this.flush();
        await this.sleep(this.batches.oldest === undefined ? TROUBLE_MS : Math.max(1, this.flushAt - steady()));
      } catch (error) {
        sayOften('forward', `can't read on in the spool: ${reason(error)}`);
        await this.pause(TROUBLE_MS);
      }
    }
    for (const { tail } of this.lanes) await tail.close();
  }

  /** Batches that have waited long enough go on their way. */
  private flush(): void {
    const now = steady();
    this.batches.flush(now - this.options.lingerMs + 1);
    this.flushAt = (this.batches.oldest ?? now) + this.options.lingerMs;
    this.launch();
  }

  /** Takes the next frame of a lane into batches. @returns whether there was one */
  private async read(lane: Lane): Promise<boolean> {
    if (lane.begun !== undefined) return this.goOn(lane, lane.begun);
    lane.pending ??= await lane.tail.next();
    const { pending } = lane;
    if (pending === undefined) return false;
    const { frame } = pending;
    const mine = frame !== undefined && this.isFor(lane, frame.topic);
    if (mine && !this.isTaken(lane, frame.topic)) return false;
    lane.pending = undefined;
    const taken = mine && this.isFor(lane, frame.topic);
    const lost = lane.topic === undefined ? pending.lost : 0;
    const entry = lane.ledger.add(pending, (taken ? frame.count : 0) + lost);
    if (lost > 0) {
      this.spool.damage(entry.segment);
      this.spool.counts.damagedLines += lost;
      entry.settle(lost);
    }
    if (taken) return this.goOn(lane, { source: { frame, host: pending.host, boot: pending.boot }, entry });
    entry.release();
    return true;
  }

  /** The next piece of a frame. @returns whether its topic took it */
  private goOn(
    lane: Lane,
    { source, entry, from }: Omit<NonNullable<Lane['begun']>, 'from'> & { readonly from?: Piece },
  ): boolean {
    const queue = this.queue(source.frame.topic);
    const { takes, partitions } = queue;
    if (!takes) {
      // Where it waits apart from here on, the rest of the frame goes along.
      if (this.isStuck(lane, queue)) this.part(lane, source.frame.topic, lane.tail.at).begun = lane.begun;
      else return false;
      lane.begun = undefined;
      return true;
    }
    const next = this.batches.add(source, partitions!, entry, from);
    lane.begun = next && { source, entry, from: next };
    if (next === undefined) entry.release();
    this.launch();
    return true;
  }

  private isFor({ topic }: Lane, of: string): boolean {
    return topic === undefined ? !this.lanes.some((lane) => lane.topic === of) : topic === of;
  }

  /** Whether a frame leaves its place: its topic takes it, or gets a lane of its own. */
  private isTaken(lane: Lane, topic: string): boolean {
    const queue = this.queue(topic);
    if (queue.askedAt === undefined || steady() - queue.askedAt > PARTITIONS_MS) this.ask(topic, queue);
    if (queue.takes) return true;
    if (!this.isStuck(lane, queue)) return false;
    this.part(lane, topic, lane.pending!.start);
    return true;
  }

  /** Whether others would wait for a topic in vain. */
  private isStuck({ topic }: Lane, queue: TopicQueue): boolean {
    return topic === undefined && queue.troubledFor(TROUBLE_MS);
  }

  /** Gives a topic a lane of its own from a place on; what is on its way goes along. */
  private part(lane: Lane, topic: string, from: Position): Lane {
    say(`${topic} waits apart: the other topics go on`);
    const made = this.lane(topic, from, lane.ledger.split(topic));
    this.lanes.push(made);
    return made;
  }

  private ask(topic: string, queue: TopicQueue): void {
    if (queue.asking || this.stopped) return;
    queue.asking = true;
    this.link
      .partitions(topic)
      .then(
        (partitions) => {
          queue.partitions = partitions;
          queue.askedAt = steady();
          queue.worked();
        },
        async (error) => {
          this.failed(topic, error);
          await this.pause(TROUBLE_MS);
        },
      )
      .finally(() => {
        queue.asking = false;
        this.nudge();
      });
  }

  private launch(): void {
    for (const queue of this.queues.values()) {
      while (queue.ready.length > 0 && queue.onWay < queue.most) {
        const batch = queue.ready.shift()!;
        queue.onWay++;
        this.counts.sentLines += batch.messages.length;
        this.counts.sentBytes += batch.bytes;
        this.send(batch, queue).finally(() => {
          queue.onWay--;
          this.launch();
          this.nudge();
        });
      }
    }
  }

  /** Tries until the batch is acknowledged: whatever was said, it may not be there. */
  private async send(batch: Batch, queue: TopicQueue): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.stopped; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.deliver(batch.topic, batch.partition, batch);
      } catch (error) {
        this.failed(batch.topic, error);
        await this.pause(pause * (0.5 + Math.random()));
        continue;
      }
      queue.worked();
      this.counts.ackedLines += batch.messages.length;
      for (const { entry, lines } of batch.entries) {
        entry.settle(lines);
        entry.release();
      }
      return;
    }
  }

  /** One try. A batch that is too large for the topic goes in halves. */
  private async deliver(topic: string, partition: number, { messages }: Pick<Batch, 'messages'>): Promise<void> {
    const produce = (timestamp: bigint): Promise<void> =>
      this.link.produce(
        topic,
        partition,
        messages.map((message) => ({ ...message, timestamp })),
      );
    try {
      // The time of sending: with the time of taking, retention would remove what has waited in a spool before anybody reads it.
      await produce(BigInt(Date.now()));
    } catch (error) {
      // This host's clock is wrong; without a time the broker's own counts.
      if (error instanceof LinkError && error.code === 'INVALID_TIMESTAMP') return produce(NO_TIMESTAMP);
      if (!(error instanceof LinkError) || error.code !== 'MESSAGE_TOO_LARGE' || messages.length === 1) throw error;
      const half = messages.length >> 1;
      await this.deliver(topic, partition, { messages: messages.slice(0, half) });
      await this.deliver(topic, partition, { messages: messages.slice(half) });
    }
  }

  private failed(topic: string, error: unknown): void {
    if (this.stopped) return;
    const code = error instanceof LinkError ? error.code : 'OTHER';
    this.queue(topic).failed(code);
    this.counts.retries.set(code, (this.counts.retries.get(code) ?? 0) + 1);
    sayOften(`kafka ${topic} ${code}`, `lines of ${topic} stay in the spool: ${reason(error)}`);
  }

  private save(): Promise<void> {
    this.saving ??= this.doSave()
      .catch((error) => sayOften('checkpoint', `can't save what is sent: ${reason(error)}`))
      .finally(() => {
        this.saving = undefined;
      });
    return this.saving;
  }

  private async doSave(): Promise<void> {
    const [main, ...apart] = this.lanes as [Lane, ...Lane[]];
    const { confirmed } = this;
    if (this.spool.strange === undefined)
      for (const segment of this.spool.segments)
        if (!isBefore(confirmed, { segment: segment.number, offset: segment.bytes })) this.spool.pass(segment);
    const { kept, open } = this.spool;
    // Nothing moves until somebody has looked; what comes meanwhile is counted all the same.
    const checkpoint =
      this.spool.strange !== undefined
        ? { ...this.spool.from, kept }
        : {
            ...main.ledger.confirmed,
            kept,
            done: kept - open,
            confirmed: Object.fromEntries(
              this.spool.segments
                .filter((segment) => segment.number >= confirmed.segment && segment.confirmed > 0)
                .map((segment) => [segment.number, segment.confirmed]),
            ),
            ...(apart.length > 0 && { apart: Object.fromEntries(apart.map(({ topic, ledger }) => [topic, ledger.confirmed])) }),
          };
    const text = JSON.stringify(checkpoint);
    if (text === this.saved) return;
    await writeCheckpoint(this.spool.files, this.options.folder, checkpoint);
    this.saved = text;
    // Not earlier: a checkpoint that names a segment which is gone looks like one that somebody took.
    for (const segment of this.spool.segments.filter(({ number }) => number < confirmed.segment))
      await this.spool.remove(segment);
  }

  private nudge(): void {
    this.news = true;
    this.wake?.();
  }

  private sleep(milliseconds: number | undefined): Promise<void> {
    if (this.stopped || this.news) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }

  /** Nothing but time and the stop ends it. */
  private async pause(milliseconds: number): Promise<void> {
    const end = steady() + milliseconds;
    while (!this.stopped && steady() < end)
      await new Promise((resolve) => setTimeout(resolve, Math.min(100, Math.max(1, end - steady()))));
  }
}
