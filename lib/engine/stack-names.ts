import { validationError } from '../embedded-cloud/aws/aws-error';
import type { Dialect } from './dialect';
import type { ResourceNames } from './scope';
import type { Stack } from './stack';

/** Names of a stack's resources as they stand now. */
export function stackNames(stack: Pick<Stack, 'id' | 'resources'>, dialect: Dialect): ResourceNames {
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
      if (value === undefined) throw dialect.noAttribute(stack, resource, name);
      return value;
    },
  };
}
