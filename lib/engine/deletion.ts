import { asked } from './asked';
import { EngineError } from './engine-error';
import { inOrder } from './graph';
import type { Operation } from './machine';
import type { StackResource } from './stack';

/** Pause before what was still in use is asked to go again, simulated; and how often at most: ten minutes. */
const IN_USE_SECONDS = 5;
const IN_USE_ATTEMPTS = 120;

/**
 * Deletes resources, each after what was made after it. One that can't be deleted keeps what it needs.
 *
 * @param retain which of them are left alone; their records go
 * @returns the resources that failed
 */
export async function deleteResources(
  operation: Operation,
  resources: StackResource[],
  retain: (resource: StackResource) => boolean,
  forget: (resource: StackResource) => void,
): Promise<StackResource[]> {
  const failed: StackResource[] = [];
  const { dialect, clock } = operation.machine;
  const groups = byLogicalId(resources);
  let going = 0;
  const gone = new Map<string, Promise<boolean>>();
  for (const [id, { own, users }] of groups) gone.set(id, group(own, users));
  await Promise.all(gone.values());
  return failed;

  /** All records of one logical id, each after what was made after it; false: something of it is still needed or still there. */
  async function group(own: StackResource[], users: string[]): Promise<boolean> {
    const free = await Promise.all(users.map((user) => gone.get(user)));
    if (free.includes(false)) return false;
    let whole = true;
    for (const resource of own) {
      await clock.breathe();
      whole = (await remove(resource)) && whole;
    }
    return whole;
  }

  async function remove(resource: StackResource): Promise<boolean> {
    if (!resource.physicalId) {
      forget(resource);
      return true;
    }
    if (retain(resource)) {
      operation.mark(resource, 'DELETE_SKIPPED');
      operation.begin(resource, 'retain')({ after: resource.physicalId });
      forget(resource);
      return true;
    }
    operation.mark(resource, 'DELETE_IN_PROGRESS');
    going++;
    const end = operation.begin(resource, 'delete');
    try {
      await asked(operation, resource, 'delete', async () => {
        await operation.spend(resource.type, 'delete');
        await patiently(() =>
          operation.machine
            .handler(resource.type)
            ?.delete(operation.context(resource, 'DELETE'), resource.physicalId, resource.properties),
        );
      });
      operation.mark(resource, 'DELETE_COMPLETE');
      end();
      forget(resource);
      return true;
    } catch (e) {
      const reason = dialect.words.reason(e, resource.type);
      operation.mark(resource, 'DELETE_FAILED', reason);
      end({ after: resource.physicalId, failed: reason });
      failed.push(resource);
      return false;
    } finally {
      going--;
    }
  }

  /** What is still in use may be free when something else has gone. The clouds' own engines ask again without looking at what goes. */
  async function patiently(call: () => void | Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await call();
        return;
      } catch (e) {
        const mayGo = e instanceof EngineError && dialect.inUse(e.code) && going > 1 && attempt < IN_USE_ATTEMPTS;
        if (!mayGo) throw e;
        await operation.sleep(IN_USE_SECONDS);
      }
    }
  }
}

/**
 * Last made first, with who must go before. Two records of one logical id (a replacement and what it replaced) stand beside each other.
 */
function byLogicalId(resources: StackResource[]): Map<string, { own: StackResource[]; users: string[] }> {
  const groups = new Map<string, { own: StackResource[]; users: string[] }>();
  for (const r of resources) {
    const known = groups.get(r.logicalId);
    if (known) known.own.push(r);
    else groups.set(r.logicalId, { own: [r], users: [] });
  }
  const graph = new Map(
    [...groups].map(([id, { own }]) => [id, [...new Set(own.flatMap((r) => r.after))].filter((a) => groups.has(a) && a !== id)]),
  );
  for (const [id, after] of graph) for (const a of after) groups.get(a)?.users.push(id);
  return new Map(
    inOrder(graph)
      .reverse()
      .map((id) => [id, groups.get(id) as { own: StackResource[]; users: string[] }]),
  );
}
