/** What making and changing a resource have in common. */
import { EngineError, refused } from './engine-error';
import { type Context, type Made, MadeButFailed } from './handler';
import { changedKeys, type JsonObject, sameJson } from './json';
import { type Operation, ResourceFailure } from './machine';
import type { StackResource } from './stack';
import type { Work } from './work';

/** A physical resource that a replacement left behind. */
export type Leftover = StackResource;

export type Policies = Pick<Context, 'creationPolicy' | 'updatePolicy'>;
export type Told = Partial<Pick<Work, 'properties' | 'through'>>;

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

export function take(resource: StackResource, made: Made): void {
  resource.physicalId = made.physicalId;
  resource.ref = made.ref ?? made.physicalId;
  if (made.attributes) resource.attributes = made.attributes;
}

export function handlerOf(operation: Operation, type: string) {
  const handler = operation.machine.handler(type);
  if (!handler) throw refused(`${type} is not in the embedded cloud`);
  return handler;
}

/** What can be signaled can be from the moment it is in progress. */
export function openBox({ machine, stack }: Operation, properties: JsonObject, context: Context): void {
  if (machine.dialect.signaled?.(properties, context))
    context.signals = machine.signals.open(stack.id, context.logicalId, context.note);
}

/** In the engine's own words where it is a failure of its own. */
export const why = ({ machine }: Operation, error: unknown, type: string): string =>
  error instanceof ResourceFailure ? error.message : machine.dialect.words.reason(error, type);

export function fail(operation: Operation, resource: StackResource, status: string, error: unknown): ResourceFailure {
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
