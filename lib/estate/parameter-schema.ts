/**
 * The parameters of a profile: a documented subset of JSON Schema (draft 7), small enough to be understood whole.
 *
 *   type (string, integer, number, boolean, object, array)   enum   const   default   description   title   examples
 *   pattern   minLength   maxLength   minimum   maximum   items   minItems   maxItems
 *   properties   required   additionalProperties
 *
 * Any other keyword is refused where the profile is read, so that none is silently without effect.
 */
import { nearest } from './nearest';
import type { JsonSchema } from './profile';
import { checkJson, isObject } from './schema/json-check';

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

const KEYWORDS = [
  ...[
    '$schema',
    'type',
    'enum',
    'const',
    'default',
    'description',
    'title',
    'examples',
    'pattern',
    'patternErrorMessage',
    'minLength',
    'maxLength',
  ],
  ...['minimum', 'maximum', 'items', 'minItems', 'maxItems', 'properties', 'required', 'additionalProperties'],
];

export interface ParameterProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly fix: string;
}

/** What is wrong with a schema itself. */
export function checkParameterSchema(schema: unknown, path: readonly string[] = []): ParameterProblem[] {
  if (!isObject(schema)) return [{ path, message: 'a schema is a mapping', fix: 'write for example `{ type: string }`' }];
  const problems: ParameterProblem[] = [];
  for (const keyword of Object.keys(schema)) {
    if (KEYWORDS.includes(keyword)) continue;
    const near = nearest(keyword, KEYWORDS);
    const fix = near === undefined ? `use ${KEYWORDS.slice(1).join(', ')}` : `write "${near}"`;
    problems.push({ path: [...path, keyword], message: `the keyword "${keyword}" is not known here`, fix });
  }
  if (schema.type !== undefined && !TYPES.includes(String(schema.type))) {
    problems.push({
      path: [...path, 'type'],
      message: `${JSON.stringify(schema.type)} is no type`,
      fix: `use one of ${TYPES.join(', ')}`,
    });
  }
  if (schema.pattern !== undefined && !compiles(schema.pattern)) {
    problems.push({ path: [...path, 'pattern'], message: 'the pattern is not a regular expression', fix: 'correct the pattern' });
  }
  for (const [name, inner] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    problems.push(...checkParameterSchema(inner, [...path, 'properties', name]));
  }
  if (schema.items !== undefined) problems.push(...checkParameterSchema(schema.items, [...path, 'items']));
  if (isObject(schema.additionalProperties)) {
    problems.push(...checkParameterSchema(schema.additionalProperties, [...path, 'additionalProperties']));
  }
  if (problems.length === 0 && schema.default !== undefined) {
    for (const problem of checkJson(schema, schema.default).problems) {
      problems.push({
        path: [...path, 'default'],
        message: `the default is refused by the schema: ${problem.message}`,
        fix: problem.fix,
      });
    }
  }
  return problems;
}

/** Defaults of an object schema's properties, nested ones included. */
export function parameterDefaults(schema: JsonSchema): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    if (!isObject(inner)) continue;
    if (inner.default !== undefined) defaults[name] = inner.default;
    else if (isObject(inner.properties)) {
      const nested = parameterDefaults(inner);
      if (Object.keys(nested).length > 0) defaults[name] = nested;
    }
  }
  return defaults;
}

function compiles(text: unknown): boolean {
  try {
    return typeof text === 'string' && new RegExp(text, 'u') !== undefined;
  } catch {
    return false;
  }
}
