import type { Dialect } from '../../../engine/dialect';
import type { Target } from '../../../engine/scope';
import type { Stack } from '../../../engine/stack';
import { hasUnknown } from '../../../engine/unknown';
import { EXPORT_NAME } from '../../../facts/aws/template-language';
import { twice } from './given';
import { prunedBody } from './pruned';
import { refuse } from './refuse';
import { registryFaults } from './registry';
import { UNMADE, unevaluated, withoutOutside } from './unevaluated';

/** The names of exports, and what outputs are worth, as far as the template says. */
function outputFaults(dialect: Dialect, target: Target, scope: ReturnType<Dialect['scope']>): string[] {
  try {
    const names = dialect.outputs(target.template, scope).flatMap(({ exportName }) => exportName ?? []);
    const again = twice(names);
    return [
      ...names
        .filter((name) => !hasUnknown(name) && !EXPORT_NAME.test(name))
        .map(
          (name) =>
            `Template format error: Output is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens. (${name})`,
        ),
      ...(again.length === 0
        ? []
        : [
            `Template format error: The Outputs section contains duplicate Export names: [${again.join(', ')}]. Specify a unique name for each export.`,
          ]),
    ];
  } catch (e) {
    return [e instanceof Error ? e.message : String(e)];
  }
}

/**
 * Refuses what CloudFormation itself knows of a stack that is asked for, before anything is made: what its language can't evaluate, and
 * what the registry's schemas refuse. What only a service knows it says when the resource is made (checks/requests).
 */
export function checkCall(dialect: Dialect, partition: string, stack: Stack, target: Target): void {
  const scope = withoutOutside(dialect.scope(stack, target, UNMADE, new Set()));
  const values = Object.entries({ ...target.parameters, ...target.resolved });
  const parameters = Object.fromEntries(values.filter(([, value]) => !hasUnknown(value)));
  const place = { account: stack.account, region: stack.region, partition, parameters };
  refuse([
    ...unevaluated(target.template, scope),
    ...outputFaults(dialect, target, scope),
    ...registryFaults(prunedBody(target.body, target.template, scope), place),
  ]);
}
