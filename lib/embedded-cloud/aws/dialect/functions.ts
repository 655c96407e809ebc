import type { Scope } from '../../../engine/evaluate';
import {
  evaluate,
  evaluateInner,
  evaluateProperties,
  getAtt,
  type Language,
  substitute,
  type TemplateFunction,
  textOf,
} from '../../../engine/evaluate';
import { isObject, type Json, type JsonObject } from '../../../engine/json';
import { hasUnknown, unknown } from '../../../engine/unknown';
import { block, dotted } from '../../ipv4';
import { validationError } from '../aws-error';
import { base64 } from '../base64';
import { zonesOf } from '../world/zones';

/** What a template reads from outside of its stack. */
export interface Outside {
  importValue(name: string): Json;
  stackOutput(query: JsonObject): Json;
  /** `{{resolve:ssm:name}}`. */
  parameterStore(name: string): string;
}

const list = (value: Json, scope: Scope, what: string): Json[] => {
  const v = evaluate(value, scope);
  if (Array.isArray(v)) return v;
  if (hasUnknown(v)) return [v];
  throw validationError(`Template error: ${what} object requires a list`);
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
    return textOf(from as Json, s).split(String(separator));
  },
  'Fn::If': (a, s) => {
    if (!Array.isArray(a) || a.length !== 3)
      throw validationError('Template error: Fn::If requires a list argument with three elements');
    return evaluateInner((s.condition(String(a[0])) ? a[1] : a[2]) as Json, s);
  },
  'Fn::Base64': (a, s) => {
    const text = textOf(a, s);
    return hasUnknown(text) ? text : base64(text);
  },
  'Fn::FindInMap': (a, s) => {
    const [map, top, second, extra] = Array.isArray(a) ? a : [];
    const keys = [map, top, second].map((k) => textOf(k as Json, s));
    const found = (s.mappings[keys[0] as string]?.[keys[1] as string] as JsonObject | undefined)?.[keys[2] as string];
    if (found !== undefined) return found;
    if (hasUnknown(keys)) return unknown(keys.join('.'));
    if (isObject(extra) && extra.DefaultValue !== undefined) return evaluateInner(extra.DefaultValue, s);
    throw validationError(`Template error: Unable to get mapping for ${keys.join('::')}`);
  },
  'Fn::GetAZs': (a, s) => zonesOf(textOf(a, s) || s.region),
  'Fn::Cidr': (a, s) => {
    const [from, count, bits] = Array.isArray(a) ? a : [];
    const outer = textOf(from as Json, s);
    const n = Number(evaluate(count as Json, s));
    if (hasUnknown(outer)) return Array.from({ length: n }, () => outer);
    const whole = block(outer);
    const size = 2 ** Number(evaluate(bits ?? 8, s));
    if (!whole || size * n > whole.size)
      throw validationError('Template error: Fn::Cidr: the count and size do not fit the block');
    return Array.from({ length: n }, (_, i) => `${dotted(whole.first + i * size)}/${32 - Math.log2(size)}`);
  },
};

/** CloudFormation's template language. */
export const cloudFormationLanguage = (outside: Outside): Language => ({
  noValue: 'AWS::NoValue',
  functions: {
    ...functions,
    'Fn::ImportValue': (a, s) => outside.importValue(textOf(a, s)),
    'Fn::GetStackOutput': (a, s) => outside.stackOutput(evaluateProperties(isObject(a) ? a : {}, s)),
  },
  dynamic: (text) =>
    text.replace(/\{\{resolve:([^:}]+):([^}]+)\}\}/g, (_whole, service: string, rest: string) => {
      if (service !== 'ssm') throw validationError(`Dynamic references to ${service} are not in the embedded cloud`);
      return outside.parameterStore(rest.replace(/:\d+$/, ''));
    }),
  unknownFunction: (name) => validationError(`Template error: ${name} is not supported`),
});
