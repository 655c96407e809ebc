/** Drift-aware updates: what stands now, in place of what the stack remembers. */

import { uuid } from './ids';
import { changedKeys } from './json';
import { type Machine, Operation } from './machine';
import type { ResourceDrift, Stack } from './stack';

/**
 * Puts into a stack's record how its resources are now. What was deleted by hand stands no more and is made anew; what was changed is as
 * after an update that was tried: the next one brings it back to what its template says. Source: AWS CloudFormation, "Using drift-aware change
 * sets". Types that can't be read stay as they are remembered.
 *
 * @returns how each that differs drifted, by logical id
 */
export function rememberDrift(machine: Machine, stack: Stack): Map<string, ResourceDrift['status']> {
  const operation = new Operation(machine, stack, uuid(), undefined);
  const drifted = new Map<string, ResourceDrift['status']>();
  for (const resource of Object.values(stack.resources)) {
    const read = machine.handler(resource.type)?.read;
    if (!read || resource.physicalId === '') continue;
    const live = read(operation.context(resource, 'UPDATE'), resource.physicalId, resource.properties);
    if (live === undefined) {
      Object.assign(resource, { physicalId: '', ref: '', attributes: {} });
      drifted.set(resource.logicalId, 'DELETED');
    } else if (changedKeys(resource.properties, live).length > 0) {
      resource.attempted = live;
      drifted.set(resource.logicalId, 'MODIFIED');
    }
  }
  return drifted;
}

/** A stack as a drift-aware change set compares it: its record is not touched. */
export function asItIs(
  machine: Machine,
  stack: Stack,
): { readonly stack: Stack; readonly drifted: ReturnType<typeof rememberDrift> } {
  const now: Stack = { ...stack, resources: structuredClone(stack.resources) };
  const drifted = rememberDrift(machine, now);
  for (const resource of Object.values(now.resources)) if (resource.attempted) resource.properties = resource.attempted;
  return { stack: now, drifted };
}
