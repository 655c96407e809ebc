import { refused } from './engine-error';
import { evaluate, type Scope } from './evaluate';
import { isObject, type Json, sameJson } from './json';
import type { Template } from './template';

/** A function over condition names, each evaluated once. */
export function conditionsOf(conditions: Record<string, Json>, scope: () => Scope): (name: string) => boolean {
  const known = new Map<string, boolean | 'open'>();
  const ask = (name: string): boolean => {
    const have = known.get(name);
    if (have === 'open') throw refused(`Template error: Circular dependency between conditions: [${name}]`);
    if (have !== undefined) return have;
    if (!(name in conditions)) {
      throw refused(`Template format error: Unresolved condition dependency ${name} in the Conditions block of the template`);
    }
    known.set(name, 'open');
    const value = truth(conditions[name] as Json, scope(), ask);
    known.set(name, value);
    return value;
  };
  return ask;
}

/** Evaluates a condition or rule assertion. */
export function truth(value: Json, scope: Scope, ask: (name: string) => boolean): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  if (!isObject(value)) throw refused('Template format error: Every Condition member must be a boolean function.');
  const [key, argument] = Object.entries(value)[0] ?? [];
  const parts = Array.isArray(argument) ? argument : [];
  const lists = (i: number): Json[] => {
    const v = evaluate(parts[i] as Json, scope);
    return Array.isArray(v) ? v : [v];
  };
  switch (key) {
    case 'Condition':
      return ask(String(argument));
    case 'Fn::Equals':
      return sameJson(text(evaluate(parts[0] as Json, scope)), text(evaluate(parts[1] as Json, scope)));
    case 'Fn::And':
      return parts.every((p) => truth(p, scope, ask));
    case 'Fn::Or':
      return parts.some((p) => truth(p, scope, ask));
    case 'Fn::Not':
      return !truth(parts[0] as Json, scope, ask);
    case 'Fn::Contains':
      return lists(0)
        .map(String)
        .includes(String(evaluate(parts[1] as Json, scope)));
    case 'Fn::EachMemberEquals':
      return lists(0).every((v) => String(v) === String(evaluate(parts[1] as Json, scope)));
    case 'Fn::EachMemberIn':
      return lists(0).every((v) => lists(1).map(String).includes(String(v)));
    default:
      throw refused(`Template format error: ${key} is not a condition function`);
  }
}

const text = (v: Json): Json => (typeof v === 'number' || typeof v === 'boolean' ? String(v) : v);

/** The resources whose condition holds. */
export function activeResources(template: Template, scope: Scope): Set<string> {
  const ask = conditionsOf(template.Conditions, () => scope);
  return new Set(
    Object.entries(template.Resources)
      .filter(([, r]) => r.Condition === undefined || ask(r.Condition))
      .map(([id]) => id),
  );
}
