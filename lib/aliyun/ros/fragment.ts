/** Blocks of plain data in a stack. */
import type { Construct } from 'constructs';
import { SECTIONS, Stack } from './stack';
import type { RosFragment } from './template';

/**
 * Adds a block of plain data to the stack that `scope` is or stands in: thousands of resources without a construct each.
 *
 * @throws when a logical id is taken
 */
export function addFragment(scope: Construct, fragment: RosFragment): void {
  const stack = Stack.of(scope);
  const from = `a block of ${scope.node.path || stack.stackName}`;
  for (const section of SECTIONS) {
    const entries: Readonly<Record<string, unknown>> | undefined = fragment[section];
    if (entries === undefined) continue;
    for (const id of Object.keys(entries)) stack.put(section, id, from, () => entries[id]);
  }
}
