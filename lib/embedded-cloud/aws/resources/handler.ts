import { CloudError } from '../../../engine/cloud-error';
import type { Json, JsonObject } from '../../../engine/json';
import type { Signals } from '../../../engine/signals';
import type { AliyunHosts } from '../../aliyun/hosts/hosts';
import type { Account, Region, World } from '../../store/world';
import type { Functions } from '../functions/functions';
import type { Hosts } from '../hosts/hosts';

/** What a handler may reach. */
export interface Context {
  world: World;
  account: Account;
  region: Region;
  partition: string;
  stackName: string;
  stackId: string;
  logicalId: string;
  /** The resource's type: custom resources have many. */
  type: string;
  stackTags: Record<string, string>;
  hosts: Hosts;
  aliyunHosts: AliyunHosts;
  signals: Signals;
  functions: Functions;
  /** The resource's own CreationPolicy and UpdatePolicy, evaluated. */
  creationPolicy?: JsonObject;
  updatePolicy?: JsonObject;
  /** Real milliseconds of a simulated time span. */
  scaled(milliseconds: number): number;
  /** Ends when the operation is cancelled. */
  cancelled: AbortSignal;
  /** Adds a line to the stack's history without changing the resource's status. */
  note(reason: string): void;
  /** Another region of the same account, or of another one. */
  regionOf(name: string, account?: string): Region;
}

/** What a handler says of a resource that it made or changed. */
export interface Made {
  physicalId: string;
  /** What `Ref` gives, when it isn't the physical id. */
  ref?: string;
  attributes?: Record<string, Json>;
}

/** A failure that leaves something behind: what has this id must be deleted with the stack. */
export class MadeButFailed extends CloudError {
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
export interface Handler {
  create(context: Context, properties: JsonObject): Made | Promise<Made>;
  /** Applies a change in place; absent: the type has none. `changed` names the properties that differ. */
  update?(
    context: Context,
    physicalId: string,
    properties: JsonObject,
    before: JsonObject,
    changed: string[],
  ): Changed | Promise<Changed>;
  /** Deletes it; something that is gone already is no error. */
  delete(context: Context, physicalId: string, properties: JsonObject): void | Promise<void>;
  /** The instances whose signals its CreationPolicy counts, for a type that launches some. */
  signalsFrom?(context: Context, physicalId: string): string[];
  /** Whether it still stands, and its properties as they are now where they can be changed from outside. */
  read?(context: Context, physicalId: string, properties: JsonObject): JsonObject | undefined;
}
