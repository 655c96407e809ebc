import type { Dialect } from '../../../engine/dialect';
import type { Target } from '../../../engine/scope';
import type { Stack } from '../../../engine/stack';
import { hasUnknown } from '../../../engine/unknown';
import { EXPORT_NAME } from '../../../facts/aws/template-language';
import type { SpecExtract } from '../dialect/schema';
import { propertyFaults } from '../dialect/schema-check';
import { isCustom } from '../resources/custom';
import { evaluated, UNMADE, withoutOutside } from './evaluated';
import { twice } from './known';
import { serviceFaults } from './properties';
import { prunedBody } from './pruned';
import { refuse } from './refuse';
import { registryFaults } from './registry';
import { togetherFaults } from './together';

/** The names of exports, and what outputs are worth, as far as the template says. */
function outputFaults(dialect: Dialect, target: Target, scope: ReturnType<Dialect['scope']>): string[] {
  try {
    const names = dialect.outputs(target.template, scope).flatMap(({ exportName }) => exportName ?? []);
    return [
      ...names
        .filter((name) => !hasUnknown(name) && !EXPORT_NAME.test(name))
        .map((name) => `Output export name '${name}' is invalid: letters, digits, colons and hyphens`),
      ...twice(names).map((name) => `Duplicate Export names: [${name}]`),
    ];
  } catch (e) {
    return [e instanceof Error ? e.message : String(e)];
  }
}

/**
 * Refuses what a service or the registry would refuse of a stack that is asked for, before anything is made: everything at once. It is
 * asked for what comes over HTTP; in virtual time, where nobody writes templates by hand, each resource is only asked as it is made.
 */
export function checkCall(dialect: Dialect, spec: SpecExtract, partition: string, stack: Stack, target: Target): void {
  const faults: string[] = [];
  const scope = withoutOutside(dialect.scope(stack, target, UNMADE, new Set()));
  const resources = evaluated(target.template, scope, faults);
  for (const { id, type, properties } of resources) {
    const own = isCustom(type) ? undefined : spec.resources[type];
    if (!own) continue;
    faults.push(
      ...[...propertyFaults(properties, own).map((f) => f.replace(/^#/, '')), ...serviceFaults(type, properties, own.tags)].map(
        (f) => `${id}: ${f}`,
      ),
    );
  }
  const values = Object.entries({ ...target.parameters, ...target.resolved });
  const parameters = Object.fromEntries(values.filter(([, value]) => !hasUnknown(value)));
  const place = { account: stack.account, region: stack.region, partition, parameters };
  refuse([
    ...faults,
    ...togetherFaults(resources),
    ...outputFaults(dialect, target, scope),
    ...registryFaults(prunedBody(target.body, target.template, scope), place),
  ]);
}
