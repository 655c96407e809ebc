import { asked, cancelled } from './asked';
import { refused } from './engine-error';
import { evaluateProperties, type Scope } from './evaluate';
import { MadeButFailed } from './handler';
import { besides, updateInPlace } from './in-place';
import type { JsonObject } from './json';
import type { Operation, ResourceFailure } from './machine';
import { policyFault } from './policy';
import type { StackResource } from './stack';
import type { TemplateResource } from './template';
import { changesOf, fail, handlerOf, type Leftover, openBox, type Policies, type Told, take, why } from './working';

/** Brings one resource to what the template says; what must be deleted later goes into `leftovers`. */
export async function provision(
  operation: Operation,
  logicalId: string,
  declared: TemplateResource,
  after: string[],
  scope: Scope,
  tags: Record<string, string>,
  leftovers: Leftover[],
): Promise<void> {
  const { stack } = operation;
  const old = stack.resources[logicalId];
  let properties: JsonObject;
  try {
    properties = evaluateProperties(declared.Properties, scope);
  } catch (e) {
    throw fail(operation, old ?? blank(logicalId, declared, {}, after, tags), old ? 'UPDATE_FAILED' : 'CREATE_FAILED', e);
  }
  const next = blank(logicalId, declared, properties, after, tags);
  const policies = {
    creationPolicy: declared.CreationPolicy && evaluateProperties(declared.CreationPolicy, scope),
    updatePolicy: declared.UpdatePolicy && evaluateProperties(declared.UpdatePolicy, scope),
  };
  next.updatePolicy = policies.updatePolicy;
  const { dialect } = operation.machine;
  if (!old || old.status === 'CREATE_FAILED' || !stands(operation, old)) {
    if (old?.physicalId) {
      if (dialect.replacement === 'delete-first') await deleteFirst(operation, old);
      else leftovers.push(old);
    }
    await create(operation, next, policies, 'CREATE');
    return;
  }
  const changed = [...new Set([...changesOf(operation, old, next), ...triedBefore(operation, old, next)])];
  if (changed.length === 0 && !/^(UPDATE|DELETE)_FAILED$/.test(old.status)) {
    Object.assign(old, besides(next));
    return;
  }
  const effects = changed.map((p) => dialect.effect(old.type, p, old.properties[p], properties[p]));
  const replaces = effects.includes('replace');
  const refusal = policyFault(
    operation.reverting ? undefined : stack.policy,
    replaces ? 'Update:Replace' : 'Update:Modify',
    logicalId,
    old.type,
  );
  const told: Told = { properties: changed, through: operation.through(logicalId, declared, changed) };
  const refuse = (error: Error): ResourceFailure => {
    const failure = fail(operation, old, 'UPDATE_FAILED', error);
    operation.begin(old, replaces ? 'replace' : 'update', told)({ after: old.physicalId, failed: failure.message });
    return failure;
  };
  if (refusal) throw refuse(refused(refusal));
  const kept = changed.filter((_p, i) => effects[i] === 'refused' || (effects[i] === 'replace' && !operation.replacements));
  if (kept.length > 0 && !(replaces && operation.replacements)) throw refuse(dialect.refusal(old, kept));
  if (!replaces) {
    const act = effects.includes('interrupt') ? 'interrupt' : 'update';
    await updateInPlace(operation, old, next, changed, policies, leftovers, told, act);
    return;
  }
  if (dialect.replacement === 'delete-first') {
    operation.mark(old, 'UPDATE_IN_PROGRESS');
    await deleteFirst(operation, old);
    await create(operation, next, policies, 'UPDATE', told);
    return;
  }
  if (stack.disableRollback) {
    throw refuse(refused('Replacement type updates not supported on stack with disable-rollback.'));
  }
  operation.mark(
    old,
    'UPDATE_IN_PROGRESS',
    'Requested update requires the creation of a new physical resource; hence creating one.',
  );
  leftovers.push({ ...old });
  await create(operation, { ...next, physicalId: old.physicalId }, policies, 'UPDATE', told);
}

/** Whether something stands: a replacement may have deleted it and never made it again, or a deletion have got it half-way. */
function stands(operation: Operation, old: StackResource): boolean {
  if (old.physicalId === '') return false;
  if (!old.status.startsWith('DELETE_')) return true;
  const read = operation.machine.handler(old.type)?.read;
  return !read || read(operation.context(old, 'UPDATE'), old.physicalId, old.properties) !== undefined;
}

/** Deletes what is replaced before its successor is made; what its policy retains is only forgotten. */
async function deleteFirst(operation: Operation, old: StackResource): Promise<void> {
  const { machine, stack } = operation;
  try {
    // What was never complete holds nothing to retain, and its name stands in the way.
    if (old.status === 'CREATE_FAILED' || !old.deletionPolicy.startsWith('Retain')) {
      const properties = old.attempted ?? old.properties;
      await asked(operation, old, 'delete', async () => {
        await operation.spend(old.type, 'delete');
        await handlerOf(operation, old.type).delete(operation.context(old, 'DELETE'), old.physicalId, properties);
      });
    }
    // Remembered at once: a process that ends here must know that nothing stands any more.
    const gone = { ...old, physicalId: '', ref: '', attributes: {}, attempted: undefined };
    stack.resources[old.logicalId] = gone;
    machine.changed();
  } catch (e) {
    throw fail(operation, old, 'UPDATE_FAILED', e);
  }
}

/** What an update that failed may have changed already. */
const triedBefore = (operation: Operation, old: StackResource, next: StackResource): string[] =>
  old.attempted ? changesOf(operation, { ...old, properties: old.attempted }, next) : [];

const blank = (
  logicalId: string,
  declared: TemplateResource,
  properties: JsonObject,
  after: string[],
  tags: Record<string, string>,
): StackResource => ({
  logicalId,
  type: declared.Type,
  physicalId: '',
  ref: '',
  attributes: {},
  properties,
  stackTags: tags,
  metadata: declared.Metadata,
  deletionPolicy: declared.DeletionPolicy ?? 'Delete',
  updateReplacePolicy: declared.UpdateReplacePolicy ?? 'Delete',
  after,
  status: '',
  changed: '',
});

async function create(
  operation: Operation,
  resource: StackResource,
  policies: Policies,
  verb: 'CREATE' | 'UPDATE',
  told: Told = {},
): Promise<void> {
  const { stack, machine } = operation;
  const previous = stack.resources[resource.logicalId];
  stack.resources[resource.logicalId] = resource;
  if (verb === 'CREATE') operation.mark(resource, 'CREATE_IN_PROGRESS');
  const context = operation.context(resource, verb, policies);
  const end = operation.begin(
    { ...resource, physicalId: previous?.physicalId ?? '' },
    verb === 'CREATE' ? 'create' : 'replace',
    told,
  );
  openBox(operation, resource.properties, context);
  try {
    machine.dialect.checkProperties(resource);
    const handler = handlerOf(operation, resource.type);
    const made = await asked(operation, resource, 'create', () => handler.create(context, resource.properties));
    take(resource, made);
    if (verb === 'UPDATE' || machine.dialect.words.initiated)
      operation.mark(resource, `${verb}_IN_PROGRESS`, verb === 'CREATE' ? machine.dialect.words.initiated : undefined);
    if ((await operation.spend(resource.type, 'create')) === 'cut') throw cancelled(resource.logicalId, 'create');
    await machine.dialect.completes?.(context, machine.handler(resource.type)?.signalsFrom?.(context, resource.physicalId));
    operation.mark(resource, `${verb}_COMPLETE`);
    end({ after: resource.physicalId });
  } catch (e) {
    end({ after: resource.physicalId, failed: why(operation, e, resource.type) });
    if (e instanceof MadeButFailed) Object.assign(resource, { physicalId: e.physicalId, ref: e.physicalId });
    // A replacement that failed before it made anything leaves the old one standing.
    if (verb === 'UPDATE' && previous?.physicalId && resource.physicalId === previous.physicalId)
      stack.resources[resource.logicalId] = previous;
    throw fail(operation, stack.resources[resource.logicalId] as StackResource, `${verb}_FAILED`, e);
  } finally {
    machine.signals.close(stack.id, resource.logicalId);
  }
}
