import type { RosClient } from './client';
import type { StackEvent } from './model';
import { isBusy, STACK_TYPE } from './status';

const PAGE = 50;

/**
 * Tells each event of an operation once, oldest first. ROS lists the newest first, by page numbers that shift while more come; so pages
 * are read until one holds an event that is known, or the event that the operation began with.
 */
export class StackEvents {
  readonly #client: RosClient;
  readonly #told: (event: StackEvent) => void;
  readonly #known = new Set<string>();
  /** All events of the operation so far, oldest first. */
  readonly all: StackEvent[] = [];

  /** @param told is given each event once */
  constructor(client: RosClient, told: (event: StackEvent) => void = () => {}) {
    this.#client = client;
    this.#told = told;
  }

  /** What happened before the operation that is about to begin isn't told. @returns the last of it: a mark of the stack's state */
  async skipPast(stackId: string): Promise<string> {
    const events = await this.#client.listStackEvents(stackId, 1, PAGE);
    for (const event of events) this.#known.add(event.id);
    return events[0]?.id ?? '';
  }

  /** Reads what is new and tells it. @returns how many were new */
  async tell(stackId: string): Promise<number> {
    const fresh: StackEvent[] = [];
    for (let page = 1; ; page++) {
      const events = await this.#client.listStackEvents(stackId, page, PAGE);
      let older = false;
      for (const event of events) {
        if (this.#known.has(event.id)) {
          // Events told in this very read shift down a page when others come; only older ones end it.
          if (!fresh.some((one) => one.id === event.id)) older = true;
          continue;
        }
        this.#known.add(event.id);
        if (!older) fresh.push(event);
        if (begins(event)) older = true;
      }
      if (older || events.length < PAGE) break;
    }
    for (const event of fresh.reverse()) {
      this.all.push(event);
      this.#told(event);
    }
    return fresh.length;
  }
}

/** The stack itself begins an operation: what is older belongs to another one. */
export const begins = (event: StackEvent): boolean =>
  event.type === STACK_TYPE && isBusy(event.status) && !event.status.includes('ROLLBACK');
