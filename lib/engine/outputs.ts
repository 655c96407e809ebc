import { validationError } from '../embedded-cloud/aws/aws-error';
import { evaluate, evaluateProperties, type Scope } from './evaluate';
import type { Output } from './stack';
import type { Template } from './template';

/** A template's outputs, evaluated. */
export function outputsOf(template: Template, scope: Scope): Output[] {
  return Object.entries(template.Outputs)
    .filter(([, o]) => o.Condition === undefined || scope.condition(String(o.Condition)))
    .map(([key, o]) => {
      const value = evaluate(o.Value ?? '', scope);
      if (typeof value === 'object')
        throw validationError('Template format error: The Value field of every Outputs member must evaluate to a String.');
      const exported = evaluateProperties({ Export: o.Export ?? {} }, scope).Export as { Name?: unknown };
      return {
        key,
        value: String(value),
        ...(o.Description === undefined ? {} : { description: String(o.Description) }),
        ...(exported.Name === undefined ? {} : { exportName: String(exported.Name) }),
      };
    });
}
