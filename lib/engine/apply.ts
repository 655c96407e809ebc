import { activeResources } from './conditions';
import type { Scope } from './evaluate';
import { dependencies, inOrder } from './graph';
import { type Operation, ResourceFailure } from './machine';
import { policyFault } from './policy';
import { provision } from './provision';
import type { Target } from './scope';
import type { Stack } from './stack';
import type { Leftover } from './working';

/** Provisions every resource of the target as soon as what it depends on stands. */
export async function applyResources(
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
  const slots = new Slots(stack.parallelism ?? Number.POSITIVE_INFINITY);
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
    await operation.machine.clock.breathe();
    await slots.take();
    try {
      if (operation.cancelled.aborted) return false;
      const declared = target.template.Resources[id];
      if (!declared) return false;
      await provision(operation, id, declared, after, scope, target.tags, leftovers);
      return true;
    } catch (e) {
      failures.push(e instanceof ResourceFailure ? e : new ResourceFailure(id, String(e)));
      // With rollback off, what doesn't depend on the failed one goes on ("Choose how to handle failures").
      if (!stack.disableRollback) operation.cancel();
      return false;
    } finally {
      slots.give();
    }
  }
}

/** So many resources at once. */
class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  give(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
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
