import { validationError } from '../aws-error';
import { regionOf } from '../world/world';
import { breathe, deleteResources } from './deletion';
import type { Scope } from './evaluate';
import { stackStatus } from './events';
import { exportFault } from './exports';
import { dependencies, inOrder } from './graph';
import { type Operation, ResourceFailure } from './machine';
import { outputsOf } from './outputs';
import { policyFault } from './policy';
import { type Leftover, provision } from './provision';
import { rollbackCreate, rollbackUpdate } from './rollback';
import { scopeOf, type Target } from './scope';
import type { Output, Stack } from './stack';
import { stackNames } from './stack-names';
import { activeResources } from './validate';

/** Brings a stack to a target: the whole of a create or an update, with its rollback. */
export async function deploy(operation: Operation, target: Target, creating: boolean): Promise<void> {
  const { stack, machine } = operation;
  const verb = creating ? 'CREATE' : 'UPDATE';
  const imports = new Set<string>();
  const scope = scopeOf(
    machine.world,
    regionOf(machine.world, stack.account, stack.region),
    stack,
    target,
    stackNames(stack),
    imports,
  );
  const leftovers: Leftover[] = [];
  const failures = await applyResources(operation, target, scope, leftovers, creating);
  let outputs: Output[] = [];
  if (failures.length === 0) {
    try {
      outputs = outputsOf(target.template, scope);
      const fault = exportFault(regionOf(machine.world, stack.account, stack.region), stack, outputs);
      if (fault) throw validationError(fault);
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
  stack.before = undefined;
  if (creating) {
    stackStatus(stack, 'CREATE_COMPLETE', operation.id, operation.token);
    return;
  }
  stackStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', operation.id, operation.token);
  const active = activeResources(target.template, scope);
  const removed = Object.values(stack.resources).filter((r) => !active.has(r.logicalId));
  const old = [...(stack.leftovers ?? []), ...leftovers];
  stack.leftovers = undefined;
  await deleteResources(
    operation,
    [...old, ...removed],
    { retain: (r) => (old.includes(r) ? r.updateReplacePolicy : r.deletionPolicy).startsWith('Retain') },
    () => undefined,
  );
  for (const r of removed) delete stack.resources[r.logicalId];
  stackStatus(stack, `${verb}_COMPLETE`, operation.id, operation.token);
}

/** Provisions every resource of the target as soon as what it depends on stands. */
async function applyResources(
  operation: Operation,
  target: Target,
  scope: Scope,
  leftovers: Leftover[],
  creating: boolean,
): Promise<ResourceFailure[]> {
  const { stack } = operation;
  const active = activeResources(target.template, scope);
  const failures: ResourceFailure[] = creating ? [] : forbiddenRemovals(operation, stack, active);
  if (failures.length > 0) return failures;
  const graph = new Map(
    [...dependencies(target.template)]
      .filter(([id]) => active.has(id))
      .map(([id, after]) => [id, after.filter((a) => active.has(a))]),
  );
  const steps = new Map<string, Promise<boolean>>();
  for (const id of inOrder(graph)) {
    const after = graph.get(id) ?? [];
    steps.set(id, step(id, after));
  }
  await Promise.all(steps.values());
  if (failures.length === 0 && operation.cancelled.aborted) failures.push(new ResourceFailure('', 'User Initiated'));
  return failures;

  async function step(id: string, after: string[]): Promise<boolean> {
    const ready = await Promise.all(after.map((a) => steps.get(a)));
    if (operation.cancelled.aborted || ready.includes(false)) return false;
    await breathe();
    if (operation.cancelled.aborted) return false;
    const declared = target.template.Resources[id];
    if (!declared) return false;
    try {
      await provision(operation, id, declared, after, scope, target.tags, leftovers);
      return true;
    } catch (e) {
      failures.push(e instanceof ResourceFailure ? e : new ResourceFailure(id, String(e)));
      // With rollback off, what doesn't depend on the failed one goes on ("Choose how to handle failures").
      if (!stack.disableRollback) operation.cancel();
      return false;
    }
  }
}

/** Removals that the stack's policy denies fail the update before anything is touched. */
function forbiddenRemovals(operation: Operation, stack: Stack, active: Set<string>): ResourceFailure[] {
  return Object.values(stack.resources)
    .filter((r) => !active.has(r.logicalId))
    .flatMap((r) => {
      const fault = policyFault(stack.policy, 'Update:Delete', r.logicalId, r.type);
      if (!fault) return [];
      operation.mark(r, 'UPDATE_FAILED', fault);
      return [new ResourceFailure(r.logicalId, fault)];
    });
}

async function failed(
  operation: Operation,
  failures: ResourceFailure[],
  leftovers: Leftover[],
  creating: boolean,
): Promise<void> {
  const { stack } = operation;
  const reason = failureReason(failures, stack);
  if (stack.disableRollback) {
    // What a replacement or a second try left behind goes with the next update.
    stack.leftovers = [...(stack.leftovers ?? []), ...leftovers];
    stackStatus(stack, creating ? 'CREATE_FAILED' : 'UPDATE_FAILED', operation.id, operation.token, reason);
    return;
  }
  if (creating) await rollbackCreate(operation, `${reason} Rollback requested by user.`, false);
  else await rollbackUpdate(operation, reason, leftovers, []);
}

function failureReason(failures: ResourceFailure[], stack: Stack): string {
  const named = failures.filter((f) => f.logicalId !== '' && !f.cancelled);
  const without = failures.find((f) => f.logicalId === '');
  if (without) return without.message;
  const created = named.filter((f) => stack.resources[f.logicalId]?.status.startsWith('CREATE'));
  const updated = named.filter((f) => !created.includes(f));
  const list = (fs: ResourceFailure[]) => fs.map((f) => f.logicalId).join(', ');
  return [
    created.length > 0 ? `The following resource(s) failed to create: [${list(created)}].` : '',
    updated.length > 0 ? `The following resource(s) failed to update: [${list(updated)}].` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
