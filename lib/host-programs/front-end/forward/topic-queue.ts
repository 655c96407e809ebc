/** What waits to be sent to one topic, and what is wrong with it. */
import { steady } from '../../shared/steady';
import type { Batch } from './batches';

export class TopicQueue {
  readonly ready: Batch[] = [];
  /** Batches on their way. */
  onWay = 0;
  /** Partitions it has; undefined where nobody has said so yet. */
  partitions: number | undefined;
  /** When somebody was last asked, by the steady clock; undefined while nobody has answered. */
  askedAt: number | undefined;
  /** Whether somebody is being asked. */
  asking = false;
  private trouble: { readonly code: string; readonly since: number } | undefined;

  /** @param most batches that are ready or on their way */
  constructor(readonly most: number) {}

  get takes(): boolean {
    return this.partitions !== undefined && this.ready.length + this.onWay < this.most;
  }

  failed(code: string): void {
    if (this.trouble === undefined || this.trouble.code === 'NETWORK') this.trouble = { code, since: steady() };
  }

  worked(): void {
    this.trouble = undefined;
  }

  /** Whether brokers have refused this topic for so long that the others mustn't wait for it. Where no broker answers, all wait. */
  troubledFor(milliseconds: number): boolean {
    return this.trouble !== undefined && this.trouble.code !== 'NETWORK' && steady() - this.trouble.since >= milliseconds;
  }
}
