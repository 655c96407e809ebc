/** What every kind of meaning reads: the changed resources of one stack, and names for what they refer to. */
import type { Step } from '../../../rehearsal/model';
import { isObject, type Json, type JsonObject, objectOf } from '../model/json';
import type { StackChange } from '../model/stack-change';
import type { ValueChange } from '../model/value-changes';
import { hostNames } from './host-names';

export interface Resource {
  readonly Type: string;
  readonly Properties: JsonObject;
  readonly DependsOn: readonly string[];
  readonly whole: JsonObject;
}

export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  readonly before?: Resource;
  readonly after?: Resource;
  readonly changes: readonly ValueChange[];
  /** Names of the properties that differ, where both are there. */
  readonly properties: readonly string[];
}

export type Side = 'before' | 'after';

export interface DiffContext {
  readonly change: StackChange;
  readonly resources: readonly ResourceChange[];
  readonly all: Readonly<Record<Side, ReadonlyMap<string, Resource>>>;
  /** What the deploy does to a resource of the stack, by logical id. Empty where nothing was rehearsed. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  /** Name of the host that a member's resource belongs to, by the resource's logical id. */
  readonly hostOf: (id: string) => string | undefined;
}

export function diffContext(change: StackChange, steps: readonly Step[] = []): DiffContext {
  const all = { before: resourcesOf(change.before), after: resourcesOf(change.after) };
  const resources = change.entries.flatMap(({ section, id, changes }): ResourceChange[] => {
    if (section !== 'Resources') return [];
    const [before, after] = [all.before.get(id), all.after.get(id)];
    const type = (after ?? before)?.Type;
    if (type === undefined) return [];
    const properties = before !== undefined && after !== undefined ? changedProperties(changes) : [];
    return [{ id, type, ...(before && { before }), ...(after && { after }), changes, properties }];
  });
  return { change, resources, all, steps: stepsOf(change.path, steps), hostOf: hostNames(all) };
}

function stepsOf(stack: string, steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const own = new Map<string, Step[]>();
  for (const step of steps) {
    // What a way back does is no part of what was asked for.
    if (step.stack !== stack || step.rollback) continue;
    const known = own.get(step.logicalId);
    if (known === undefined) own.set(step.logicalId, [step]);
    else known.push(step);
  }
  return own;
}

function changedProperties(changes: readonly ValueChange[]): string[] {
  return [
    ...new Set(
      changes.flatMap(({ path, before, after }) => {
        if (path[0] !== 'Properties') return [];
        return path[1] === undefined ? Object.keys({ ...objectOf(before), ...objectOf(after) }) : [String(path[1])];
      }),
    ),
  ].sort();
}

function resourcesOf(template: JsonObject): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(objectOf(template.Resources)).flatMap(([id, whole]): [string, Resource][] => {
      if (!isObject(whole) || typeof whole.Type !== 'string') return [];
      return [[id, { Type: whole.Type, Properties: objectOf(whole.Properties), DependsOn: names(whole.DependsOn), whole }]];
    }),
  );
}

function names(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
}

/** Key of a whole resource in `explains`, or of one of its properties. */
export function explained(id: string, property?: string): string {
  return property === undefined ? `Resources/${id}` : `Resources/${id}/${property}`;
}
