import { inOrder } from './graph';
import type { Operation } from './machine';
import type { StackResource } from './stack';

/**
 * Deletes resources, each after what was made after it. One that can't be deleted keeps what it needs.
 *
 * @param retain which of them are left alone; their records go
 * @returns the resources that failed
 */
export async function deleteResources(
  operation: Operation,
  resources: StackResource[],
  retain: (resource: StackResource) => boolean,
  forget: (resource: StackResource) => void,
): Promise<StackResource[]> {
  const failed: StackResource[] = [];
  const blocked = new Set<string>();
  for (const resource of reverse(resources)) {
    if (blocked.has(resource.logicalId)) {
      for (const a of resource.after) blocked.add(a);
      continue;
    }
    if (!resource.physicalId) {
      forget(resource);
      continue;
    }
    if (retain(resource)) {
      operation.mark(resource, 'DELETE_SKIPPED');
      forget(resource);
      continue;
    }
    operation.mark(resource, 'DELETE_IN_PROGRESS');
    try {
      operation.machine.faults.check(resource.type, resource.logicalId, 'delete');
      await operation.machine
        .handler(resource.type)
        ?.delete(operation.context(resource, 'DELETE'), resource.physicalId, resource.properties);
      operation.mark(resource, 'DELETE_COMPLETE');
      forget(resource);
    } catch (e) {
      operation.mark(resource, 'DELETE_FAILED', operation.machine.dialect.words.reason(e, resource.type));
      failed.push(resource);
      for (const a of resource.after) blocked.add(a);
    }
    await breathe();
  }
  return failed;
}

/** Last made first. Two records of one logical id (a replacement and what it replaced) stand beside each other. */
function reverse(resources: StackResource[]): StackResource[] {
  const byId = new Map<string, StackResource[]>();
  for (const r of resources) byId.set(r.logicalId, [...(byId.get(r.logicalId) ?? []), r]);
  const graph = new Map(
    [...byId].map(([id, rs]) => [id, [...new Set(rs.flatMap((r) => r.after))].filter((a) => byId.has(a) && a !== id)]),
  );
  return inOrder(graph)
    .reverse()
    .flatMap((id) => byId.get(id) ?? []);
}

/** Lets the server answer between two resources. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
