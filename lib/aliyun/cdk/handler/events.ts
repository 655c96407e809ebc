/** What CDK's provider framework calls a handler with ("Custom Resource Providers", aws-cdk-lib/custom-resources). */
import type { RosStackProperties } from '../properties';

export interface StackEventRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceProperties: RosStackProperties & { readonly ServiceToken?: string };
  /** @default - nothing was made yet */
  readonly PhysicalResourceId?: string;
}

/** What `onEvent` gives back; the framework hands it to `isComplete` beside the request. */
export interface Begun {
  readonly PhysicalResourceId: string;
  /** Id of the last that had happened to the stack before. @default - there was no stack */
  readonly Mark?: string;
  /** It is over already. */
  readonly Done?: true;
  /** It has failed already, and something stands that CloudFormation must know of. */
  readonly Failed?: string;
}

export type CompleteRequest = StackEventRequest & Begun;

/** `Data` only where it is complete: the framework refuses it otherwise. */
export interface Completion {
  readonly IsComplete: boolean;
  readonly Data?: Readonly<Record<string, string>>;
}

const ADOPTED = 'adopted/';

/** ROS's id of the stack. */
export function stackIdOf(physicalId: string): string {
  return physicalId.startsWith(ADOPTED) ? physicalId.slice(ADOPTED.length) : physicalId;
}

/** It stood before CloudFormation knew of it, so CloudFormation never deletes it: not at a rollback, not at a destroy. */
export function isAdopted(physicalId: string): boolean {
  return physicalId.startsWith(ADOPTED);
}

/**
 * The id that CloudFormation is given. A creation that failed before is gone on with under its own id, because for another one
 * CloudFormation would delete the first, which is the same stack.
 *
 * @param known the id that CloudFormation has
 * @param before what stood before we were called
 * @param now ROS's id of what stands
 */
export function physicalIdOf(
  known: string | undefined,
  before: { readonly stackId: string; readonly status: string } | undefined,
  now: string,
): string {
  if (known !== undefined && stackIdOf(known) === now) return known;
  return before?.stackId === now && !/^CREATE_(FAILED|ROLLBACK)/.test(before.status) ? `${ADOPTED}${now}` : now;
}
