/** Which stack waits for which, over all providers. Pure. */

export interface Ordered {
  /** Construct path. */
  readonly path: string;
  /** What it needs: construct paths that deploy before. */
  readonly dependsOn: readonly string[];
  /**
   * Construct paths that are changed before it is, where one of the two stands; where neither does, they are made side by side.
   *
   * @default - none
   */
  readonly changesAfter?: readonly string[];
}

/** All that a stack comes after when it is changed. */
export function changedBefore({ dependsOn, changesAfter = [] }: Omit<Ordered, 'path'>): string[] {
  return [...dependsOn, ...changesAfter];
}

/** The same stacks, each depending on what it waits for while these stand. */
export function inForce<T extends Ordered>(stacks: readonly T[], standing: ReadonlySet<string>): T[] {
  const holds = (path: string, before: string) => standing.has(path) || standing.has(before);
  return stacks.map((stack) => {
    const { path, dependsOn, changesAfter = [] } = stack;
    return { ...stack, dependsOn: [...dependsOn, ...changesAfter.filter((before) => holds(path, before))], changesAfter: [] };
  });
}

/** What a stack belongs to: `us-east-1/network` -> `us-east-1`; `links/a--b/request` -> `links/a--b`. */
export function unitOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Links are no regions: they begin as soon as what they join stands. */
export function isLink(unit: string): boolean {
  return unit.startsWith('links/');
}

/**
 * The same stacks, each after all that it depends on, otherwise in the order given. What is not among them counts as standing.
 *
 * @throws Error when they wait for each other in a circle
 */
export function inOrder<T extends Ordered>(stacks: readonly T[]): T[] {
  const open = new Map(stacks.map((stack) => [stack.path, stack]));
  const sorted: T[] = [];
  const waiting = new Set<string>();
  const visit = (stack: T): void => {
    if (!open.has(stack.path)) return;
    if (waiting.has(stack.path)) throw new Error(`stacks wait for each other: ${[...waiting].join(' -> ')} -> ${stack.path}`);
    waiting.add(stack.path);
    for (const path of changedBefore(stack)) {
      const before = open.get(path);
      if (before !== undefined) visit(before);
    }
    waiting.delete(stack.path);
    open.delete(stack.path);
    sorted.push(stack);
  };
  for (const stack of stacks) visit(stack);
  return sorted;
}

/** For taking down: what depended is depended on. Dependencies outside are dropped. */
export function reversed<T extends Ordered>(stacks: readonly T[]): T[] {
  const dependents = new Map<string, string[]>();
  for (const stack of stacks)
    for (const before of changedBefore(stack)) dependents.set(before, [...(dependents.get(before) ?? []), stack.path]);
  return [...inOrder(stacks)]
    .reverse()
    .map((stack) => ({ ...stack, dependsOn: dependents.get(stack.path) ?? [], changesAfter: [] }));
}

/** Paths that must stand already, because they are needed and not among the stacks; each with who needs it. */
export function neededOutside(stacks: readonly Ordered[]): Map<string, string> {
  const own = new Set(stacks.map((stack) => stack.path));
  const needed = new Map<string, string>();
  for (const stack of stacks)
    for (const path of stack.dependsOn) if (!own.has(path) && !needed.has(path)) needed.set(path, stack.path);
  return needed;
}
