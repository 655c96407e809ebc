/** What stands decides what waits for what: the order of changes is for stacks that there are, a first deploy makes them side by side. */
import { askEach } from './ask';
import type { DeployingEngines, StackPlace } from './engine';
import { inForce, type Ordered } from './order';

/**
 * The same stacks, each depending on what it waits for in this deploy. A stack that an earlier deploy left half-made stands.
 *
 * @throws DeployError where an engine can't be asked
 */
export async function orderInForce<S extends StackPlace & Ordered>(
  stacks: readonly S[],
  engines: DeployingEngines,
): Promise<S[]> {
  const named = new Set(
    stacks.flatMap(({ path, changesAfter = [] }) => (changesAfter.length === 0 ? [] : [path, ...changesAfter])),
  );
  const asked = stacks.filter(({ path }) => named.has(path));
  const standing = await askEach(asked, engines, (engine, stack) => engine.read(stack));
  return inForce(stacks, new Set(asked.flatMap(({ path }, at) => (standing[at] === undefined ? [] : [path]))));
}
