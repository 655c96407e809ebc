import { deleteResources } from './deletion';
import { inOrder } from './graph';
import { restore } from './in-place';
import { type Operation, ResourceFailure } from './machine';
import type { StackResource } from './stack';
import type { Leftover } from './working';

/**
 * Takes a create back.
 *
 * @param retainExceptOnCreate delete even what has `DeletionPolicy: Retain`, for it was made by this very create
 */
export async function rollbackCreate(operation: Operation, reason: string, retainExceptOnCreate: boolean): Promise<void> {
  const { stack } = operation;
  operation.renew();
  const { words, rollback } = operation.machine.dialect;
  const status = (end: string): string => `${rollback.create}_${end}`;
  if (stack.status !== status('IN_PROGRESS')) operation.status(status('IN_PROGRESS'), reason);
  const resources = [...(stack.leftovers ?? []), ...Object.values(stack.resources)];
  const failures = await deleteResources(
    operation,
    resources,
    (r) => !retainExceptOnCreate && r.deletionPolicy === 'Retain',
    (r) => {
      if (stack.resources[r.logicalId] === r) delete stack.resources[r.logicalId];
    },
  );
  stack.leftovers = undefined;
  stack.before = undefined;
  stack.outputs = [];
  stack.imports = [];
  if (failures.length > 0) operation.status(status('FAILED'), words.notDeleted(failures));
  else operation.status(status('COMPLETE'), words.done('ROLLBACK'));
}

/** Takes an update back to the last state that was whole. */
export async function rollbackUpdate(operation: Operation, reason: string, leftovers: Leftover[], skip: string[]): Promise<void> {
  const { stack } = operation;
  const { before } = stack;
  const { namesItself } = operation.machine.dialect;
  if (!before) throw new Error('no state to go back to');
  operation.renew();
  if (stack.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') {
    operation.status('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  }
  const again = [...leftovers, ...(stack.leftovers ?? [])];
  const made: StackResource[] = [];
  const failures: ResourceFailure[] = [];
  const known = before.resources;
  const graph = new Map(Object.values(known).map((r) => [r.logicalId, r.after.filter((a) => a in known)]));
  for (const id of inOrder(graph)) {
    const old = known[id] as StackResource;
    const current = stack.resources[id];
    if (!current || skip.includes(id)) {
      if (skip.includes(id) && current) operation.mark(current, 'UPDATE_COMPLETE', 'Resource skipped during UpdateRollback');
      continue;
    }
    if (current.physicalId !== old.physicalId && !namesItself(current.type)) {
      // The old one still stands: only the new one has to go.
      made.push({ ...current });
      current.physicalId = old.physicalId;
      operation.mark(current, 'UPDATE_COMPLETE');
      continue;
    }
    try {
      const left = await restore(operation, current, old);
      if (left) made.push(left);
      // It decides itself which one it goes back to.
      if (namesItself(old.type))
        Object.assign(old, { physicalId: current.physicalId, ref: current.ref, attributes: current.attributes });
    } catch (e) {
      failures.push(e instanceof ResourceFailure ? e : new ResourceFailure(id, String(e)));
      break;
    }
  }
  if (failures.length > 0) {
    stack.leftovers = again;
    const names = failures.map((f) => f.logicalId).join(', ');
    operation.status('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${names}].`);
    return;
  }
  const fresh = Object.values(stack.resources).filter((r) => !(r.logicalId in known));
  // A leftover of a second try after CREATE_FAILED isn't part of the old state; one of a replacement is.
  const stale = again.filter((l) => known[l.logicalId]?.physicalId !== l.physicalId);
  operation.status('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await deleteResources(
    operation,
    [...made, ...fresh, ...stale],
    (r) => r.deletionPolicy === 'Retain' && !made.includes(r),
    () => undefined,
  );
  const events = stack.resources;
  stack.resources = known;
  for (const r of Object.values(known))
    Object.assign(r, { status: events[r.logicalId]?.status ?? r.status, changed: events[r.logicalId]?.changed ?? r.changed });
  const { resources: _whole, ...whole } = before;
  Object.assign(stack, whole, { before: undefined, leftovers: undefined });
  operation.status('UPDATE_ROLLBACK_COMPLETE');
}
