/**
 * The parameters of a profile: a documented subset of JSON Schema (draft 7), small enough to be understood whole.
 *
 *   type (string, integer, number, boolean, object, array)   enum   const   default   description   title   examples
 *   pattern   minLength   maxLength   minimum   maximum   items   minItems   maxItems
 *   properties   required   additionalProperties
 *
 * Patterns are JavaScript's without what looks around or back: RE2 runs them. Any other keyword is refused where the profile is read, so that none is silently without effect.
 */
import { type Advice, advised, type Finding, type Path } from '../findings/finding';
import { nearest } from '../findings/nearest';
import { rename } from '../findings/remedy';
import type { JsonSchema } from '../model/profile';
import { adviceOf, checkJson, isObject, takes, WRITTEN } from '../schema/json-check';
import { linearPattern } from './linear-pattern';
import { clip } from './yaml-file';

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

const TEXT = { type: 'string', description: 'text' };
const COUNT = { type: 'integer', minimum: 0, description: 'a whole number from 0' };
const NUMBER = { type: 'number', description: 'a number' };
const LIST = { type: 'array', description: 'a list' };

/** What belongs to a keyword, with the words for it as its description. Schemas inside are looked into beside this. */
const VALUES: Readonly<Record<string, JsonSchema>> = {
  $schema: TEXT,
  type: { enum: TYPES, description: `one of ${TYPES.join(', ')}` },
  enum: { ...LIST, minItems: 1, description: 'a list of at least one value' },
  const: {},
  default: {},
  description: TEXT,
  title: TEXT,
  examples: LIST,
  pattern: { ...TEXT, description: 'a regular expression in quotes' },
  patternErrorMessage: TEXT,
  minLength: COUNT,
  maxLength: COUNT,
  minimum: NUMBER,
  maximum: NUMBER,
  items: { type: 'object', description: 'a schema: a mapping such as `{ type: string }`' },
  minItems: COUNT,
  maxItems: COUNT,
  properties: { type: 'object', description: 'a mapping of names to schemas' },
  required: { ...LIST, items: TEXT, description: 'a list of names' },
  additionalProperties: { anyOf: [{ type: 'boolean' }, { type: 'object' }], description: 'false, true or a schema' },
};

const KEYWORDS = Object.keys(VALUES);

export type ParameterProblem = Pick<Finding, 'message' | 'why'> & Advice & { readonly path: Path };

const NO_EFFECT = 'a keyword without effect would let wrong parameters through';
const NOTHING_WITHIN = 'no value is within them';
const BOUNDS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
] as const;
const UNBOUNDED =
  'patterns are matched by RE2, whose time grows with the text and no faster: no profile keeps a validation from ending';

/** What is wrong with the schema of a profile's parameters. */
export function checkParameters(schema: JsonSchema): ParameterProblem[] {
  const { type } = schema;
  const root: ParameterProblem[] =
    type === undefined || type === 'object' || !TYPES.includes(type as string)
      ? []
      : [
          {
            path: ['type'],
            message: `parameters are no ${String(type)}`,
            why: 'each has a name',
            fix: 'write `type: object`, and the parameters under `properties`',
          },
        ];
  return [...root, ...checkParameterSchema(schema)];
}

/** What is wrong with a schema itself. */
export function checkParameterSchema(schema: unknown, path: readonly string[] = []): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  const refuse = (at: Path, told: { message: string; why?: string } & Advice): void => {
    problems.push({ path: [...path, ...at], why: NO_EFFECT, ...told });
  };
  if (!isObject(schema)) {
    refuse([], { message: 'a schema is a mapping', fix: 'write for example `{ type: string }`' });
    return problems;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (!Object.hasOwn(VALUES, keyword)) {
      const near = nearest(keyword, KEYWORDS);
      const free = near !== undefined && !Object.hasOwn(schema, near);
      const advice = free ? { write: [rename([...path, keyword], near)] } : { fix: `use ${KEYWORDS.slice(1).join(', ')}` };
      refuse([keyword], { message: `the keyword ${shown(keyword)} is not known here`, ...advice });
      continue;
    }
    const belongs = VALUES[keyword]!;
    if (takes(belongs, value)) continue;
    refuse([keyword], {
      message: `${shown(value)} is not what belongs to ${keyword}`,
      fix: `write ${String(belongs.description)}`,
    });
  }
  const inside: [string[], unknown][] = [
    ...Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([name, inner]): [string[], unknown] => [
      ['properties', name],
      inner,
    ]),
    ...['items', 'additionalProperties']
      .filter((keyword) => isObject(schema[keyword]))
      .map((keyword): [string[], unknown] => [[keyword], schema[keyword]]),
  ];
  for (const [at, inner] of inside) problems.push(...checkParameterSchema(inner, [...path, ...at]));
  for (const [least, most] of BOUNDS) {
    const [low, high] = [schema[least], schema[most]];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) continue;
    refuse([most], {
      message: `${most} ${high} is under ${least} ${low}`,
      why: NOTHING_WITHIN,
      fix: `write \`${most}: ${low}\` or more`,
    });
  }
  if (typeof schema.pattern === 'string') {
    const pattern = linearPattern(schema.pattern);
    if ('wrong' in pattern) refuse(['pattern'], { message: pattern.wrong, fix: pattern.fix, why: UNBOUNDED });
  }
  if (problems.length === 0 && schema.default !== undefined) {
    for (const problem of checkJson(schema, schema.default, WRITTEN).problems) {
      refuse(['default'], {
        message: `the default is refused by the schema: ${problem.message}`,
        fix: advised('', ['default'], adviceOf(problem, ['default'])).fix,
      });
    }
  }
  return problems;
}

function shown(value: unknown): string {
  return clip(JSON.stringify(value) ?? 'nothing');
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
