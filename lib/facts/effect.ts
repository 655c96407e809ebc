/** What an update of a property does to a resource that stands: the words that both clouds' tables are written in. */

/**
 * - `none`: changed while it runs
 * - `interrupt`: changed in place, but what it is stops for a moment (an instance stops and starts)
 * - `replace`: a new one is made, and the old one is deleted
 * - `refused`: the engine doesn't take the change, and the deploy fails
 */
export type Effect = 'none' | 'interrupt' | 'replace' | 'refused';

/** `unknown`: neither a table nor the published specification says. It is told as "may be replaced", never as in place. */
export type KnownEffect = Effect | 'unknown';

/** JSON as templates and engines have it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Properties of one resource type by effect, each a text of names with spaces between. */
export interface UpdateTable extends Partial<Readonly<Record<KnownEffect, string>>> {
  /** Those whose effect depends on the values. */
  readonly when?: Readonly<Record<string, (before: Json | undefined, after: Json | undefined) => Effect>>;
}

/** By type, which is the title of the page that says so, too. */
export type UpdateTables = Readonly<Record<string, UpdateTable>>;

/** Worst first. */
const EFFECTS = ['refused', 'replace', 'unknown', 'interrupt', 'none'] as const;

/** What a change of several properties does: what the worst of them does. */
export const worst = <E extends KnownEffect>(effects: readonly E[]): E | 'none' =>
  EFFECTS.find((effect): effect is E => effects.some((one) => one === effect)) ?? 'none';

/** Names of the properties with an effect, in the table's order. */
export const propertiesWith = (effect: KnownEffect, table: UpdateTable | undefined): string[] =>
  table?.[effect]?.split(/\s+/) ?? [];

/** What a table says of a property; undefined where it doesn't name it. */
export function effectIn(
  table: UpdateTable | undefined,
  property: string,
  before: Json | undefined,
  after: Json | undefined,
): KnownEffect | undefined {
  if (table?.when !== undefined && Object.hasOwn(table.when, property)) return table.when[property]?.(before, after);
  return EFFECTS.find((effect) => propertiesWith(effect, table).includes(property));
}

/** Disks grow while they are in use, and never shrink. */
export const neverSmaller = (before: Json | undefined, after: Json | undefined): Effect =>
  Number(after) < Number(before) ? 'refused' : 'none';
