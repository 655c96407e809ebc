import type { Stack, StackEvent, StackResource } from './model';
import { STACK_TYPE } from './status';

/** How a deploy of one stack ended. */
export type ApplyOutcome =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly stackId: string;
      readonly status: string;
      readonly outputs: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'failed'; readonly stackId?: string; readonly status: string; readonly problem: StackProblem };

/** How a destroy ended. */
export type DestroyOutcome =
  | { readonly kind: 'deleted'; readonly stackId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly stackId: string; readonly status: string; readonly problem: StackProblem };

/** Why a stack isn't as it should be, and what to do. */
export interface StackProblem {
  /** The status, or what stands in the way: `CREATE_FAILED`, `DELETION_PROTECTED`, `REPLACEMENT_NOT_AGREED`. */
  readonly code: string;
  readonly message: string;
  /** Resources and what was said of them: `M1InstanceG1 (ALIYUN::ECS::Instance): ...`. */
  readonly reasons: readonly string[];
  readonly wayOn: string;
}

/** @param reasons logical ids of what would be deleted and made anew */
export const notAgreed = (stack: string, reasons: readonly string[]): StackProblem => ({
  code: 'REPLACEMENT_NOT_AGREED',
  message: `stack ${stack}: ROS would delete and create anew what nobody agreed to`,
  reasons,
  wayOn: 'nothing was changed; take out the change that replaces them, or agree to them by name',
});

/** Status after a failure -> what it means, what to do. */
const MEANING: Readonly<Record<string, readonly [string, string]>> = {
  CREATE_FAILED: [
    'it was created in part; what stands is kept',
    'correct the cause and deploy again: ROS goes on where it failed (ContinueCreateStack)',
  ],
  CREATE_ROLLBACK_COMPLETE: [
    'it could not be created and was taken back',
    'correct the cause and deploy again: the empty stack is deleted first',
  ],
  CREATE_ROLLBACK_FAILED: [
    'it could not be created, and not be taken back whole',
    'destroy it (retain what refuses to go and delete that by hand), then deploy again',
  ],
  UPDATE_FAILED: [
    'the update stopped half-way',
    'correct the cause and deploy again: the update goes forward from where it stands',
  ],
  ROLLBACK_COMPLETE: ['the update failed and was undone: the stack is as before', 'correct the cause and deploy again'],
  ROLLBACK_FAILED: [
    'the update failed, and undoing it failed too: the stack stands between the two',
    'correct the cause and deploy again, which updates it forward; if ROS refuses that, mend the resources that are named',
  ],
  DELETE_FAILED: [
    'somebody began to delete it, and not all of it went',
    'destroy it to the end (retaining what must stay), then deploy again',
  ],
  DELETE_COMPLETE: ['it was deleted while we were at it', 'find out who deleted it; a deploy creates it anew'],
};

/** A problem from a status. */
export function problemOf(name: string, status: string, reasons: readonly string[], more = ''): StackProblem {
  const [meaning, wayOn] = MEANING[status] ?? [`its status is ${status}`, 'look at the stack in the ROS console'];
  return { code: status, message: `stack ${name}: ${meaning}${more ? ` (${more})` : ''}`, reasons, wayOn };
}

/** What failed first, from the events of the operation; resources that were only stopped along with it are left out. */
export function reasonsOf(events: readonly StackEvent[], stack?: Stack): string[] {
  const failed = events.filter(
    (event) => event.status.endsWith('_FAILED') && event.type !== STACK_TYPE && !/cancel|abort/i.test(event.reason),
  );
  const lines = failed.map((event) => `${event.logicalId} (${event.type}): ${event.reason || event.status}`);
  if (lines.length === 0 && stack?.operation) {
    lines.push(`${stack.operation.logicalId ?? 'the stack'}: ${stack.operation.message} (${stack.operation.code})`);
  }
  if (lines.length === 0 && stack?.statusReason) lines.push(stack.statusReason);
  return [...new Set(lines)];
}

/** Resources that really are there; what failed before it had an id, or was deleted, isn't. */
export const standing = (resources: readonly StackResource[]): StackResource[] =>
  resources.filter((resource) => resource.physicalId && resource.status !== 'DELETE_COMPLETE');
