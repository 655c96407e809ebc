import { activeResources } from '../../../engine/conditions';
import { evaluate, evaluateProperties, type Scope, type TemplateFunction } from '../../../engine/evaluate';
import type { JsonObject } from '../../../engine/json';
import type { ResourceNames } from '../../../engine/scope';
import type { Template } from '../../../engine/template';
import { unknown } from '../../../engine/unknown';
import { validationError } from '../aws-error';

/** A resource as it will be asked for, with marks for what only the deploy will know. */
export interface Evaluated {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly updatePolicy: JsonObject;
}

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

/** What the resources whose conditions hold will be asked for; `faults` gets what can't be evaluated. */
export function evaluated(template: Template, scope: Scope, faults: string[]): Evaluated[] {
  const active = activeResources(template, scope);
  return Object.entries(template.Resources).flatMap(([id, r]) => {
    if (!active.has(id)) return [];
    try {
      return [
        {
          id,
          type: r.Type,
          properties: evaluateProperties(r.Properties, scope),
          updatePolicy: evaluateProperties(r.UpdatePolicy, scope),
        },
      ];
    } catch (e) {
      faults.push(`${id}: ${e instanceof Error ? e.message : String(e)}`);
      return [];
    }
  });
}
