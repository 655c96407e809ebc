import { asked, cancelled } from './asked';
import { EngineError, refused } from './engine-error';
import { evaluateProperties, type Scope } from './evaluate';
import { type Changed, type Context, type Made, MadeButFailed } from './handler';
import { changedKeys, type JsonObject, sameJson } from './json';
import { type Operation, ResourceFailure } from './machine';
import { policyFault } from './policy';
import type { StackResource } from './stack';
import type { TemplateResource } from './template';
import type { Work } from './work';

/** A physical resource that a replacement left behind. */
export type Leftover = StackResource;

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

/** Which properties differ; the stack's tags count where the type can be tagged. */
export function changesOf(
  operation: Operation,
  old: StackResource,
  next: Pick<StackResource, 'properties' | 'stackTags' | 'type'>,
): string[] {
  const changed = changedKeys(old.properties, next.properties);
  const tagProperty = operation.machine.dialect.tagProperty(old.type);
  if (tagProperty && !changed.includes(tagProperty) && !sameJson(old.stackTags, next.stackTags)) changed.push(tagProperty);
  return changed;
}

/** What an update that failed may have changed already. */
const triedBefore = (operation: Operation, old: StackResource, next: StackResource): string[] =>
  old.attempted ? changesOf(operation, { ...old, properties: old.attempted }, next) : [];

/** What is remembered of a resource beside its properties: changing it touches nothing. */
const besides = (next: StackResource): Partial<StackResource> => ({
  metadata: next.metadata,
  deletionPolicy: next.deletionPolicy,
  updateReplacePolicy: next.updateReplacePolicy,
  updatePolicy: next.updatePolicy,
  after: next.after,
});

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

type Policies = Pick<Context, 'creationPolicy' | 'updatePolicy'>;
type Told = Partial<Pick<Work, 'properties' | 'through'>>;

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

async function updateInPlace(
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
    if (changed.length > 0 && (await rest()) === 'cut') throw cancelled(old.logicalId, 'update');
    if (left) leftovers.push(left);
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

function take(resource: StackResource, made: Made): void {
  resource.physicalId = made.physicalId;
  resource.ref = made.ref ?? made.physicalId;
  if (made.attributes) resource.attributes = made.attributes;
}

function handlerOf(operation: Operation, type: string) {
  const handler = operation.machine.handler(type);
  if (!handler) throw refused(`${type} is not in the embedded cloud`);
  return handler;
}

/** What can be signaled can be from the moment it is in progress. */
function openBox({ machine, stack }: Operation, properties: JsonObject, context: Context): void {
  if (machine.dialect.signaled?.(properties, context))
    context.signals = machine.signals.open(stack.id, context.logicalId, context.note);
}

/** In the engine's own words where it is a failure of its own. */
const why = ({ machine }: Operation, error: unknown, type: string): string =>
  error instanceof ResourceFailure ? error.message : machine.dialect.words.reason(error, type);

function fail(operation: Operation, resource: StackResource, status: string, error: unknown): ResourceFailure {
  const cancelled = error instanceof MadeButFailed && error.cancelled;
  const own = cancelled
    ? new ResourceFailure(resource.logicalId, error.message, true)
    : error instanceof ResourceFailure
      ? error
      : undefined;
  const reason = own ? own.message : why(operation, error, resource.type);
  if (!own && !(error instanceof EngineError)) operation.machine.unexpected?.(error);
  operation.stack.resources[resource.logicalId] ??= resource;
  operation.mark(resource, status, reason);
  return own ?? new ResourceFailure(resource.logicalId, reason);
}
