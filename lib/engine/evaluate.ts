import { validationError } from '../embedded-cloud/aws/aws-error';
import { zonesOf } from '../embedded-cloud/aws/world/zones';
import { block, dotted } from './ipv4';
import { isObject, type Json, type JsonObject } from './json';
import { attributeReference } from './references';
import { hasUnknown } from './unknown';

/** What a template language's functions are: CloudFormation's, ROS's. */
export interface Language {
  /** `Ref` of it takes the property away. */
  noValue: string;
  functions: Record<string, TemplateFunction>;
  /** A function that the language hasn't. */
  unknownFunction(name: string): Error;
}

/** One function of a template language. */
export type TemplateFunction = (argument: Json, scope: Scope) => Value;

/** Where names get their values from while a template is evaluated. */
export interface Scope {
  language: Language;
  region: string;
  parameters: Record<string, Json>;
  pseudo: Record<string, Json>;
  mappings: Record<string, JsonObject>;
  condition(name: string): boolean;
  /** `Ref` of a resource. */
  ref(logicalId: string): Json;
  /** `Fn::GetAtt` of a resource. */
  attribute(logicalId: string, name: string): Json;
  importValue(name: string): Json;
  stackOutput(query: JsonObject): Json;
  /** `{{resolve:ssm:name}}`. */
  parameterStore(name: string): string;
}

/** What `Ref` of `AWS::NoValue` (or `ALIYUN::NoValue`) gives: the property that has it isn't there. */
export const absent = Symbol('NoValue');
/** A value, or none. */
export type Value = Json | typeof absent;

/** Evaluates every function inside a value. */
export function evaluate(value: Json, scope: Scope): Json {
  const result = evaluateInner(value, scope);
  return result === absent ? '' : result;
}

/** Evaluates an object's properties; those that become `AWS::NoValue` are dropped. */
export function evaluateProperties(properties: JsonObject | undefined, scope: Scope): JsonObject {
  const result = evaluateInner(properties ?? {}, scope);
  return isObject(result) ? result : {};
}

/** Evaluates a value that may turn out not to be there. */
export function evaluateInner(value: Json, scope: Scope): Value {
  if (typeof value === 'string') return value.includes('{{resolve:') ? dynamicReferences(value, scope) : value;
  if (Array.isArray(value)) return value.map((v) => evaluateInner(v, scope)).filter((v): v is Json => v !== absent);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? (keys[0] as string) : undefined;
  if (only === 'Ref') return reference(String(value.Ref), scope);
  const fn = only === undefined ? undefined : scope.language.functions[only];
  if (fn && only) return fn(value[only] as Json, scope);
  if (only?.startsWith('Fn::')) throw scope.language.unknownFunction(only);
  const out: JsonObject = {};
  for (const key of keys) {
    const inner = evaluateInner(value[key] as Json, scope);
    if (inner !== absent) out[key] = inner;
  }
  return out;
}

/** `Ref` of a name. */
export function reference(name: string, scope: Scope): Value {
  if (name === scope.language.noValue) return absent;
  if (name in scope.pseudo) return scope.pseudo[name] as Json;
  if (name in scope.parameters) return scope.parameters[name] as Json;
  return scope.ref(name);
}

const list = (value: Json, scope: Scope, what: string): Json[] => {
  const v = evaluate(value, scope);
  if (Array.isArray(v)) return v;
  if (hasUnknown(v)) return [v];
  throw validationError(`Template error: ${what} object requires a list`);
};
const string = (value: Json, scope: Scope): string => {
  const v = evaluate(value, scope);
  if (isObject(v) || Array.isArray(v)) throw validationError('Template error: every value of a string function must be a string');
  return String(v);
};

/** `Fn::GetAtt`, in either form. */
export const getAtt: TemplateFunction = (a, s) => {
  const { name, attribute } = attributeReference(a);
  return s.attribute(name, attribute ?? '');
};

/** `Fn::Sub`: `${Name}`, `${Resource.Attribute}`, `${!Literal}`, and names of its own. */
export const substitute: TemplateFunction = (a, s) => {
  const [text, own] = Array.isArray(a) ? [String(a[0]), isObject(a[1]) ? a[1] : {}] : [String(a), {} as JsonObject];
  return text.replace(/\$\{([^{}]*)\}/g, (_whole, raw: string) => {
    if (raw.startsWith('!')) return `\${${raw.slice(1)}}`;
    const name = raw.trim();
    if (name in own) return string(own[name] as Json, s);
    const dot = name.indexOf('.');
    const value = dot < 0 ? reference(name, s) : s.attribute(name.slice(0, dot), name.slice(dot + 1));
    return value === absent ? '' : Array.isArray(value) ? value.join(',') : String(value);
  });
};

const functions: Record<string, TemplateFunction> = {
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Join': (a, s) => {
    if (!Array.isArray(a) || a.length !== 2)
      throw validationError('Template error: every Fn::Join object requires two parameters');
    return list(a[1] as Json, s, 'every Fn::Join')
      .map((v) => (Array.isArray(v) ? v.join(',') : String(v)))
      .join(String(a[0]));
  },
  'Fn::Select': (a, s) => {
    const [index, from] = Array.isArray(a) ? a : [];
    const values = list(from as Json, s, 'Fn::Select');
    const i = Number(evaluate(index as Json, s));
    const chosen = values[i];
    if (chosen !== undefined) return chosen;
    if (hasUnknown(values)) return values[0] as Json;
    throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${i}`);
  },
  'Fn::Split': (a, s) => {
    const [separator, from] = Array.isArray(a) ? a : [];
    return string(from as Json, s).split(String(separator));
  },
  'Fn::If': (a, s) => {
    if (!Array.isArray(a) || a.length !== 3)
      throw validationError('Template error: Fn::If requires a list argument with three elements');
    return evaluateInner((s.condition(String(a[0])) ? a[1] : a[2]) as Json, s);
  },
  'Fn::Base64': (a, s) => {
    const text = string(a, s);
    return hasUnknown(text) ? text : Buffer.from(text, 'utf8').toString('base64');
  },
  'Fn::FindInMap': (a, s) => {
    const [map, top, second, extra] = Array.isArray(a) ? a : [];
    const keys = [map, top, second].map((k) => string(k as Json, s));
    const found = (s.mappings[keys[0] as string]?.[keys[1] as string] as JsonObject | undefined)?.[keys[2] as string];
    if (found !== undefined) return found;
    if (isObject(extra) && extra.DefaultValue !== undefined) return evaluateInner(extra.DefaultValue, s);
    throw validationError(`Template error: Unable to get mapping for ${keys.join('::')}`);
  },
  'Fn::GetAZs': (a, s) => zonesOf(string(a, s) || s.region),
  'Fn::Cidr': (a, s) => {
    const [from, count, bits] = Array.isArray(a) ? a : [];
    const outer = string(from as Json, s);
    const n = Number(evaluate(count as Json, s));
    if (hasUnknown(outer)) return Array.from({ length: n }, () => outer);
    const whole = block(outer);
    const size = 2 ** Number(evaluate(bits ?? 8, s));
    if (!whole || size * n > whole.size)
      throw validationError('Template error: Fn::Cidr: the count and size do not fit the block');
    return Array.from({ length: n }, (_, i) => `${dotted(whole.first + i * size)}/${32 - Math.log2(size)}`);
  },
  'Fn::ImportValue': (a, s) => s.importValue(string(a, s)),
  'Fn::GetStackOutput': (a, s) => s.stackOutput(evaluateProperties(isObject(a) ? a : {}, s)),
  'Fn::ToJsonString': (a, s) => JSON.stringify(evaluate(a, s)),
  'Fn::Length': (a, s) => list(a, s, 'Fn::Length').length,
};

/** CloudFormation's functions. */
export const cloudFormationLanguage: Language = {
  noValue: 'AWS::NoValue',
  functions,
  unknownFunction: (name) => validationError(`Template error: ${name} is not supported`),
};

function dynamicReferences(text: string, scope: Scope): string {
  return text.replace(/\{\{resolve:([^:}]+):([^}]+)\}\}/g, (_whole, service: string, rest: string) => {
    if (service !== 'ssm') throw validationError(`Dynamic references to ${service} are not in the embedded cloud`);
    return scope.parameterStore(rest.replace(/:\d+$/, ''));
  });
}
