import type { Engine } from './engine';
import { stackStatus } from './events';
import { uuid } from './ids';
import type { ChangeSet, Place, Stack, StackRequest } from './stack';

/** Keeps a change set with its stack; a stack that wasn't there before is under review from now on. */
export function keepChangeSet(engine: Engine, place: Place, stack: Stack, set: ChangeSet, review: string, token?: string): void {
  if (!place.stacks[stack.id]) {
    place.stacks[stack.id] = stack;
    stackStatus(engine.machine.clock, stack, 'REVIEW_IN_PROGRESS', uuid(), token, review);
  }
  stack.changeSets[set.name] = set;
  engine.machine.changed();
}

/** Brings a stack to what a change set was made for. */
export function executeChangeSet(engine: Engine, stack: Stack, set: ChangeSet, token?: string): void {
  const creating = stack.status === 'REVIEW_IN_PROGRESS';
  if (!creating) engine.mayUpdate(stack, set);
  const request: StackRequest = {
    ...set,
    name: stack.name,
    body: set.template,
    parameters: Object.entries(set.parameters).map(([key, value]) => ({ key, value })),
    token,
  };
  const target = engine.target(stack, request);
  set.execution = 'EXECUTE_IN_PROGRESS';
  engine.begin(stack, target, request, creating);
}
