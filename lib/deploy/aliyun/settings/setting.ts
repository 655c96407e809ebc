/** What a template can't set: done after the stack is complete, each part only where it isn't done yet. */
import type { RpcClient } from '../../../aliyun/cloud';
import type { DriftedResource, OnProgress, StackWithMembers } from '../../engine';
import type { StandingMember } from '../hosts';

/** A stack that stands, as its engine tells it. */
export interface StandingRos {
  readonly stack: StackWithMembers;
  readonly rpc: RpcClient;
  /** Physical ids of its resources, by logical id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Members whose instances stand. */
  readonly members: readonly StandingMember[];
}

/** One property that no ROS type has. */
export interface Setting {
  /** What is otherwise than described, in words for a preview: `BFD of Line`. None where the stack doesn't want it. */
  otherwise(standing: StandingRos): Promise<readonly DriftedResource[]>;
  /** Sets it where it is otherwise; may be stopped and called again. Returns how many were touched. */
  set(standing: StandingRos, progress: OnProgress): Promise<number>;
}

/** What is done beside the engine, told like its events. */
export function step(logicalId: string, type: string, status: string) {
  return { at: new Date().toISOString(), logicalId, type, status };
}

/** A resource that has another value than it should. */
export function modified(logicalId: string, type: string, property: string, expected: string, actual?: string): DriftedResource {
  const difference = { property, expected, ...(actual === undefined ? {} : { actual }) };
  return { logicalId, type, drift: 'modified', differences: [difference] };
}
