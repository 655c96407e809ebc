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

/** What a value becomes by the changes; undefined when it goes. */
export function applyValueChanges(value: Json | undefined, changes: readonly ValueChange[]): Json | undefined {
  return changes.reduce((now, change) => set(now, change.path, change.after), value);
}

function set(value: Json | undefined, [key, ...rest]: JsonPath, to: Json | undefined): Json | undefined {
  if (key === undefined) return to;
  if (typeof key === 'number') {
    const list = value as readonly Json[];
    return list.map((item, i) => (i === key ? (set(item, rest, to) as Json) : item));
  }
  const object = (value ?? {}) as JsonObject;
  const inner = set(own(object, key), rest, to);
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

/** `Properties.Tags[0].Value`. */
export function pathText(path: JsonPath): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
