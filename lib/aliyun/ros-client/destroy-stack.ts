import { Busy } from '../cloud/errors';
import type { ApplyOptions } from './apply-stack';
import type { RosClient } from './client';
import { type DestroyOutcome, problemOf, reasonsOf, standing } from './outcome';
import { settle } from './settle';
import { StackEvents } from './stack-events';
import { isBusy } from './status';

/** Which stack goes, and how. */
export interface DestroyRequest {
  readonly name: string;
  /** The role that it was deployed with; ROS wants it again. @default - the stack's own, as `GetStack` shows it */
  readonly ramRoleName?: string;
  /** Logical ids of resources that stay. @default - none but those that their template retains */
  readonly retain?: readonly string[];
  /** Takes its deletion protection off first. @default false: a protected stack is refused */
  readonly liftProtection?: boolean;
}

const STEPS = 6;

/** Deletes a stack and waits until it is gone. One that is being deleted is waited for; one that isn't there is done. */
export async function destroyStack(
  client: RosClient,
  request: DestroyRequest,
  options: Pick<ApplyOptions, 'onEvent' | 'beforeWrite' | 'watching'> = {},
): Promise<DestroyOutcome> {
  let ours: string | undefined;
  for (let step = 0; step < STEPS; step++) {
    const stack = await client.findStack(request.name);
    if (!stack) return ours ? { kind: 'deleted', stackId: ours } : { kind: 'absent' };
    const events = new StackEvents(client, options.onEvent);
    if (isBusy(stack.status)) {
      if (stack.status === 'DELETE_IN_PROGRESS') ours = stack.stackId;
      await settle(client, stack.stackId, events, options.watching);
      continue;
    }
    if (stack.status === 'DELETE_FAILED' && ours) return failed(client, stack.stackId, request.name, events);
    await options.beforeWrite?.();
    if (stack.deletionProtection) {
      if (!request.liftProtection)
        return { kind: 'failed', stackId: stack.stackId, status: stack.status, problem: isProtected(request.name) };
      await client.setDeletionProtection(stack.stackId, false);
    }
    await events.skipPast(stack.stackId);
    const ramRoleName = request.ramRoleName ?? (await client.getStack(stack.stackId, false)).ramRoleName;
    try {
      await client.deleteStack(stack.stackId, { ramRoleName, retain: request.retain });
    } catch (error) {
      if (error instanceof Busy) continue;
      throw error;
    }
    ours = stack.stackId;
    const { stack: left } = await settle(client, stack.stackId, events, options.watching);
    if (!left) return { kind: 'deleted', stackId: stack.stackId };
    if (left.status === 'DELETE_FAILED') return failed(client, stack.stackId, request.name, events);
  }
  const problem = {
    code: 'UNSETTLED',
    message: `stack ${request.name}: it changes under our hands`,
    reasons: [],
    wayOn: 'see who else deploys it',
  };
  return { kind: 'failed', stackId: ours ?? '', status: 'UNKNOWN', problem };
}

const isProtected = (name: string) => ({
  code: 'DELETION_PROTECTED',
  message: `stack ${name} holds data and is protected from deletion`,
  reasons: [],
  wayOn: 'set it free on purpose first; nothing was deleted',
});

async function failed(client: RosClient, stackId: string, name: string, events: StackEvents): Promise<DestroyOutcome> {
  const stack = await client.getStack(stackId, false);
  const left = standing(await client.listStackResources(stackId));
  const reasons = reasonsOf(events.all, stack);
  const problem = problemOf(name, 'DELETE_FAILED', reasons);
  return {
    kind: 'failed',
    stackId,
    status: stack.status,
    problem: {
      ...problem,
      message: `stack ${name}: not all of it could be deleted; what is left: ${left.map((resource) => resource.logicalId).join(', ') || 'unknown'}`,
      wayOn: 'remove what holds the resources that are named and destroy it again, or retain them by name',
    },
  };
}
