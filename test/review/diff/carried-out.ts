/** Changes carried out on what was there before: what comes of it must be what is there now. */
import type { Json, JsonObject } from '../../../lib/review/diff/model/json';
import { type EntryChange, WHOLE } from '../../../lib/review/diff/model/template-changes';
import type { JsonPath, ValueChange } from '../../../lib/review/diff/model/value-changes';

/** What a template becomes by the changes. Sections that get empty go. */
export function changedTemplate(template: JsonObject, entries: readonly EntryChange[]): JsonObject {
  return entries.reduce((now: JsonObject, { section, id, changes }): JsonObject => {
    if (section === WHOLE) return withEntry(now, id, changedValue(own(now, id), changes));
    const inside = (own(now, section) ?? {}) as JsonObject;
    const next = withEntry(inside, id, changedValue(own(inside, id), changes));
    return withEntry(now, section, Object.keys(next).length === 0 ? undefined : next);
  }, template);
}

/** What a value becomes by the changes; undefined when it goes. */
export function changedValue(value: Json | undefined, changes: readonly ValueChange[]): Json | undefined {
  return changes.reduce((now, change) => set(now, change.path, change.after), value);
}

function set(value: Json | undefined, [key, ...rest]: JsonPath, to: Json | undefined): Json | undefined {
  if (key === undefined) return to;
  if (typeof key === 'number') {
    const list = value as readonly Json[];
    return list.map((item, i) => (i === key ? (set(item, rest, to) as Json) : item));
  }
  const object = (value ?? {}) as JsonObject;
  return withEntry(object, key, set(own(object, key), rest, to));
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function withEntry(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
