/** Changes of a resource that keep it: an update, and the way back from one. */
import { asked, cancelled } from './asked';
import type { Changed, Context } from './handler';
import type { JsonObject } from './json';
import type { Operation } from './machine';
import type { StackResource } from './stack';
import { changesOf, fail, handlerOf, type Leftover, openBox, type Policies, type Told, take, why } from './working';

/** What is remembered of a resource beside its properties: changing it touches nothing. */
export const besides = (next: StackResource): Partial<StackResource> => ({
  metadata: next.metadata,
  deletionPolicy: next.deletionPolicy,
  updateReplacePolicy: next.updateReplacePolicy,
  updatePolicy: next.updatePolicy,
  after: next.after,
});

export async function updateInPlace(
  operation: Operation,
  old: StackResource,
  next: StackResource,
  changed: string[],
  policies: Policies,
  leftovers: Leftover[],
  told: Told,
  act: 'update' | 'interrupt',
): Promise<void> {
  const { machine, stack } = operation;
  operation.mark(old, 'UPDATE_IN_PROGRESS');
  const end = operation.begin(old, act, told);
  const { context, rest } = timed(
    operation,
    old,
    { ...operation.context(old, 'UPDATE', policies), stackTags: next.stackTags },
    act,
  );
  openBox(operation, old.properties, context);
  try {
    machine.dialect.checkProperties(next);
    const handler = handlerOf(operation, old.type);
    if (!handler.update && changed.length > 0) throw machine.dialect.refusal(old, changed);
    const before = old.attempted ?? old.properties;
    const made = await asked(operation, old, 'update', () =>
      handler.update?.(context, old.physicalId, next.properties, before, changed),
    );
    const left = takeChange(operation, old, made);
    if (left) leftovers.push(left);
    if (changed.length > 0 && (await rest()) === 'cut') throw cancelled(old.logicalId, 'update');
    Object.assign(old, besides(next), { properties: next.properties, stackTags: next.stackTags, attempted: undefined });
    operation.mark(old, 'UPDATE_COMPLETE');
    end({ after: old.physicalId });
  } catch (e) {
    end({ after: old.physicalId, failed: why(operation, e, old.type) });
    old.attempted = next.properties;
    throw fail(operation, old, 'UPDATE_FAILED', e);
  } finally {
    machine.signals.close(stack.id, old.logicalId);
  }
}

/** Takes what an update said. What it left behind is given back: its maker may have made something new. */
function takeChange(operation: Operation, resource: StackResource, made: Changed): Leftover | undefined {
  if (!made) return undefined;
  const before = { ...resource };
  take(resource, { physicalId: resource.physicalId, ...made });
  if (resource.physicalId === before.physicalId) return undefined;
  operation.mark(
    resource,
    'UPDATE_IN_PROGRESS',
    'Requested update required the provisioning of a new physical resource; hence creating one.',
  );
  return before;
}

/**
 * Puts a resource back to what it was: the in-place half of a rollback.
 *
 * @returns what the way back left behind
 */
export async function restore(operation: Operation, current: StackResource, old: StackResource): Promise<Leftover | undefined> {
  const before = current.attempted ?? current.properties;
  const changed = changesOf(operation, { ...current, properties: before }, old);
  if (changed.length === 0 && current.status !== 'UPDATE_FAILED') return undefined;
  operation.mark(current, 'UPDATE_IN_PROGRESS');
  const act = actOf(operation, current.type, changed, before, old.properties);
  const end = changed.length === 0 ? () => undefined : operation.begin(current, act, { properties: changed });
  const own = { ...operation.context(current, 'UPDATE', { updatePolicy: old.updatePolicy }), stackTags: old.stackTags };
  const { context, rest } = timed(operation, current, own, act);
  openBox(operation, current.properties, context);
  try {
    const handler = handlerOf(operation, current.type);
    const made = await asked(operation, current, 'update', () =>
      changed.length > 0 ? handler.update?.(context, current.physicalId, old.properties, before, changed) : undefined,
    );
    const left = takeChange(operation, current, made);
    if (changed.length > 0) await rest();
    current.attempted = undefined;
    operation.mark(current, 'UPDATE_COMPLETE');
    end({ after: current.physicalId });
    return left;
  } catch (e) {
    end({ after: current.physicalId, failed: why(operation, e, current.type) });
    throw fail(operation, current, 'UPDATE_FAILED', e);
  } finally {
    operation.machine.signals.close(operation.stack.id, current.logicalId);
  }
}

/** What of an update in place stops the thing. */
const actOf = (
  { machine }: Operation,
  type: string,
  changed: string[],
  before: JsonObject,
  after: JsonObject,
): 'update' | 'interrupt' =>
  changed.some((p) => machine.dialect.effect(type, p, before[p], after[p]) === 'interrupt') ? 'interrupt' : 'update';

/** A context whose handler may take the time of the act itself, and what takes it where the handler did not. */
function timed(operation: Operation, { type }: StackResource, context: Context, act: 'update' | 'interrupt') {
  let taken = false;
  const takes: Context['takes'] = (of) => {
    taken = true;
    return context.takes(of);
  };
  const rest = async () => (taken ? 'over' : operation.spend(type, act));
  return { context: { ...context, takes }, rest };
}
