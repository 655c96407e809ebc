import { setMaxListeners } from 'node:events';
import type { TimedAct } from '../facts/durations';
import type { Clock } from './clock';
import type { Dialect } from './dialect';
import { resourceStatus, stackStatus } from './events';
import type { Faults } from './faults';
import type { Context, Handler } from './handler';
import { sameJson } from './json';
import { referencesIn } from './references';
import type { Signals } from './signals';
import type { Stack, StackResource } from './stack';
import type { TemplateResource } from './template';
import type { EndOfWork, Work } from './work';

/** What every stack operation works with. `S` is what a cloud's handlers may reach beside what the engine tells them. */
export interface Machine<S extends object = object> {
  /** What handlers may reach, for one stack: its region, its account, hosts ... */
  services(stack: Stack): S;
  /** The handler of a resource type; undefined: the type isn't there. */
  handler(type: string): Handler<Context & S> | undefined;
  /** What its operations take their time from. */
  clock: Clock;
  signals: Signals;
  faults: Faults;
  /** What templates are written in, and how the engine behaves. */
  dialect: Dialect;
  /** Simulated time to real time: 1/600 makes fifteen minutes 1.5 seconds. */
  timeScale: number;
  /** Something changed that has to be saved. */
  changed(): void;
  /** Saves now: a status that is final is on disk before anybody is told of it. */
  save?(): void;
  /** The process ends: what is in progress stays as it is. */
  halted?: boolean;
  /** Told of everything that was done to a resource. */
  watch?(work: Work): void;
  /** Simulated seconds that something takes; default: what the dialect says. */
  seconds?(type: string, act: TimedAct): number;
  /** Told of a failure that is no cloud's error but a mistake in this program. */
  unexpected?(error: unknown): void;
}

/** Hundreds of resources may wait for one operation's end. */
function abortable(): AbortController {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  return abort;
}

/** One stack operation that is going on. */
export class Operation {
  private abort = abortable();
  private wayBack = false;
  private declaredBefore: Record<string, TemplateResource | undefined> | undefined;
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
    this.wayBack = true;
    this.abort = abortable();
  }

  /** Writes the stack's status. */
  status(status: string, reason?: string): void {
    stackStatus(this.machine.clock, this.stack, status, this.id, this.token, reason);
  }

  /** Writes a resource's status. */
  mark(resource: StackResource, status: string, reason?: string): void {
    resourceStatus(this.machine.clock, this.stack, resource, status, this.id, this.token, reason);
    this.machine.changed();
  }

  /** Begins a piece of work; what is returned ends it. */
  begin(
    { logicalId, type, physicalId }: Pick<StackResource, 'logicalId' | 'type' | 'physicalId'>,
    act: Work['act'],
    { properties = [], through = [] }: Partial<Pick<Work, 'properties' | 'through'>> = {},
  ): EndOfWork {
    const { machine, stack } = this;
    if (!machine.watch) return () => undefined;
    const before = physicalId === '' ? {} : { before: physicalId };
    const begun = { stackId: stack.id, logicalId, type, act, properties, through, ...before, rollback: this.wayBack };
    const from = machine.clock.milliseconds();
    return (end = {}) => machine.watch?.({ ...begun, from, to: machine.clock.milliseconds(), ...end });
  }

  /** Resources whose replacement in this operation is all that makes these properties differ; none where the template says otherwise. */
  through(id: string, declared: TemplateResource, changed: string[]): string[] {
    const { before, resources } = this.stack;
    if (!this.machine.watch || !before) return [];
    this.declaredBefore ??= this.machine.dialect.parse(before.template).Resources;
    const was = this.declaredBefore[id]?.Properties;
    if (changed.some((name) => !sameJson(was?.[name] ?? null, declared.Properties?.[name] ?? null))) return [];
    const named = changed.flatMap((name) => referencesIn(declared.Properties?.[name]).map((r) => r.name));
    return [...new Set(named)].filter((name) => before.resources[name]?.physicalId !== resources[name]?.physicalId);
  }

  /** Takes the time that the cloud takes for it; `cut`: the operation was cancelled before it was over. */
  async spend(type: string, act: TimedAct): Promise<'over' | 'cut'> {
    const { machine } = this;
    return this.sleep((machine.seconds ?? machine.dialect.seconds)(type, act));
  }

  /** Waits simulated seconds; `cut`: the operation was cancelled before they were over. */
  async sleep(seconds: number): Promise<'over' | 'cut'> {
    const { machine, cancelled } = this;
    if (seconds > 0) await machine.clock.wait(seconds * 1000 * machine.timeScale, cancelled);
    // The process ends: what is in progress stays in progress.
    if (machine.halted) await new Promise(() => undefined);
    return seconds > 0 && cancelled.aborted ? 'cut' : 'over';
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
      clock: machine.clock,
      scaled: (milliseconds) => milliseconds * machine.timeScale,
      takes: async (act) => {
        await this.spend(resource.type, act);
      },
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
