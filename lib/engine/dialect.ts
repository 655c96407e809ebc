import type { TimedAct } from '../facts/durations';
import type { Effect } from '../facts/effect';
import type { Unanswered } from '../facts/unanswered';
import type { Scope } from './evaluate';
import type { Context } from './handler';
import type { Json, JsonObject } from './json';
import type { ResourceFailure } from './machine';
import type { ResourceNames, Target } from './scope';
import type { Output, Place, Stack, StackRequest, StackResource } from './stack';
import type { Template } from './template';

/** The words for what happens to a stack. */
export interface DialectWords {
  /** Why an operation that somebody asked for began. */
  begun(action: 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK'): string | undefined;
  /** Why one ended well. */
  done(action: 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK'): string | undefined;
  /** Said when a resource has got its physical id; undefined: nothing is said. */
  initiated?: string;
  /** Why a stack failed. */
  failed(failures: ResourceFailure[], stack: Stack): string;
  /** Why a create is rolled back, after `failed`. */
  createRollback(reason: string): string;
  /** Why a resource failed. */
  reason(error: unknown, type: string): string;
  notDeleted(resources: StackResource[]): string;
}

/**
 * A stack engine's language and manners, over one world. The engine knows order, create, update, delete and the way back; a dialect says
 * how templates read, what an update of a property does, in which order a replacement happens, and how everything is called.
 */
export interface Dialect {
  /** Type of a stack itself, in its own history. */
  stackType: string;
  words: DialectWords;
  /** First part of the statuses of a way back. */
  rollback: { create: 'ROLLBACK' | 'CREATE_ROLLBACK'; update: 'UPDATE_ROLLBACK' | 'ROLLBACK' };
  /** `create-first`: the new one is made, the old one goes when all is well, or the new one does. `delete-first`: the old one goes before. */
  replacement: 'create-first' | 'delete-first';
  /** Statuses in which a stack cleans up after an update. */
  cleanup: boolean;
  /** A stack of this name isn't there. */
  notFound(nameOrId: string): Error;
  /** A stack of this name is there already. */
  exists(name: string): Error;
  /** A new stack's id; refuses names that aren't allowed. */
  stackId(place: Place, name: string): string;
  /** Whether a create may take over a stack of this status. */
  takesOver(status: string): boolean;
  /** Refuses an update in this status, or for this request. */
  mayUpdate(stack: Stack, request: { disableRollback?: boolean }): void;
  /** Refuses a deletion. */
  mayDelete(stack: Stack, retain: string[]): void;
  /** Reads and checks everything that a create or an update can be refused for at once. */
  target(stack: Stack, request: StackRequest): Target;
  /**
   * The names that the template's functions may use.
   *
   * @param imports filled with what was read of other stacks
   */
  scope(stack: Stack, target: Target, names: ResourceNames, imports: Set<string>): Scope;
  outputs(template: Template, scope: Scope): Output[];
  /** Refuses outputs that a stack can't have beside the others. */
  checkOutputs?(stack: Stack, outputs: Output[]): void;
  /** Reads a template that was taken before. */
  parse(body: string): Template;
  effect(type: string, property: string, before: Json | undefined, after: Json | undefined): Effect;
  /** How long the cloud takes for it, simulated seconds. */
  seconds(type: string, act: TimedAct): number;
  /** What it does when a service's answer never comes. */
  unanswered(type: string): Unanswered;
  /** Whether whoever makes a resource of a type says anew at each update what it is (and the way back is such an update). */
  namesItself(type: string): boolean;
  /** Whether a service's code says that something can't be deleted because of what still uses it. */
  inUse(code: string): boolean;
  /** The property that takes the stack's tags, where a type can be tagged. */
  tagProperty(type: string): string | undefined;
  /** Refuses properties that the type's schema doesn't have. */
  checkProperties(resource: StackResource): void;
  /** Whether a resource takes signals while it is in progress. */
  signaled?(properties: JsonObject, policies: Pick<Context, 'creationPolicy' | 'updatePolicy'>): boolean;
  /** Waits for what must come before a resource that was made counts as complete; `launched` are the senders that its handler names. */
  completes?(context: Context, launched: string[] | undefined): Promise<void>;
  /** The failure of a change that the type doesn't take. */
  refusal(resource: StackResource, properties: string[]): Error;
  /** An attribute that a resource hasn't. */
  noAttribute(stack: Pick<Stack, 'id'>, resource: StackResource, name: string): Error;
}
