import type { TimedAct } from '../facts/durations';
import type { Clock } from './clock';
import { EngineError } from './engine-error';
import type { Json, JsonObject } from './json';
import type { SignalBox } from './signals';

/** What a handler is told of the resource that it works on. A cloud adds what its own handlers may reach (`Machine.services`). */
export interface Context {
  stackName: string;
  stackId: string;
  logicalId: string;
  /** The resource's type: one handler may have many. */
  type: string;
  stackTags: Record<string, string>;
  /** The box that the resource's signals come to, while it is open for some. */
  signals: SignalBox | undefined;
  /** The resource's own CreationPolicy and UpdatePolicy, evaluated. */
  creationPolicy?: JsonObject;
  updatePolicy?: JsonObject;
  clock: Clock;
  /** The clock's milliseconds of a simulated time span. */
  scaled(milliseconds: number): number;
  /** Takes the time that the cloud takes for it, for who does something in the middle of it. */
  takes(act: TimedAct): Promise<void>;
  /** Ends when the operation is cancelled. */
  cancelled: AbortSignal;
  /** Adds a line to the stack's history without changing the resource's status. */
  note(reason: string): void;
}

/** What a handler says of a resource that it made or changed. */
export interface Made {
  physicalId: string;
  /** What `Ref` gives, when it isn't the physical id. */
  ref?: string;
  attributes?: Record<string, Json>;
}

/** A failure that leaves something behind: what has this id must be deleted with the stack. */
export class MadeButFailed extends EngineError {
  constructor(
    message: string,
    readonly physicalId: string,
    readonly cancelled = false,
  ) {
    super('ValidationError', message);
  }
}

/** What an update says. With a `physicalId` that differs, what had the old one is deleted when the stack's update is through. */
export type Changed = Partial<Made> | undefined;

/** One resource type: its checks and what it does to the world. */
export interface Handler<C extends Context = Context> {
  create(context: C, properties: JsonObject): Made | Promise<Made>;
  /** Applies a change in place; absent: the type has none. `changed` names the properties that differ. */
  update?(
    context: C,
    physicalId: string,
    properties: JsonObject,
    before: JsonObject,
    changed: string[],
  ): Changed | Promise<Changed>;
  /** Deletes it; something that is gone already is no error. */
  delete(context: C, physicalId: string, properties: JsonObject): void | Promise<void>;
  /** The instances whose signals its CreationPolicy counts, for a type that launches some. */
  signalsFrom?(context: C, physicalId: string): string[];
  /** Whether it still stands, and its properties as they are now where they can be changed from outside. */
  read?(context: C, physicalId: string, properties: JsonObject): JsonObject | undefined;
}
