/** Changes inside a value, by path, and how to carry them out. */
import { definedKeys, isIntrinsic, isObject, type Json, type JsonObject, sameJson } from './json';

/** Keys and positions from the entry down: `['Properties', 'Tags', 0, 'Value']`. */
export type JsonPath = readonly (string | number)[];

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface ValueChange {
  readonly path: JsonPath;
  readonly kind: ChangeKind;
  readonly before?: Json;
  readonly after?: Json;
}

/**
 * In order of key. A list of another length, and an intrinsic function, change as a whole: by position, everything behind an
 * insertion would seem changed.
 */
export function valueChanges(before: Json | undefined, after: Json | undefined, path: JsonPath = []): ValueChange[] {
  if (sameJson(before, after)) return [];
  if (before === undefined) return [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  if (isObject(before) && isObject(after) && !isIntrinsic(before) && !isIntrinsic(after)) {
    const keys = [...new Set([...definedKeys(before), ...definedKeys(after)])].sort();
    return keys.flatMap((key) => valueChanges(own(before, key), own(after, key), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((value: Json, i) => valueChanges(value, after[i], [...path, i]));
  }
  return [{ path, kind: 'changed', before, after }];
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `Properties.Tags[0].Value`. */
export function pathText(path: JsonPath): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
