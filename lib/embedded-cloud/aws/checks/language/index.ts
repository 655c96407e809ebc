import type { Json } from '../../../../engine/json';
import type { Template } from '../../../../engine/template';
import { conditionFaults } from './conditions';
import { nullFaults } from './forms';
import { mappingFaults } from './mappings';
import { importFaults, outputsFaults } from './outputs';
import { parameterFaults } from './parameters';
import { resourceFaults } from './resources';
import { ruleFaults } from './rules';

const checks = [
  parameterFaults,
  mappingFaults,
  conditionFaults,
  ruleFaults,
  resourceFaults,
  importFaults,
  outputsFaults,
] as const;

/** What is wrong with a template by its language alone, all at once. */
export function languageFaults(template: Template): string[] {
  const nulls = nullFaults(template as unknown as Json, '');
  return nulls.length > 0 ? nulls : checks.flatMap((check) => check(template));
}
