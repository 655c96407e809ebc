/** What the forwarder wants of Kafka, and what Kafka may say. */
import type { MessageRecord } from '@platformatic/kafka';

export type Message = MessageRecord;

export interface Link {
  /** Number of partitions of a topic. @throws LinkError where nobody can tell */
  partitions(topic: string): Promise<number>;
  /**
   * Gives one batch to the leader of a partition. It returns when all replicas in sync have it.
   *
   * @throws LinkError after which the batch may be there, or not
   */
  produce(topic: string, partition: number, messages: Message[]): Promise<void>;
  /** Lets all connections go. @param grace milliseconds in which answers that are still to come arrive */
  reset(grace: number): Promise<void>;
}

/** What a broker has said to a batch, by Kafka's name of the error, or that it has said nothing. */
export class LinkError extends Error {
  constructor(
    /** For example `NOT_LEADER_OR_FOLLOWER`; `NETWORK` where there was no answer. */
    readonly code: string,
    words: string,
  ) {
    super(words);
  }
}
