import { refused } from './engine-error';
import { isObject, type Json, type JsonObject } from './json';
import { attributeReference } from './references';

/** What a template language's functions are. */
export interface Language {
  /** `Ref` of it takes the property away. */
  noValue: string;
  /** What becomes of a text that holds `{{resolve:`. */
  dynamic(text: string): string;
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
}

/** What `Ref` of the language's `noValue` gives: the property that has it isn't there. */
export const absent = Symbol('NoValue');
/** A value, or none. */
export type Value = Json | typeof absent;

/** Evaluates every function inside a value. */
export function evaluate(value: Json, scope: Scope): Json {
  const result = evaluateInner(value, scope);
  return result === absent ? '' : result;
}

/** Evaluates an object's properties; those that become none are dropped. */
export function evaluateProperties(properties: JsonObject | undefined, scope: Scope): JsonObject {
  const result = evaluateInner(properties ?? {}, scope);
  return isObject(result) ? result : {};
}

/** Evaluates a value that may turn out not to be there. */
export function evaluateInner(value: Json, scope: Scope): Value {
  if (typeof value === 'string') return value.includes('{{resolve:') ? scope.language.dynamic(value) : value;
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

/** A value that must be one text. */
export const textOf = (value: Json, scope: Scope): string => {
  const v = evaluate(value, scope);
  if (isObject(v) || Array.isArray(v)) throw refused('Template error: every value of a string function must be a string');
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
    if (name in own) return textOf(own[name] as Json, s);
    const dot = name.indexOf('.');
    const value = dot < 0 ? reference(name, s) : s.attribute(name.slice(0, dot), name.slice(dot + 1));
    return value === absent ? '' : Array.isArray(value) ? value.join(',') : String(value);
  });
};
