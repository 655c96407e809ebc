import { didYouMean } from '../../../estate/findings/nearest';
import { type Check, isMap } from './check';

/** Every property, nested ones too, is one of its type. */
export const propertiesAreKnown: Check = ({ sites }) =>
  sites.flatMap(({ schema: { properties, values }, value, path, type }) => {
    if (properties === undefined || values !== undefined || !isMap(value)) return [];
    return Object.keys(value)
      .filter((name) => !Object.hasOwn(properties, name))
      .map((name) => ({
        code: 'ROS_UNKNOWN_PROPERTY',
        severity: 'error' as const,
        path: `${path}.${name}`,
        message: `${type} has no property ${name} here.${didYouMean(name, Object.keys(properties))}`,
        why: 'ROS refuses a resource with a property that its type has not',
        fix: `write one of ${Object.keys(properties).join(', ')}`,
      }));
  });
