/** Which stack a reference belongs to: a `{ Ref }` made in one stack names nothing in another, and ROS would say so only at deploy. */
import type { Stack } from './stack';

const owners = new WeakMap<object, Stack>();

/** Remembers that an intrinsic names a thing of this stack. */
export function own<T extends object>(intrinsic: T, stack: Stack): T {
  owners.set(intrinsic, stack);
  return intrinsic;
}

/**
 * A copy of a value as it is written: without what is undefined, in lists too.
 *
 * @param where the thing that is written, for the message
 * @throws when a reference inside was made by a construct of another stack
 */
export function written(value: unknown, stack: Stack, where: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const item of value) if (item !== undefined) list.push(written(item, stack, where));
    return list;
  }
  const owner = owners.get(value);
  if (owner !== undefined && owner !== stack) {
    throw new Error(
      `${where} of stack ${stack.stackName} refers to ${JSON.stringify(value)} of stack ${owner.stackName}: a ROS template reads only its own stack. ` +
        `Give ${owner.stackName} an output and ${stack.stackName} a parameter, and name both in the manifest.`,
    );
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner !== undefined) copy[key] = written(inner, stack, where);
  }
  return copy;
}
