import type { Json, JsonObject } from '../../../engine/json';
import type { ParameterInput } from '../../../engine/stack';
import type { Template } from '../../../engine/template';
import { STACK_PARAMETERS } from '../../../facts/aliyun/limits';
import { AliyunError } from '../aliyun-error';
import { invalid, invalidParameter } from './errors';

/** The values of a template's parameters: given ones, previous ones where that was asked for, defaults. */
export function rosParameters(
  template: Template,
  given: ParameterInput[],
  previous: Record<string, string>,
): Record<string, string> {
  if (given.length > STACK_PARAMETERS.count || Object.keys(template.Parameters).length > STACK_PARAMETERS.count)
    throw invalidParameter('Parameters', `the number of parameters can not be more than ${STACK_PARAMETERS.count}`);
  const strange = given.find((g) => !g.usePrevious && !(g.key in template.Parameters));
  if (strange) throw new AliyunError('UnknownUserParameter', `The Parameter (${strange.key}) was not defined in template.`);
  const values: Record<string, string> = {};
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const input = given.find((g) => g.key === name);
    const value = input?.value ?? (input?.usePrevious ? previous[name] : undefined) ?? fallback(declared);
    if (value === undefined) throw new AliyunError('UserParameterMissing', `The Parameter (${name}) was not provided.`);
    check(name, declared, value);
    values[name] = value;
  }
  return values;
}

const fallback = (declared: JsonObject): string | undefined =>
  declared.Default === undefined || declared.Default === null
    ? undefined
    : typeof declared.Default === 'object'
      ? JSON.stringify(declared.Default)
      : String(declared.Default);

function check(name: string, declared: JsonObject, value: string): void {
  const wrong = (what: string): never => {
    const own = typeof declared.ConstraintDescription === 'string' ? `${declared.ConstraintDescription} ` : '';
    throw invalid(`Parameter '${name}' is invalid: ${own}${what}`);
  };
  if (value.length > STACK_PARAMETERS.value)
    throw invalidParameter(`Parameters.${name}`, `the value can not be longer than ${STACK_PARAMETERS.value} characters`);
  const type = String(declared.Type ?? '');
  if (type === '') throw invalid(`The parameter ${name} has no Type.`);
  if (type === 'Number' && (value === '' || !Number.isFinite(Number(value)))) wrong('could not convert string to number');
  if (type === 'Boolean' && !/^(true|false)$/i.test(value)) wrong(`"${value}" is not a boolean`);
  if (type === 'Json') readJson(value, wrong);
  if (Array.isArray(declared.AllowedValues) && !declared.AllowedValues.map(String).includes(value))
    wrong(`"${shown(declared, value)}" is not an allowed value ${JSON.stringify(declared.AllowedValues)}`);
  if (typeof declared.AllowedPattern === 'string' && !new RegExp(`^(?:${declared.AllowedPattern})$`).test(value))
    wrong(`"${shown(declared, value)}" does not match pattern "${declared.AllowedPattern}"`);
  const between = (n: number, low: Json | undefined, high: Json | undefined, what: string) => {
    if ((low !== undefined && n < Number(low)) || (high !== undefined && n > Number(high)))
      wrong(`${what} is out of range (min: ${low ?? 'None'}, max: ${high ?? 'None'})`);
  };
  between(value.length, declared.MinLength, declared.MaxLength, `length (${value.length})`);
  if (type === 'Number') between(Number(value), declared.MinValue, declared.MaxValue, shown(declared, value));
}

/** A value that the template calls secret is never written out. */
export const shown = (declared: JsonObject, value: string): string =>
  declared.NoEcho === true || declared.NoEcho === 'true' ? '******' : value;

function readJson(value: string, wrong: (what: string) => never): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return wrong('the value is not JSON');
  }
}

/** Parameters as `Ref` sees them: lists are lists, numbers numbers. */
export function rosParameterScope(template: Template, values: Record<string, string>): Record<string, Json> {
  const scope: Record<string, Json> = {};
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const value = values[name] ?? '';
    if (declared.Type === 'CommaDelimitedList') scope[name] = value === '' ? [] : value.split(',').map((v) => v.trim());
    else if (declared.Type === 'Number') scope[name] = Number(value);
    else if (declared.Type === 'Boolean') scope[name] = value.toLowerCase() === 'true';
    else if (declared.Type === 'Json') scope[name] = JSON.parse(value || 'null') as Json;
    else scope[name] = value;
  }
  return scope;
}
