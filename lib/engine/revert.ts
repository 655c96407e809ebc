import { applyResources } from './apply';
import { activeResources } from './conditions';
import { deleteResources } from './deletion';
import { type Operation, ResourceFailure } from './machine';
import { stackNames, type Target } from './scope';

/**
 * Takes an update back where replacements delete first: what was replaced is gone, so the way back is an update to the template and
 * parameters of before, with new physical resources for what was deleted.
 */
export async function revertUpdate(operation: Operation, reason: string): Promise<void> {
  const { stack, machine } = operation;
  const { dialect } = machine;
  const { before } = stack;
  if (!before) {
    // Nothing was ever whole: there is no state to go back to.
    operation.status('UPDATE_FAILED', reason);
    return;
  }
  operation.renew();
  operation.replacements = true;
  operation.reverting = true;
  operation.status(`${dialect.rollback.update}_IN_PROGRESS`, reason);
  const target: Target = { ...before, template: dialect.parse(before.template), body: before.template };
  const scope = dialect.scope(stack, target, stackNames(stack, dialect), new Set());
  const failures = await applyResources(operation, target, scope, [], true);
  if (machine.halted) return;
  if (failures.length === 0) {
    const active = activeResources(target.template, scope);
    const fresh = Object.values(stack.resources).filter((r) => !active.has(r.logicalId));
    const stuck = await deleteResources(
      operation,
      fresh,
      (r) => r.deletionPolicy.startsWith('Retain'),
      (r) => delete stack.resources[r.logicalId],
    );
    failures.push(...stuck.map((r) => new ResourceFailure(r.logicalId, r.reason ?? '')));
  }
  if (failures.length > 0) {
    const why = dialect.words.failed(failures, stack);
    operation.status(`${dialect.rollback.update}_FAILED`, why);
    return;
  }
  const { template, parameters, resolved, tags, description, imports } = before;
  const outputs = dialect.outputs(target.template, scope);
  Object.assign(stack, { template, parameters, resolved, tags, description, imports, outputs, before: undefined });
  operation.status(`${dialect.rollback.update}_COMPLETE`, dialect.words.done('ROLLBACK'));
}
