import { uuid } from './ids';
import { type Machine, Operation } from './machine';
import type { Stack } from './stack';

/**
 * Deletes a resource behind its stack's back, as a person does in a console: the stack remembers it as it was.
 *
 * @throws what the service says; Error for a resource that the stack hasn't
 */
export async function deleteByHand(machine: Machine, stack: Stack, logicalId: string): Promise<void> {
  const resource = stack.resources[logicalId];
  if (!resource?.physicalId) throw new Error(`${stack.name} has no ${logicalId}`);
  const operation = new Operation(machine, stack, uuid(), undefined);
  await machine.handler(resource.type)?.delete(operation.context(resource, 'DELETE'), resource.physicalId, resource.properties);
}
