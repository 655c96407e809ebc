/** Finds what in a template names another part of it. */
import type { RosTemplate } from '../template';
import { functionOf, isMap } from './check';

export type ReferenceKind = 'ref' | 'getAtt' | 'mapping' | 'condition' | 'dependsOn' | 'function';

export interface Reference {
  readonly kind: ReferenceKind;
  /** Logical id that is named; of a function, its name. */
  readonly name: string;
  /** Attribute of a GetAtt, when it is a literal. */
  readonly attribute?: string;
  /** Names in a mapping, when both are literals. */
  readonly keys?: readonly [string, string];
  /** Logical id of the resource, condition or output that names it. */
  readonly from: string;
  readonly section: 'Resources' | 'Conditions' | 'Outputs';
  readonly path: string;
}

/** `${Name}` and `${Resource.Attribute}`, but not `${!Literal}`. */
const PLACEHOLDER = /\$\{([^!{}$][^{}$]*)\}/g;

export function collectReferences(template: RosTemplate): Reference[] {
  const found: Reference[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const walk = walker('Resources', id, found);
    const path = `Resources.${id}`;
    for (const name of resource.DependsOn ?? [])
      found.push({ kind: 'dependsOn', name, from: id, section: 'Resources', path: `${path}.DependsOn` });
    if (resource.Condition !== undefined) {
      found.push({ kind: 'condition', name: resource.Condition, from: id, section: 'Resources', path: `${path}.Condition` });
    }
    walk(resource.Properties, `${path}.Properties`);
  }
  for (const [id, expression] of Object.entries(template.Conditions ?? {})) {
    collectCondition(expression, `Conditions.${id}`, id, found);
  }
  for (const [id, output] of Object.entries(template.Outputs ?? {})) {
    const path = `Outputs.${id}`;
    if (output.Condition !== undefined) {
      found.push({ kind: 'condition', name: output.Condition, from: id, section: 'Outputs', path: `${path}.Condition` });
    }
    walker('Outputs', id, found)(output.Value, `${path}.Value`);
  }
  return found;
}

/** In conditions a text in the place of a condition is the name of one. */
function collectCondition(value: unknown, path: string, from: string, found: Reference[]): void {
  const name = isMap(value) && Object.keys(value).length === 1 && typeof value.Condition === 'string' ? value.Condition : value;
  if (typeof name === 'string') {
    found.push({ kind: 'condition', name, from, section: 'Conditions', path });
    return;
  }
  const called = functionOf(value);
  if (called !== undefined && ['Fn::And', 'Fn::Or', 'Fn::Not'].includes(called)) {
    found.push({ kind: 'function', name: called, from, section: 'Conditions', path });
    const argument = (value as Record<string, unknown>)[called];
    for (const inner of Array.isArray(argument) ? argument : [argument])
      collectCondition(inner, `${path}.${called}`, from, found);
    return;
  }
  walker('Conditions', from, found)(value, path);
}

function walker(section: Reference['section'], from: string, found: Reference[]) {
  const add = (kind: ReferenceKind, name: string, path: string, more: Partial<Reference> = {}) =>
    found.push({ kind, name, from, section, path, ...more });

  return function walk(value: unknown, path: string): void {
    if (Array.isArray(value)) {
      value.forEach((item, i) => {
        walk(item, `${path}.${i}`);
      });
      return;
    }
    if (!isMap(value)) return;
    const called = functionOf(value);
    if (called === undefined) {
      for (const key of Object.keys(value)) walk(value[key], `${path}.${key}`);
      return;
    }
    const argument = value[called];
    if (called === 'Ref') {
      if (typeof argument === 'string') add('ref', argument, path);
      return;
    }
    add('function', called, path);
    if (called === 'Fn::Sub') {
      substitutions(argument, path);
      return;
    }
    const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
    const [first, second, third] = list;
    if (called === 'Fn::GetAtt' && typeof first === 'string') {
      add('getAtt', first, path, typeof second === 'string' ? { attribute: second } : {});
    }
    if (called === 'Fn::FindInMap' && typeof first === 'string') {
      add('mapping', first, path, typeof second === 'string' && typeof third === 'string' ? { keys: [second, third] } : {});
    }
    if (called === 'Fn::If' && typeof first === 'string') add('condition', first, path);
    walk(argument, `${path}.${called}`);
  };

  function substitutions(argument: unknown, path: string): void {
    const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    if (isMap(variables)) walker(section, from, found)(variables, `${path}.Fn::Sub`);
    if (typeof text !== 'string') return;
    for (const [, name] of text.matchAll(PLACEHOLDER)) {
      if (isMap(variables) && Object.hasOwn(variables, name!)) continue;
      const dot = name!.indexOf('.');
      if (dot === -1) add('ref', name!, path);
      else add('getAtt', name!.slice(0, dot), path, { attribute: name!.slice(dot + 1) });
    }
  }
}
