import { applyResources } from './apply';
import { activeResources } from './conditions';
import { deleteResources } from './deletion';
import type { Scope } from './evaluate';
import { type Operation, ResourceFailure } from './machine';
import { revertUpdate } from './revert';
import { rollbackCreate, rollbackUpdate } from './rollback';
import { stackNames, type Target } from './scope';
import type { Output } from './stack';
import type { Leftover } from './working';

/** Brings a stack to a target: the whole of a create or an update, with its rollback. */
export async function deploy(operation: Operation, target: Target, creating: boolean): Promise<void> {
  const { stack, machine } = operation;
  const { dialect } = machine;
  const imports = new Set<string>();
  operation.replacements = target.replacements ?? true;
  const scope = dialect.scope(stack, target, stackNames(stack, dialect), imports);
  const leftovers: Leftover[] = [];
  const failures = await applyResources(operation, target, scope, leftovers, creating);
  let outputs: Output[] = [];
  if (failures.length === 0) {
    try {
      outputs = dialect.outputs(target.template, scope);
      dialect.checkOutputs?.(stack, outputs);
    } catch (e) {
      failures.push(new ResourceFailure('', e instanceof Error ? e.message : String(e)));
    }
  }
  if (machine.halted) return;
  if (failures.length > 0) {
    await failed(operation, failures, leftovers, creating);
    return;
  }
  stack.outputs = outputs;
  stack.imports = [...imports];
  if (creating) {
    stack.before = undefined;
    operation.status('CREATE_COMPLETE', dialect.words.done('CREATE'));
    return;
  }
  if (dialect.cleanup) {
    stack.before = undefined;
    operation.status('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  }
  const left = await cleanUp(operation, target, scope, leftovers);
  if (machine.halted) return;
  if (left !== undefined) {
    await failed(operation, left, [], false);
    return;
  }
  stack.before = undefined;
  operation.status('UPDATE_COMPLETE', dialect.words.done('UPDATE'));
}

/**
 * Deletes what replacements left behind and what the target hasn't any more.
 *
 * @returns the failures, where one that can't be deleted fails the update; elsewhere it is left behind
 */
async function cleanUp(
  operation: Operation,
  target: Target,
  scope: Scope,
  leftovers: Leftover[],
): Promise<ResourceFailure[] | undefined> {
  const { stack, machine } = operation;
  const active = activeResources(target.template, scope);
  const removed = Object.values(stack.resources).filter((r) => !active.has(r.logicalId));
  const old = [...(stack.leftovers ?? []), ...leftovers];
  stack.leftovers = undefined;
  const stuck = await deleteResources(
    operation,
    [...old, ...removed],
    (r) => (old.includes(r) ? r.updateReplacePolicy : r.deletionPolicy).startsWith('Retain'),
    () => undefined,
  );
  const kept = machine.dialect.cleanup ? [] : stuck;
  for (const r of removed) if (!kept.includes(r)) delete stack.resources[r.logicalId];
  return kept.length === 0 ? undefined : kept.map((r) => new ResourceFailure(r.logicalId, r.reason ?? ''));
}

async function failed(
  operation: Operation,
  failures: ResourceFailure[],
  leftovers: Leftover[],
  creating: boolean,
): Promise<void> {
  const { stack } = operation;
  const { dialect } = operation.machine;
  const reason = dialect.words.failed(failures, stack);
  if (stack.disableRollback) {
    // What a replacement or a second try left behind goes with the next update.
    stack.leftovers = [...(stack.leftovers ?? []), ...leftovers];
    operation.status(creating ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
    return;
  }
  if (creating) await rollbackCreate(operation, dialect.words.createRollback(reason), false);
  else if (dialect.replacement === 'delete-first') await revertUpdate(operation, reason);
  else await rollbackUpdate(operation, reason, leftovers, []);
}
