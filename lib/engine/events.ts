import type { Clock } from './clock';
import { uuid } from './ids';
import type { Stack, StackResource } from './stack';

/** Sets a stack's status and writes it into its history. */
export function stackStatus(
  clock: Clock,
  stack: Stack,
  status: string,
  operation: string,
  token?: string,
  reason?: string,
): void {
  stack.status = status;
  stack.reason = reason;
  const time = clock.tick();
  stack.events.push({
    id: uuid(),
    operation,
    logicalId: stack.name,
    physicalId: stack.id,
    type: stack.type,
    status,
    reason,
    time,
    token,
  });
}

/** Sets a resource's status and writes it into its stack's history. */
export function resourceStatus(
  clock: Clock,
  stack: Stack,
  resource: StackResource,
  status: string,
  operation: string,
  token?: string,
  reason?: string,
): void {
  resource.status = status;
  resource.reason = reason;
  resource.changed = clock.tick();
  stack.events.push({
    id: `${resource.logicalId}-${status}-${resource.changed}`,
    operation,
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    reason,
    time: resource.changed,
    token,
  });
}
