import { activeResources } from '../../../engine/conditions';
import type { Scope } from '../../../engine/evaluate';
import { isObject, type Json } from '../../../engine/json';
import type { Template } from '../../../engine/template';
import { functionOf } from './language/forms';

/** A value with the branches that its conditions choose. */
function chosen(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((v) => chosen(v, scope));
  if (!isObject(value)) return value;
  const branches = functionOf(value) === 'Fn::If' ? value['Fn::If'] : undefined;
  if (Array.isArray(branches)) return chosen((scope.condition(String(branches[0])) ? branches[1] : branches[2]) ?? '', scope);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, chosen(v, scope)]));
}

/**
 * A template as its conditions make it, to be asked of who doesn't follow them: CloudFormation Validate (1.14.0) refuses AWS's own
 * bootstrap template for the empty list in a branch that isn't taken. One without conditions stays as it was written.
 */
export function prunedBody(body: string, template: Template, scope: Scope): string {
  if (Object.keys(template.Conditions).length === 0) return body;
  const active = activeResources(template, scope);
  const kept = <T extends { Condition?: unknown }>(all: Record<string, T>) =>
    Object.entries(all).filter(([, x]) => x.Condition === undefined || scope.condition(String(x.Condition)));
  const resources = kept(template.Resources).map(([id, { DependsOn, ...r }]) => {
    const after = (DependsOn === undefined ? [] : [DependsOn].flat()).filter((d) => active.has(d));
    return [id, after.length === 0 ? r : { ...r, DependsOn: after }] as const;
  });
  const { Description, Parameters, Rules, Mappings, Conditions } = template;
  const rest = { Resources: Object.fromEntries(resources), Outputs: Object.fromEntries(kept(template.Outputs)) };
  return JSON.stringify({
    Description,
    Parameters,
    Rules,
    Mappings,
    Conditions,
    ...(chosen(rest as unknown as Json, scope) as object),
  });
}
