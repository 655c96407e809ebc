/** How a template declares its parameters ("Parameters", Resource Orchestration Service): asked before any value is given. */
import { isObject, type Json, type JsonObject } from '../../../engine/json';
import type { Template } from '../../../engine/template';
import { invalid, notHere } from './errors';
import { rosParameters } from './parameters';

const TYPES = ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean'];

/** Types of ROS whose values stand in a store that isn't here. */
const STORED = ['ALIYUN::OOS::Parameter::Value', 'ALIYUN::OOS::SecretParameter::Value'];

/** What may be said of a parameter, and of which kind it is. */
const KEYS: Readonly<Record<string, (value: Json) => boolean>> = {
  Type: isText,
  Default: () => true,
  AllowedValues: (value) => Array.isArray(value) && value.length > 0,
  AllowedPattern: isText,
  MinLength: isCount,
  MaxLength: isCount,
  MinValue: isNumber,
  MaxValue: isNumber,
  NoEcho: isFlag,
  Confirm: isFlag,
  Required: isFlag,
  TextArea: isFlag,
  Description: isWords,
  ConstraintDescription: isWords,
  Label: isWords,
  Placeholder: isWords,
  AssociationProperty: isText,
  AssociationPropertyMetadata: isObject,
};

/** Refuses a declaration that no value could meet, or that says what ROS doesn't know. */
export function checkDeclared(template: Template): void {
  for (const [name, declared] of Object.entries(template.Parameters)) {
    if (!isObject(declared)) throw invalid(`The parameter ${name} is no map.`);
    checkOne(name, declared);
    // A default has to be a value of the parameter itself.
    if (declared.Default !== undefined && declared.Default !== null)
      rosParameters({ ...template, Parameters: { [name]: declared } }, [], {});
  }
}

function checkOne(name: string, declared: JsonObject): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalid(`The parameter name ${JSON.stringify(name)} is invalid.`);
  const strange = Object.keys(declared).find((key) => !Object.hasOwn(KEYS, key));
  if (strange !== undefined) throw invalid(`Invalid key '${strange}' for parameter (${name}).`);
  const wrong = Object.entries(declared).find(([key, value]) => !KEYS[key]!(value));
  if (wrong !== undefined) throw invalid(`Invalid value ${JSON.stringify(wrong[1])} of ${wrong[0]} of the parameter (${name}).`);
  const type = String(declared.Type ?? '');
  if (STORED.includes(type)) throw notHere(`The parameter type ${type}`);
  if (!TYPES.includes(type))
    throw invalid(`Invalid type '${type}' of the parameter (${name}): should be one of ${TYPES.join(', ')}.`);
  if (typeof declared.AllowedPattern === 'string' && !compiles(declared.AllowedPattern))
    throw invalid(`Invalid AllowedPattern "${declared.AllowedPattern}" of the parameter (${name}).`);
  for (const [least, most] of [
    ['MinLength', 'MaxLength'],
    ['MinValue', 'MaxValue'],
  ] as const) {
    if (declared[least] !== undefined && declared[most] !== undefined && Number(declared[least]) > Number(declared[most]))
      throw invalid(`${least} of the parameter (${name}) is larger than its ${most}.`);
  }
  if (type !== 'Number' && (declared.MinValue !== undefined || declared.MaxValue !== undefined))
    throw invalid(`MinValue and MaxValue of the parameter (${name}) are of numbers only.`);
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

/** A text, or one a language: `{ en: ..., zh-cn: ... }`. */
function isWords(value: Json): boolean {
  return typeof value === 'string' || isObject(value);
}

function isNumber(value: Json): boolean {
  return value !== null && value !== '' && typeof value !== 'object' && Number.isFinite(Number(value));
}

function isCount(value: Json): boolean {
  return isNumber(value) && Number.isSafeInteger(Number(value)) && Number(value) >= 0;
}

function isFlag(value: Json): boolean {
  return /^(true|false)$/i.test(String(value));
}
