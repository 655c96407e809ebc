/**
 * Carries the spool to Kafka: at least once, in batches, several on their way. A place in the spool is confirmed when everything before it is
 * acknowledged by all replicas in sync; segments that are confirmed as a whole are removed.
 */
import { reason, sayOften } from '../../shared/log';
import { readCheckpoint, writeCheckpoint } from '../spool/checkpoint';
import type { Position } from '../spool/segment';
import type { Spool } from '../spool/spool';
import { type Batch, Batches } from './batches';
import { KafkaLink, LinkError, type LinkOptions } from './kafka-link';
import { Ledger } from './ledger';
import { Tail } from './tail';

export interface ForwarderOptions {
  readonly folder: string;
  readonly host: string;
  readonly link: LinkOptions;
  /** Bytes of a batch before compression. Kafka's limit of a batch is `message.max.bytes`, 1 MiB by default. */
  readonly batchBytes: number;
  /** Milliseconds that a batch waits for more lines. */
  readonly lingerMs: number;
  /** Batches on their way. */
  readonly inFlight: number;
}

const CHECKPOINT_MS = 1000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A frame that can't be read, or a topic that nobody knows: looked at again after so long. */
const TROUBLE_MS = 1000;

export class Forwarder {
  readonly link: KafkaLink;
  /** Counted since the start: lines and bytes handed over the first time, lines acknowledged, tries that failed by what was said. */
  readonly counts = { sentLines: 0, sentBytes: 0, ackedLines: 0, retries: new Map<string, number>() };
  private readonly batches: Batches;
  private readonly ready: Batch[] = [];
  private onWay = 0;
  private flushAt = 0;
  /** Something has come since the loop last looked. */
  private news = false;
  private stopped = false;
  private wake: (() => void) | undefined;
  private saved: Position;
  private readonly timer: NodeJS.Timeout;
  private saving: Promise<void> | undefined;
  private running: Promise<void> | undefined;

  private constructor(
    private readonly spool: Spool,
    private readonly options: ForwarderOptions,
    private readonly ledger: Ledger,
    private readonly tail: Tail,
  ) {
    this.saved = ledger.confirmed;
    this.link = new KafkaLink(options.link);
    this.batches = new Batches(options.batchBytes, (batch) => this.ready.push(batch));
    spool.watch(() => this.nudge());
    this.timer = setInterval(() => this.save(), CHECKPOINT_MS);
  }

  /** Begins where the checkpoint says, or with the oldest segment. */
  static async start(spool: Spool, options: ForwarderOptions): Promise<Forwarder> {
    const from = (await readCheckpoint(options.folder)) ?? { segment: 0, offset: 0 };
    spool.confirmed = from;
    const forwarder = new Forwarder(spool, options, new Ledger(from), new Tail(spool, options.host, from));
    forwarder.running = forwarder.run();
    return forwarder;
  }

  /** Bytes of the spool that are not confirmed. */
  get lagBytes(): number {
    const { segment, offset } = this.ledger.confirmed;
    return this.spool.segments.reduce((sum, { number, bytes }) => {
      if (number < segment) return sum;
      return sum + (number === segment ? Math.max(0, bytes - offset) : bytes);
    }, 0);
  }

  /** When the oldest lines that are not acknowledged were taken, milliseconds since 1970; undefined where there are none. */
  get oldest(): number | undefined {
    return this.ledger.oldest;
  }

  /** Whether everything that was kept is acknowledged. */
  get empty(): boolean {
    return this.ledger.oldest === undefined && this.lagBytes === 0;
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

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        this.news = false;
        if (Date.now() >= this.flushAt) this.flush();
        if (this.onWay + this.ready.length < this.options.inFlight && (await this.read())) continue;
        this.flush();
        await this.sleep(this.batches.oldest === undefined ? undefined : Math.max(1, this.flushAt - Date.now()));
      } catch (error) {
        sayOften('forward', `can't read on in the spool: ${reason(error)}`);
        await this.pause(TROUBLE_MS);
      }
    }
    await this.tail.close();
  }

  /** Batches that have waited long enough go on their way. */
  private flush(): void {
    const now = Date.now();
    this.batches.flush(now - this.options.lingerMs + 1);
    this.flushAt = (this.batches.oldest ?? now) + this.options.lingerMs;
    this.launch();
  }

  /** Takes the next frame into batches. @returns whether there was one */
  private async read(): Promise<boolean> {
    const tailed = await this.tail.next();
    if (tailed === undefined) return false;
    const entry = this.ledger.add(tailed.end, tailed.frame?.time ?? Date.now());
    if (tailed.frame !== undefined) {
      const partitions = await this.partitions(tailed.frame.topic);
      if (partitions === undefined) return false;
      this.batches.add(tailed.frame, tailed.host, tailed.boot, partitions, entry);
    }
    entry.release();
    this.launch();
    return true;
  }

  /** Waits for as long as nobody knows the topic; undefined where the forwarder stops first. */
  private async partitions(topic: string): Promise<number | undefined> {
    while (!this.stopped) {
      try {
        return await this.link.partitions(topic);
      } catch (error) {
        this.failed(topic, error);
        await this.pause(TROUBLE_MS);
      }
    }
    return undefined;
  }

  private launch(): void {
    while (this.ready.length > 0 && this.onWay < this.options.inFlight) {
      const batch = this.ready.shift()!;
      this.onWay++;
      this.counts.sentLines += batch.messages.length;
      this.counts.sentBytes += batch.bytes;
      this.send(batch).finally(() => {
        this.onWay--;
        this.launch();
        this.nudge();
      });
    }
  }

  /** Tries until the batch is acknowledged: whatever was said, it may not be there. */
  private async send(batch: Batch): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.stopped; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.deliver(batch.topic, batch.partition, batch);
        this.counts.ackedLines += batch.messages.length;
        for (const entry of batch.entries) entry.release();
        return;
      } catch (error) {
        this.failed(batch.topic, error);
        await this.pause(pause * (0.5 + Math.random()));
      }
    }
  }

  /** One try. A batch that is too large for the topic goes in halves. */
  private async deliver(topic: string, partition: number, { messages }: Pick<Batch, 'messages'>): Promise<void> {
    try {
      // The time of sending: with the time of taking, retention would remove what has waited in a spool before anybody reads it.
      const timestamp = BigInt(Date.now());
      await this.link.produce(
        topic,
        partition,
        messages.map((message) => ({ ...message, timestamp })),
      );
    } catch (error) {
      if (!(error instanceof LinkError) || error.code !== 'MESSAGE_TOO_LARGE' || messages.length === 1) throw error;
      const half = messages.length >> 1;
      await this.deliver(topic, partition, { messages: messages.slice(0, half) });
      await this.deliver(topic, partition, { messages: messages.slice(half) });
    }
  }

  private failed(topic: string, error: unknown): void {
    if (this.stopped) return;
    const code = error instanceof LinkError ? error.code : 'OTHER';
    this.counts.retries.set(code, (this.counts.retries.get(code) ?? 0) + 1);
    sayOften(`kafka ${code}`, `lines of ${topic} stay in the spool: ${reason(error)}`);
  }

  /** Confirmed segments go first: the checkpoint can't be written where the disk is full, and isn't needed for what is gone. */
  private save(): Promise<void> {
    this.saving ??= this.doSave()
      .catch((error) => sayOften('checkpoint', `can't write the checkpoint: ${reason(error)}`))
      .finally(() => {
        this.saving = undefined;
      });
    return this.saving;
  }

  private async doSave(): Promise<void> {
    const { confirmed } = this.ledger;
    if (confirmed.segment === this.saved.segment && confirmed.offset === this.saved.offset) return;
    this.spool.confirmed = confirmed;
    for (const segment of this.spool.segments.filter(({ number }) => number < confirmed.segment))
      await this.spool.remove(segment);
    await writeCheckpoint(this.options.folder, confirmed);
    this.saved = confirmed;
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
    const end = Date.now() + milliseconds;
    while (!this.stopped && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, Math.min(100, end - Date.now())));
  }
}
