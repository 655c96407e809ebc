import type { PropertyKind } from '../schema';
import { type Check, isMap } from './check';

const FITS: Readonly<Record<PropertyKind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  map: isMap,
  any: (value) => value !== null,
};

/** Every literal is of its property's kind. */
export const kindsFit: Check = ({ sites }) =>
  sites
    .filter(({ schema, value }) => value !== undefined && !FITS[schema.type](value))
    .map(({ schema, value, path, type }) => ({
      code: 'ROS_WRONG_KIND',
      severity: 'error',
      path,
      message: `${type} takes ${words(schema.type)} here, not ${kindOf(value)}`,
      why: 'ROS refuses a value of another kind, or reads it as something else',
      fix: `write ${words(schema.type)} or an intrinsic`,
    }));

/** The kind of a value, never the value: it may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction';
  return isMap(value) ? 'a map' : `a ${typeof value}`;
}

function words(kind: PropertyKind): string {
  return kind === 'integer' ? 'a whole number' : kind === 'any' ? 'a value' : `a ${kind}`;
}
