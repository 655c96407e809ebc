/**
 * Checks plain values against JSON Schema (draft 7) and fills in defaults. One checker for everything that people write:
 * the files of an estate, whose schemas are made from zod and read by editors too, and the parameters of profiles.
 *
 *   type (string, integer, number, boolean, object, array)   enum   const   default   description   title   examples
 *   pattern (patternErrorMessage)   format: ipv4, ipv4-range, ipv4-range-or-word   minLength   maxLength   minimum   maximum
 *   items   minItems   maxItems   properties   required   additionalProperties   propertyNames
 *   oneOf: objects told apart by a `const` property   anyOf: values told apart by their type
 *
 * zod itself is not loaded to read an estate: it takes as long as all other work of `meissa validate` together.
 */
import { parseCidr, parseIpv4 } from '../addresses/cidr';
import type { Path } from '../findings/finding';
import { nearest } from '../findings/nearest';
import type { JsonSchema } from '../model/profile';
import { linearPattern } from '../read/linear-pattern';

export interface SchemaProblem {
  readonly path: Path;
  readonly code: SchemaCode;
  readonly message: string;
  readonly fix: string;
  /** What the schema says of the value. */
  readonly description?: string;
}

/** How a value that isn't text becomes it. */
export const inQuotes = (text: string): string => `write it in quotes: "${text}"`;

/** Codes of what a schema refuses, with the reason that holds for all of them. */
export const SCHEMA_CODES = {
  UNKNOWN_KEY: 'a key that nothing reads would be a wish that is silently not fulfilled',
  KEY_MISSING: 'there is no default that would be right for everybody',
  WRONG_TYPE: 'a value of another type means something else than what was written',
  VALUE_NOT_ALLOWED: 'nothing else works here',
  NAME_NOT_ALLOWED: 'names become part of host names, stack names and logical ids',
} as const;

export type SchemaCode = keyof typeof SCHEMA_CODES;

export interface JsonChecked {
  /** The value with its defaults; to be trusted only without problems. */
  readonly value: unknown;
  readonly problems: readonly SchemaProblem[];
}

/** Who wrote the schema: its patterns are run by JavaScript's engine where they are ours, and by RE2 where they are anybody's. */
export type Patterns = (pattern: string, text: string) => string | undefined;

/** Patterns of the files' own schemas. A test holds that each of them ends. */
const OURS: Patterns = (pattern, text) => (regExp(pattern).test(text) ? undefined : `text that matches ${pattern}`);

/** Characters of a text that a profile's pattern is asked about; user-data has 16 KiB. */
const MOST_MATCHED = 65_536;

/** Patterns that people write; one that is none of RE2 was told where its profile is read. */
export const WRITTEN: Patterns = (pattern, text) => {
  if (text.length > MOST_MATCHED) return `at most ${MOST_MATCHED} characters`;
  const compiled = linearPattern(pattern);
  return 'wrong' in compiled || compiled.test(text) ? undefined : `text that matches ${pattern}`;
};

/** Everything that a schema refuses of a value, at once. */
export function checkJson(schema: JsonSchema, value: unknown, patterns: Patterns = OURS): JsonChecked {
  const problems: Problems = Object.assign([], { patterns });
  return { value: check(schema, value, [], problems), problems: [...problems] };
}

/** What was found so far, and by which engine. */
type Problems = SchemaProblem[] & { readonly patterns: Patterns };

function check(schema: JsonSchema, value: unknown, path: Path, problems: Problems): unknown {
  if (Array.isArray(schema.oneOf)) return checkOneOf(schema.oneOf as JsonSchema[], value, path, problems);
  if (Array.isArray(schema.anyOf)) return checkAnyOf(schema, schema.anyOf as JsonSchema[], value, path, problems);
  const refuse = (code: SchemaCode, message: string, fix: string): unknown => {
    problems.push({
      path,
      code,
      message,
      fix,
      ...(typeof schema.description === 'string' ? { description: schema.description } : {}),
    });
    return value;
  };
  const allowed = schema.const === undefined ? schema.enum : [schema.const];
  if (Array.isArray(allowed)) {
    if (allowed.some((one) => same(one, value))) return value;
    const near = typeof value === 'string' ? nearest(value, allowed.map(String)) : undefined;
    const list = allowed.map(plain).join(', ');
    const fix = near !== undefined ? `write ${near}` : allowed.length === 1 ? `write ${list}` : `write one of ${list}`;
    return refuse('VALUE_NOT_ALLOWED', `${show(value)} is none of ${list}`, fix);
  }
  const type = schema.type;
  if (typeof type === 'string' && !isType(type, value)) {
    if (type === 'integer' && typeof value === 'number')
      return refuse('VALUE_NOT_ALLOWED', `${show(value)} is not a whole number that can be counted with`, example(schema, path));
    const quotes = type === 'string' && (typeof value === 'number' || typeof value === 'boolean');
    return refuse(
      'WRONG_TYPE',
      `${kindOf(value)} where ${TYPE_WORDS[type] ?? type} belongs`,
      quotes ? inQuotes(String(value)) : example(schema, path),
    );
  }
  if (typeof value === 'string') {
    const wrong = checkText(schema, value, problems.patterns);
    if (wrong !== undefined) refuse('VALUE_NOT_ALLOWED', `${show(value)} is not allowed: ${wrong}`, example(schema, path));
  } else if (typeof value === 'number') {
    const wrong = bounds(value, schema.minimum, schema.maximum, '');
    if (wrong !== undefined) refuse('VALUE_NOT_ALLOWED', `${show(value)} is not allowed: ${wrong}`, `write ${wrong}`);
  } else if (Array.isArray(value)) {
    const wrong = bounds(value.length, schema.minItems, schema.maxItems, ' of them');
    if (wrong !== undefined) refuse('VALUE_NOT_ALLOWED', `${value.length} of them: ${wrong}`, example(schema, path));
    const items = schema.items;
    if (isObject(items)) return value.map((item, i) => check(items, item, [...path, i], problems));
  } else if (isObject(value)) {
    return checkObject(schema, value, path, problems);
  }
  return value;
}

function checkObject(
  schema: JsonSchema,
  value: Record<string, unknown>,
  path: Path,
  problems: Problems,
): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const { additionalProperties: additional, propertyNames } = schema;
  const filled: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key];
    const named = isObject(propertyNames) ? checkText(propertyNames, key, problems.patterns) : undefined;
    if (named !== undefined) {
      problems.push({
        path: at,
        code: 'NAME_NOT_ALLOWED',
        message: `the name ${show(key)} is not allowed`,
        fix: `write ${named}`,
      });
    } else if (Object.hasOwn(properties, key)) {
      filled[key] = check(properties[key]!, inner, at, problems);
    } else if (isObject(additional)) {
      filled[key] = check(additional, inner, at, problems);
    } else if (additional === false) {
      const known = Object.keys(properties);
      const near = nearest(key, known);
      const list = known.length === 0 ? 'leave it out: nothing may stand here' : `leave it out; known here: ${known.join(', ')}`;
      problems.push({
        path: at,
        code: 'UNKNOWN_KEY',
        message: `unknown key ${show(key)}`,
        fix: near === undefined ? list : `write "${near}"`,
      });
    } else {
      filled[key] = inner;
    }
  }
  for (const [key, inner] of Object.entries(properties)) {
    // A default may itself leave keys out that have defaults.
    if (!Object.hasOwn(value, key) && inner.default !== undefined)
      filled[key] = check(inner, inner.default, [...path, key], problems);
  }
  for (const key of Array.isArray(schema.required) ? schema.required.map(String) : []) {
    if (!Object.hasOwn(value, key)) missing(key, properties[key], [...path, key], problems);
  }
  return filled;
}

function missing(key: string, schema: JsonSchema | undefined, path: Path, problems: Problems): void {
  const description = typeof schema?.description === 'string' ? { description: schema.description } : {};
  const fix = schema === undefined ? `write \`${key}:\` and its value` : example(schema, path);
  problems.push({ path, code: 'KEY_MISSING', message: `"${key}" is missing`, fix, ...description });
}

/** Picks the option whose `const` properties the value has; tells of the property when there is none. */
function checkOneOf(options: readonly JsonSchema[], value: unknown, path: Path, problems: Problems): unknown {
  const constants = (option: JsonSchema): [string, unknown][] =>
    Object.entries((option.properties ?? {}) as Record<string, JsonSchema>).flatMap(([key, s]) =>
      s.const === undefined ? [] : [[key, s.const]],
    );
  if (!isObject(value))
    return check(
      { type: 'object', examples: [{ [constants(options[0]!)[0]?.[0] ?? 'kind']: constants(options[0]!)[0]?.[1] }] },
      value,
      path,
      problems,
    );
  const option = options.find((o) => constants(o).every(([key, constant]) => value[key] === constant));
  if (option !== undefined) return check(option, value, path, problems);
  const key = constants(options[0]!)[0]?.[0] ?? '';
  const known = {
    enum: options.flatMap((o) => constants(o).map(([, constant]) => constant)),
    examples: [constants(options[0]!)[0]?.[1]],
  };
  if (Object.hasOwn(value, key)) check(known, value[key], [...path, key], problems);
  else missing(key, known, [...path, key], problems);
  return value;
}

/** Checks by the option of the value's type; each type has one. */
function checkAnyOf(schema: JsonSchema, options: readonly JsonSchema[], value: unknown, path: Path, problems: Problems): unknown {
  const option = options.find((o) => typeof o.type === 'string' && isType(o.type, value));
  const words = options
    .map((o) => (o.const === undefined ? (TYPE_WORDS[String(o.type)] ?? String(o.type)) : plain(o.const)))
    .join(' or ');
  if (option !== undefined && (option.const === undefined || same(option.const, value)))
    return check(option, value, path, problems);
  const description = typeof schema.description === 'string' ? { description: schema.description } : {};
  const code = option === undefined ? 'WRONG_TYPE' : 'VALUE_NOT_ALLOWED';
  const message = `${kindOf(value)} where ${words} belongs`;
  problems.push({ path, code, message, fix: `write ${words}; for example ${exampleText(schema, path)}`, ...description });
  return value;
}

function checkText(schema: JsonSchema, text: string, patterns: Patterns): string | undefined {
  const wrong = bounds(text.length, schema.minLength, schema.maxLength, ' characters');
  if (wrong !== undefined) return text === '' ? 'some text' : wrong;
  const rule =
    typeof schema.patternErrorMessage === 'string' ? schema.patternErrorMessage : `text that matches ${String(schema.pattern)}`;
  if (typeof schema.pattern === 'string') {
    const wrong = patterns(schema.pattern, text);
    if (wrong !== undefined) return typeof schema.patternErrorMessage === 'string' ? schema.patternErrorMessage : wrong;
  }
  if (schema.format === 'ipv4' && parseIpv4(text) === undefined) return rule;
  const range = schema.format === 'ipv4-range' || (schema.format === 'ipv4-range-or-word' && text.includes('/'));
  if (range && parseCidr(text) === undefined) return 'an IPv4 range whose address is aligned to its length';
  return undefined;
}

const compiled = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  let known = compiled.get(pattern);
  if (known === undefined) {
    known = new RegExp(pattern, 'u');
    compiled.set(pattern, known);
  }
  return known;
}

function bounds(size: number, least: unknown, most: unknown, unit: string): string | undefined {
  if (typeof least === 'number' && size < least) return `at least ${least}${unit}`;
  if (typeof most === 'number' && size > most) return `at most ${most}${unit}`;
  return undefined;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function isType(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** ``write for example `count: 3` ``. */
function example(schema: JsonSchema, path: Path): string {
  const first = Array.isArray(schema.examples) ? schema.examples[0] : schema.default;
  if (first === undefined) return `write ${TYPE_WORDS[String(schema.type)] ?? 'a value that the schema takes'}`;
  return `write for example ${exampleText(schema, path)}`;
}

/** `` `count: 3` ``. */
function exampleText(schema: JsonSchema, path: Path): string {
  const first = Array.isArray(schema.examples) ? schema.examples[0] : schema.default;
  const key = path.at(-1);
  const text = typeof first === 'string' ? (/^\d+$/.test(first) ? `"${first}"` : first) : JSON.stringify(first);
  return `\`${typeof key === 'string' ? `${key}: ` : '- '}${text}\``;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text ${show(value)}` : `the ${typeof value} ${String(value)}`;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value as it was written, but never a screen of it. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
