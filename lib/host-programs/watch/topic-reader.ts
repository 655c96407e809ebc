/**
 * Reads a topic as it grows, without a group: every watch sees every line, and nothing is committed. Whatever goes wrong, it begins
 * again with a new connection, and with the certificate as it is then.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import { reason, sayOften } from '../shared/log';
import { steady } from '../shared/steady';
import type { TlsMaterial } from '../shared/tls-files';

export interface TopicReaderOptions {
  readonly clientId: string;
  /** `host:port` by comma. */
  readonly bootstrap: string;
  /** @default - plain text */
  readonly tls?: () => TlsMaterial;
  readonly topic: string;
  /** Records before the end that are read first. */
  readonly before: number;
  /** @param fresh whether it came after the reading began */
  readonly onRecord: (record: { readonly key: string; readonly value: string }, fresh: boolean) => void;
}

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

const CONTROL = 0b10_0000;
const FETCH_MS = 1000;
/** A broker that says nothing for so long is taken for gone. */
const ANSWER_MS = 15_000;
const AGAIN_MS = 1000;
/** Leaders move and certificates change: a connection lasts so long at most. */
const SESSION_MS = 600_000;

export class TopicReader {
  private stopped = false;
  /** Next offset by partition, and where what is fresh begins. */
  private readonly next = new Map<number, bigint>();
  private readonly fresh = new Map<number, bigint>();

  constructor(private readonly options: TopicReaderOptions) {}

  async run(): Promise<void> {
    while (!this.stopped) {
      await this.session().catch((error) => sayOften(this.options.topic, `can't read ${this.options.topic}: ${reason(error)}`));
      if (!this.stopped) await pause(AGAIN_MS);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async session(): Promise<void> {
    const { bootstrap, clientId, topic, tls } = this.options;
    const consumer = new Consumer({
      clientId,
      groupId: clientId,
      bootstrapBrokers: bootstrap.split(','),
      retries: 0,
      ...(tls && { tls: tls() }),
    });
    try {
      const end = steady() + SESSION_MS;
      const metadata = await timely(consumer.metadata({ topics: [topic], autocreateTopics: false, forceUpdate: true }));
      const found = metadata.topics.get(topic);
      if (found === undefined) throw new Error('there is no such topic yet');
      await this.begin(consumer);
      const reads = found.partitions.map(async ({ leader }, partition) => {
        while (!this.stopped && steady() < end) {
          const fetchOffset = this.next.get(partition) ?? 0n;
          const wanted = { partition, fetchOffset, currentLeaderEpoch: -1, lastFetchedEpoch: -1, partitionMaxBytes: 1 << 20 };
          const topics = [{ topicId: found.id, partitions: [wanted] }];
          this.take(
            await timely(consumer.fetch({ node: leader, topics, maxWaitTime: FETCH_MS, minBytes: 1, maxBytes: 1 << 20 })),
          );
        }
      });
      await Promise.all(reads);
    } finally {
      await timely(new Promise<void>((done) => consumer.close(true, () => done()))).catch(() => undefined);
    }
  }

  /** Where the reading begins; later sessions go on where it stands, or with what is left where that is gone. */
  private async begin(consumer: Consumer): Promise<void> {
    const { topic, before } = this.options;
    const [ends, starts] = await Promise.all(
      [ListOffsetTimestamps.LATEST, ListOffsetTimestamps.EARLIEST].map(async (timestamp) => {
        const offsets = await timely(consumer.listOffsets({ topics: [topic], timestamp }));
        return offsets.get(topic) ?? [];
      }),
    );
    ends!.forEach((end, partition) => {
      const start = starts![partition] ?? 0n;
      if (!this.fresh.has(partition)) this.fresh.set(partition, end);
      const wanted = this.next.get(partition) ?? end - BigInt(before);
      this.next.set(partition, wanted < start ? start : wanted > end ? end : wanted);
    });
  }

  private take(response: FetchResponse): void {
    for (const { partitions } of response.responses) {
      for (const { partitionIndex: partition, records } of partitions) {
        for (const batch of records ?? []) {
          const from = this.next.get(partition) ?? 0n;
          for (const { offsetDelta, key, value } of (batch.attributes & CONTROL) === 0 ? batch.records : []) {
            const offset = batch.firstOffset + BigInt(offsetDelta);
            // A batch begins before the offset that was asked for.
            if (offset < from || value === null) continue;
            const record = { key: key?.toString('utf8') ?? '', value: value.toString('utf8') };
            this.options.onRecord(record, offset >= (this.fresh.get(partition) ?? 0n));
          }
          this.next.set(partition, batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n);
        }
      }
    }
  }
}

async function timely<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
