import type { Dialect } from './dialect';
import { resourceStatus, stackStatus } from './events';
import type { Faults } from './faults';
import type { Context, Handler } from './handler';
import type { Signals } from './signals';
import type { Stack, StackResource } from './stack';

/** What every stack operation works with. `S` is what a cloud's handlers may reach beside what the engine tells them. */
export interface Machine<S extends object = object> {
  /** What handlers may reach, for one stack: its region, its account, hosts ... */
  services(stack: Stack): S;
  /** The handler of a resource type; undefined: the type isn't there. */
  handler(type: string): Handler<Context & S> | undefined;
  signals: Signals;
  faults: Faults;
  /** What templates are written in, and how the engine behaves. */
  dialect: Dialect;
  /** Simulated time to real time: 1/600 makes fifteen minutes 1.5 seconds. */
  timeScale: number;
  /** Something changed that has to be saved. */
  changed(): void;
  /** The process ends: what is in progress stays as it is. */
  halted?: boolean;
  /** Told of a failure that is no cloud's error but a mistake in this program. */
  unexpected?(error: unknown): void;
}

/** One stack operation that is going on. */
export class Operation {
  private abort = new AbortController();
  /** Whether what can't be changed in place may be replaced. */
  replacements = true;
  /** It is a way back: no stack policy holds it up. */
  reverting = false;

  constructor(
    readonly machine: Machine,
    readonly stack: Stack,
    /** Groups its events. */
    readonly id: string,
    /** The caller's own token, written into the events. */
    readonly token: string | undefined,
  ) {}

  /** Ends when the operation is cancelled, by its own failure or from outside. */
  get cancelled(): AbortSignal {
    return this.abort.signal;
  }

  cancel(): void {
    this.abort.abort();
  }

  /** Begins the rollback of what was cancelled: that may wait again. */
  renew(): void {
    this.abort = new AbortController();
  }

  /** Writes the stack's status. */
  status(status: string, reason?: string): void {
    stackStatus(this.stack, status, this.id, this.token, reason);
  }

  /** Writes a resource's status. */
  mark(resource: StackResource, status: string, reason?: string): void {
    resourceStatus(this.stack, resource, status, this.id, this.token, reason);
    this.machine.changed();
  }

  /** What a handler gets for one resource. */
  context(
    resource: StackResource,
    verb: 'CREATE' | 'UPDATE' | 'DELETE',
    policies: Pick<Context, 'creationPolicy' | 'updatePolicy'> = {},
  ): Context {
    const { machine, stack } = this;
    return {
      ...machine.services(stack),
      stackName: stack.name,
      stackId: stack.id,
      logicalId: resource.logicalId,
      type: resource.type,
      stackTags: resource.stackTags,
      signals: undefined,
      cancelled: this.cancelled,
      scaled: (milliseconds) => milliseconds * machine.timeScale,
      note: (reason) => this.mark(resource, `${verb}_IN_PROGRESS`, reason),
      ...policies,
    };
  }
}

/** What a resource's failure looks like in the stack's history. */
export class ResourceFailure extends Error {
  constructor(
    readonly logicalId: string,
    message: string,
    readonly cancelled = false,
  ) {
    super(message);
  }
}
