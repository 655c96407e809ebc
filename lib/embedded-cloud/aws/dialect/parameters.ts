import { conditionsOf, truth } from '../../../engine/conditions';
import type { Scope } from '../../../engine/evaluate';
import { isObject, type Json, type JsonObject } from '../../../engine/json';
import type { ParameterInput } from '../../../engine/stack';
import type { Template } from '../../../engine/template';
import { validationError } from '../aws-error';
import { valueFault } from '../checks/language/parameter-values';

/** The values of a template's parameters: given ones, previous ones, defaults; with CloudFormation's checks. */
export function parameterValues(
  template: Template,
  given: ParameterInput[],
  previous: Record<string, string>,
): Record<string, string> {
  const strange = given.filter((g) => !(g.key in template.Parameters)).map((g) => g.key);
  if (strange.length > 0) throw validationError(`Parameters: [${strange.join(', ')}] do not exist in the template`);
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const input = given.find((g) => g.key === name);
    const value = input?.usePrevious ? previous[name] : (input?.value ?? fallback(declared));
    if (value === undefined) missing.push(name);
    else values[name] = checked(name, declared, value);
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

const fallback = (declared: JsonObject): string | undefined =>
  declared.Default === undefined ? undefined : String(declared.Default);

function checked(name: string, declared: JsonObject, value: string): string {
  if (value.length > 4096) {
    throw validationError(
      `1 validation error detected: Value at 'parameters' failed to satisfy constraint: Member must have length less than or equal to 4096`,
    );
  }
  const fault = valueFault(declared, value);
  const constraint = typeof declared.ConstraintDescription === 'string' ? declared.ConstraintDescription : undefined;
  if (fault) throw validationError(`Parameter '${name}' ${constraint ? `failed to satisfy constraint: ${constraint}` : fault}`);
  return value;
}

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;

/** Reads the parameters that stand for a Systems Manager parameter. */
export function resolveStored(
  template: Template,
  values: Record<string, string>,
  read: (name: string) => string | undefined,
): Record<string, string> {
  const resolved: Record<string, string> = {};
  const lost: string[] = [];
  for (const [name, declared] of Object.entries(template.Parameters)) {
    if (!ssmType.test(String(declared.Type))) continue;
    const value = read(values[name] as string);
    if (value === undefined) lost.push(values[name] as string);
    else resolved[name] = value;
  }
  if (lost.length > 0) {
    throw validationError(`Unable to fetch parameters [${lost.join(',')}] from parameter store for this account.`);
  }
  return resolved;
}

/** Parameters as `Ref` sees them: lists are lists. */
export function parameterScope(
  template: Template,
  values: Record<string, string>,
  resolved: Record<string, string>,
): Record<string, Json> {
  const scope: Record<string, Json> = {};
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const type = ssmType.exec(String(declared.Type))?.[1] ?? String(declared.Type);
    const value = resolved[name] ?? values[name] ?? '';
    scope[name] = type === 'CommaDelimitedList' || type.startsWith('List<') ? value.split(',').map((v) => v.trim()) : value;
  }
  return scope;
}

/** Evaluates the `Rules` section. */
export function checkRules(template: Template, scope: Scope): void {
  const ask = conditionsOf(template.Conditions, () => scope);
  for (const [name, rule] of Object.entries(template.Rules)) {
    if (rule.RuleCondition !== undefined && !truth(rule.RuleCondition, scope, ask)) continue;
    for (const assertion of Array.isArray(rule.Assertions) ? rule.Assertions : []) {
      if (!isObject(assertion) || truth(assertion.Assert as Json, scope, ask)) continue;
      throw validationError(
        `Template validation error: Rule ${name} failed: ${String(assertion.AssertDescription ?? 'assertion is false')}`,
      );
    }
  }
}
