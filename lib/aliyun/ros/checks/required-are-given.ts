import { type Check, isMap } from './check';

/** Every property that its type requires is given, in nested maps too. */
export const requiredAreGiven: Check = ({ sites }) =>
  sites.flatMap(({ schema: { properties }, value, path, type }) => {
    if (properties === undefined || !isMap(value)) return [];
    return Object.entries(properties)
      .filter(([name, { required }]) => required === true && (!Object.hasOwn(value, name) || value[name] === undefined))
      .map(([name, { type: kind }]) => ({
        code: 'ROS_MISSING_PROPERTY',
        severity: 'error' as const,
        path: `${path}.${name}`,
        message: `${type} needs ${name} here`,
        why: 'ROS refuses the resource when the stack is made',
        fix: `write ${name} (${kind})`,
      }));
  });
