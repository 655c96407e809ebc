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
import { adviceOf, checkJson, isObject, WRITTEN } from '../schema/json-check';
import { linearPattern } from './linear-pattern';
import { clip } from './yaml-file';

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

/** What belongs to a keyword: the words for it, and whether a value is one. Schemas inside are looked into beside this. */
const VALUES: Readonly<Record<string, readonly [what: string, is: (value: unknown) => boolean]>> = {
  $schema: ['text', isText],
  type: [`one of ${TYPES.join(', ')}`, (value) => TYPES.includes(value as string)],
  enum: ['a list of at least one value', (value) => Array.isArray(value) && value.length > 0],
  const: ['a value', () => true],
  default: ['a value', () => true],
  description: ['text', isText],
  title: ['text', isText],
  examples: ['a list', Array.isArray],
  pattern: ['a regular expression in quotes', isText],
  patternErrorMessage: ['text', isText],
  minLength: ['a whole number from 0', isCount],
  maxLength: ['a whole number from 0', isCount],
  minimum: ['a number', Number.isFinite],
  maximum: ['a number', Number.isFinite],
  items: ['a schema: a mapping such as `{ type: string }`', isObject],
  minItems: ['a whole number from 0', isCount],
  maxItems: ['a whole number from 0', isCount],
  properties: ['a mapping of names to schemas', isObject],
  required: ['a list of names', (value) => Array.isArray(value) && value.every(isText)],
  additionalProperties: ['false, true or a schema', (value) => typeof value === 'boolean' || isObject(value)],
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
    const [what, is] = VALUES[keyword]!;
    if (!is(value)) refuse([keyword], { message: `${shown(value)} is not what belongs to ${keyword}`, fix: `write ${what}` });
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
  if (isText(schema.pattern)) {
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

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
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
