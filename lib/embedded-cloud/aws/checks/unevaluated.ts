import { activeResources } from '../../../engine/conditions';
import { evaluate, evaluateProperties, type Scope, type TemplateFunction } from '../../../engine/evaluate';
import type { ResourceNames } from '../../../engine/scope';
import type { Template } from '../../../engine/template';
import { unknown } from '../../../engine/unknown';
import { validationError } from '../aws-error';

/** Names of resources before any is made. */
export const UNMADE: ResourceNames = {
  ref: (id) => unknown(id),
  attribute: (id, name) => unknown(`${id}.${name}`),
};

const STORES = ['ssm', 'ssm-secure', 'secretsmanager'];

/** What stands outside: two that ask the same are the same. */
const outside =
  (name: string): TemplateFunction =>
  (argument, scope) =>
    unknown(`${name} ${JSON.stringify(evaluate(argument, scope))}`.replaceAll('\\u0001', ''));

/** The same scope, which asks nothing outside of the template. */
export function withoutOutside(scope: Scope): Scope {
  const language = {
    ...scope.language,
    functions: {
      ...scope.language.functions,
      'Fn::ImportValue': outside('Fn::ImportValue'),
      'Fn::GetStackOutput': outside('Fn::GetStackOutput'),
    },
    dynamic: (text: string) =>
      text.replace(/\{\{resolve:([^:}]+):[^}]*\}\}/g, (whole, store: string) => {
        if (!STORES.includes(store))
          throw validationError(`Could not parse SecretsManager or SSM dynamic reference in property: ${whole}`);
        return unknown(whole);
      }),
  };
  return { ...scope, language };
}

/** What can't be evaluated of the resources whose conditions hold. */
export function unevaluated(template: Template, scope: Scope): string[] {
  const active = activeResources(template, scope);
  return Object.entries(template.Resources).flatMap(([id, r]) => {
    if (!active.has(id)) return [];
    try {
      for (const part of [r.Properties, r.UpdatePolicy]) evaluateProperties(part, scope);
      return [];
    } catch (e) {
      return [`${id}: ${e instanceof Error ? e.message : String(e)}`];
    }
  });
}
