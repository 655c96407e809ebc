import type { Dialect } from '../../../engine/dialect';
import type { Context } from '../../../engine/handler';
import { isObject } from '../../../engine/json';
import { ResourceFailure } from '../../../engine/machine';
import type { Signals } from '../../../engine/signals';
import type { Stack } from '../../../engine/stack';
import { CREATION_TIMEOUT_SECONDS } from '../../../facts/aws/limits';
import { validationError } from '../aws-error';
import { timeOf } from './policy-times';

/** Resources with a signal policy, and wait conditions, can be signaled. */
export const signaled: NonNullable<Dialect['signaled']> = (properties, { creationPolicy, updatePolicy }) =>
  isObject(creationPolicy?.ResourceSignal) || isObject(updatePolicy?.AutoScalingRollingUpdate) || properties.Handle !== undefined;

/** Waits for the signals that a CreationPolicy asks for ("CreationPolicy attribute"). */
export async function creationSignals(context: Context, launched: string[] | undefined): Promise<void> {
  const { creationPolicy: policy, signals: box } = context;
  const signal = isObject(policy?.ResourceSignal) ? policy.ResourceSignal : undefined;
  if (!signal || !box) return;
  const count = Number(signal.Count ?? 1);
  const timeout = context.scaled(timeOf(signal.Timeout, 'PT5M', CREATION_TIMEOUT_SECONDS, 'Invalid creation policy: Timeout'));
  const percent = Number(
    (isObject(policy?.AutoScalingCreationPolicy) ? policy.AutoScalingCreationPolicy.MinSuccessfulInstancesPercent : undefined) ??
      100,
  );
  const needed = Math.ceil((count * percent) / 100);
  const outcome = await box.wait(needed, count - needed, timeout, context.cancelled);
  if (outcome === 'done') return;
  if (outcome === 'cancelled') throw new ResourceFailure(context.logicalId, 'Resource creation cancelled', true);
  const got = box.count('SUCCESS');
  if (launched)
    throw validationError(
      `Received ${got} SUCCESS signal(s) out of ${count}.  Unable to satisfy ${percent}% MinSuccessfulInstancesPercent requirement`,
    );
  if (outcome === 'failed')
    throw validationError(
      `Received ${box.count('FAILURE')} FAILURE signal(s) out of ${count}.  Unable to satisfy 100% MinSuccessfulInstancesPercent requirement`,
    );
  throw validationError(`Failed to receive ${count - got} resource signal(s) within the specified duration`);
}

/** `SignalResource`: refused while the resource isn't in progress. */
export function signalResource(signals: Signals, stack: Stack, logicalId: string, uniqueId: string, status: string): void {
  if (status !== 'SUCCESS' && status !== 'FAILURE') {
    throw validationError(
      `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [SUCCESS, FAILURE]`,
    );
  }
  if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK)_IN_PROGRESS$/.test(stack.status)) {
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be signaled.`);
  }
  const box = signals.box(stack.id, logicalId);
  if (!box) {
    const resource = stack.resources[logicalId];
    if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
    throw validationError(`Resource ${logicalId} is in ${resource.status} state and can not be signaled.`);
  }
  box.deliver(uniqueId, status);
}
