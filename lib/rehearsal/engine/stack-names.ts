import { validationError } from '../aws-error';
import { isCustom } from './custom-types';
import type { ResourceNames } from './scope';
import type { Stack } from './stack';

/** Names of a stack's resources as they stand now. */
export function stackNames(stack: Pick<Stack, 'id' | 'resources'>): ResourceNames {
  const find = (logicalId: string) => {
    const resource = stack.resources[logicalId];
    if (!resource?.physicalId) {
      throw validationError(
        `Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`,
      );
    }
    return resource;
  };
  return {
    ref: (logicalId) => find(logicalId).ref,
    attribute: (logicalId, name) => {
      const resource = find(logicalId);
      const value = resource.attributes[name];
      if (value === undefined && isCustom(resource.type))
        throw validationError(
          `CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${stack.id}|${logicalId}`,
        );
      if (value === undefined) throw validationError(`Attribute ${name} of ${resource.type} is not in the embedded cloud`);
      return value;
    },
  };
}
