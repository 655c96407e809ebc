import { didYouMean } from '../../../estate/findings/nearest';
import type { Check } from './check';

/** Every resource is of a type in the schema. */
export const typesAreKnown: Check = ({ template, schema }) =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => !Object.hasOwn(schema.resourceTypes, Type))
    .map(([id, { Type }]) => ({
      code: 'ROS_UNKNOWN_TYPE',
      severity: 'error',
      path: `Resources.${id}.Type`,
      message: `${Type} is no type that is known here.${didYouMean(Type, Object.keys(schema.resourceTypes))}`,
      why: 'ROS refuses a template with a type that it has not',
      fix: 'write the type as ROS spells it; a type that is new here is added to scripts/ros-types/list.mjs',
    }));
