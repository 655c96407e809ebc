import type { Check } from './check';

/** Every parameter is read: one that isn't makes the deployer ask another stack for nothing. */
export const parametersAreUsed: Check = ({ template, references }) => {
  const used = new Set(references.filter(({ kind }) => kind === 'ref').map(({ name }) => name));
  return Object.keys(template.Parameters ?? {})
    .filter((name) => !used.has(name))
    .map((name) => ({
      code: 'ROS_UNUSED_PARAMETER',
      severity: 'warning',
      path: `Parameters.${name}`,
      message: `nothing reads the parameter ${name}`,
      why: 'a value must be found for it at every deploy',
      fix: 'remove the parameter',
    }));
};
