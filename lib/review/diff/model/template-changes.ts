/** Changes between two templates: entry by entry of each section, and inside an entry value by value. */
import { definedKeys, isIntrinsic, isObject, type Json, type JsonObject, sameJson } from './json';
import { type ChangeKind, type ValueChange, valueChanges } from './value-changes';

/** Section of what is no section: `Description`, `ROSTemplateFormatVersion`. */
export const WHOLE = 'Template';

export interface EntryChange {
  /** `Resources`, `Mappings`, `Outputs`, `Parameters` ...; `Template` for what stands beside them. */
  readonly section: string;
  /** Logical id. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** Only of resources; of the new one where both are there. */
  readonly type?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** One with an empty path where the entry comes or goes. */
  readonly changes: readonly ValueChange[];
}

/** Sections that a reader wants first stand first; the others follow in order of name, entries in order of id. */
const ORDER = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];

export function templateChanges(before: JsonObject, after: JsonObject): EntryChange[] {
  const sections = [...new Set([...definedKeys(before), ...definedKeys(after)])].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  return sections.flatMap((section) => {
    const [old, now] = [own(before, section), own(after, section)];
    if (isSection(old) && isSection(now)) return sectionChanges(section, old ?? {}, now ?? {});
    return entryChange(WHOLE, section, old, now);
  });
}

function rank(section: string): number {
  const at = ORDER.indexOf(section);
  return at < 0 ? ORDER.length : at;
}

function isSection(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || (isObject(value) && !isIntrinsic(value));
}

function sectionChanges(section: string, before: JsonObject, after: JsonObject): EntryChange[] {
  const ids = [...new Set([...definedKeys(before), ...definedKeys(after)])].sort(byNumberThenName);
  return ids.flatMap((id) => entryChange(section, id, own(before, id), own(after, id)));
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `M2Instance` before `M10Instance`. */
function byNumberThenName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

function entryChange(section: string, id: string, before: Json | undefined, after: Json | undefined): EntryChange[] {
  if (sameJson(before, after)) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const type = section === 'Resources' ? typeOf(after ?? before) : undefined;
  return [{ section, id, kind, ...(type === undefined ? {} : { type }), before, after, changes: valueChanges(before, after) }];
}

function typeOf(entry: Json | undefined): string | undefined {
  return isObject(entry) && typeof entry.Type === 'string' ? entry.Type : undefined;
}
