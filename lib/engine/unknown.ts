import type { Json } from './json';

/**
 * While a change set is planned, a value that only the deploy will know stands as a marked text. It goes through
 * `Fn::Join` and `Fn::Sub` like any text, so whatever is built from it is seen to be unknown too.
 */
const MARK = '\u0001';

/** The placeholder of a value that isn't known yet. */
export const unknown = (name: string): string => `${MARK}${name}${MARK}`;

/** Whether some part of a value isn't known yet. */
export function hasUnknown(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes(MARK);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}

/** What the unknown part was: `Logical.Attribute` or `Logical`. */
export function unknownName(value: Json | undefined): string | undefined {
  const found = JSON.stringify(value ?? null).match(/\\u0001(.*?)\\u0001/);
  return found?.[1];
}
