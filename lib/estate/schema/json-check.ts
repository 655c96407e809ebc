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
import type { Advice, Path } from '../findings/finding';
import { nearest } from '../findings/nearest';
import { below, type Remedy, remove, rename, set } from '../findings/remedy';
import type { JsonSchema } from '../model/profile';
import { linearPattern } from '../read/linear-pattern';
import { meant, narrow } from './meant';

export interface SchemaProblem {
  readonly path: Path;
  readonly code: SchemaCode;
  readonly message: string;
  readonly fix: string;
  /** The same as steps: their words come before those of `fix`. @default - only a person can tell */
  readonly write?: readonly Remedy[];
  /** Where the value was meant to stand, or under which key: what is missing there isn't told. @default - at its path */
  readonly meantAt?: Path;
  /** What the schema says of the value. */
  readonly description?: string;
}

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
export const OURS: Patterns = (pattern, text) => (regExp(pattern).test(text) ? undefined : `text that matches ${pattern}`);

/** Characters of a text that a profile's pattern is asked about; user-data has 16 KiB. */
const MOST_MATCHED = 65_536;

/** Patterns that people write; one that is none of RE2 was told where its profile is read. */
export const WRITTEN: Patterns = (pattern, text) => {
  if (text.length > MOST_MATCHED) return `at most ${MOST_MATCHED} characters`;
  const compiled = linearPattern(pattern);
  return 'wrong' in compiled || compiled.test(text) ? undefined : `text that matches ${pattern}`;
};

/** A scalar as it stands in its file: numbers may have zeros in front. */
export type Written = (path: Path) => string | undefined;

/** Everything that a schema refuses of a value, at once. */
export function checkJson(
  schema: JsonSchema,
  value: unknown,
  patterns: Patterns = OURS,
  written: Written = () => undefined,
): JsonChecked {
  const problems: Problems = Object.assign([], { patterns, written, guess: false });
  const checked = check(schema, value, [], problems);
  return { value: checked, problems: [...problems] };
}

/** What was found so far, and by which engine. */
type Problems = SchemaProblem[] & { readonly patterns: Patterns; readonly written: Written; readonly guess: boolean };

function check(schema: JsonSchema, value: unknown, path: Path, problems: Problems): unknown {
  if (Array.isArray(schema.oneOf)) return checkOneOf(schema.oneOf as JsonSchema[], value, path, problems);
  if (Array.isArray(schema.anyOf)) return checkAnyOf(schema, schema.anyOf as JsonSchema[], value, path, problems);
  const refuse = (code: SchemaCode, message: string, fix: string, write?: readonly Remedy[]): unknown => {
    const slip = slipOf(schema, value, path, problems);
    problems.push({
      path,
      code,
      ...(slip ?? { message, fix, ...(write !== undefined && { write }) }),
      ...(typeof schema.description === 'string' ? { description: schema.description } : {}),
    });
    return value;
  };
  const allowed = schema.const === undefined ? schema.enum : [schema.const];
  if (Array.isArray(allowed)) {
    if (allowed.some((one) => same(one, value))) return value;
    const near = typeof value === 'string' ? nearest(value, allowed.map(String)) : undefined;
    const list = allowed.map(plain).join(', ');
    const instead = near === undefined ? allowed.slice(0, 3) : allowed.filter((one) => String(one) === near).slice(0, 1);
    const write = instead.map((one) => set(path, one));
    return refuse(
      'VALUE_NOT_ALLOWED',
      `${show(value)} is none of ${list}`,
      allowed.length > 3 && near === undefined ? `or another of ${list}` : '',
      write,
    );
  }
  const type = schema.type;
  if (typeof type === 'string' && !isType(type, value)) {
    if (type === 'integer' && typeof value === 'number')
      return refuse(
        'VALUE_NOT_ALLOWED',
        `${show(value)} is not a whole number that can be counted with`,
        ...example(schema, path),
      );
    return refuse('WRONG_TYPE', `${kindOf(value)} where ${TYPE_WORDS[type] ?? type} belongs`, ...example(schema, path));
  }
  if (typeof value === 'string') {
    const wrong = checkText(schema, value, problems.patterns);
    if (wrong !== undefined) refuse('VALUE_NOT_ALLOWED', `${show(value)} is not allowed: ${wrong}`, ...example(schema, path));
  } else if (typeof value === 'number') {
    const wrong = bounds(value, schema.minimum, schema.maximum, '');
    if (wrong !== undefined)
      refuse('VALUE_NOT_ALLOWED', `${show(value)} is not allowed: ${wrong}`, wrong, [set(path, bound(value, schema))]);
  } else if (Array.isArray(value)) {
    const wrong = bounds(value.length, schema.minItems, schema.maxItems, ' of them');
    if (wrong !== undefined) refuse('VALUE_NOT_ALLOWED', `${value.length} of them: ${wrong}`, ...example(schema, path));
    const parted = problems.guess ? undefined : partedItems(schema, value, problems.patterns);
    if (parted !== undefined)
      return refuse(
        'VALUE_NOT_ALLOWED',
        `${show(value.find((item) => !parted.includes(item)))} is one item: items are parted by commas`,
        '',
        [set(path, parted)],
      );
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
        ...namedOtherwise(propertyNames as JsonSchema, key, at, value, problems, named),
      });
    } else if (Object.hasOwn(properties, key)) {
      filled[key] = check(properties[key]!, inner, at, problems);
    } else if (isObject(additional)) {
      filled[key] = check(additional, inner, at, problems);
    } else if (additional === false) {
      problems.push({ path: at, code: 'UNKNOWN_KEY', ...unknownKey(key, properties, value, at) });
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
  const [fix, write] = schema === undefined ? [`give \`${key}:\` its value`] : example(schema, path);
  problems.push({
    path,
    code: 'KEY_MISSING',
    message: `"${key}" is missing`,
    fix,
    ...(write !== undefined && { write }),
    ...description,
  });
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
  // What is missing stands in what a merge key would have brought: that one is told.
  else if (isObject(value['<<'])) {
    const merged = { ...value['<<'], ...value };
    check(
      options.find((o) => constants(o).every(([name, constant]) => merged[name] === constant)) ?? options[0]!,
      merged,
      path,
      problems,
    );
  } else missing(key, known, [...path, key], problems);
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
  const slip = options.map((o) => slipOf(o, value, path, problems)).find((one) => one !== undefined);
  const [fix, write] = example(schema, path);
  problems.push({
    path,
    code,
    ...(slip ?? { message, fix: `${words}${fix === '' ? '' : `; ${fix}`}`, ...(write !== undefined && { write }) }),
    ...description,
  });
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

/** The example of the schema, as what to write; without one, what belongs there in words. */
function example(schema: JsonSchema, path: Path): [fix: string, write?: readonly Remedy[]] {
  const first = Array.isArray(schema.examples) ? schema.examples[0] : schema.default;
  if (first === undefined) return [`${TYPE_WORDS[String(schema.type)] ?? 'a value that the schema takes'} belongs there`];
  return ['which is an example', [set(path, first)]];
}

/** What to write instead, for a value that stands under a path of a file. */
export function adviceOf({ fix, write }: SchemaProblem, under: Path = []): Advice {
  if (write === undefined) return { fix };
  const steps = write.map((remedy) => remedy.map((step) => below(step, under)));
  return { write: steps, ...(fix !== '' && { fix }) };
}

/** The nearest number that is allowed. */
function bound(value: number, { minimum, maximum }: JsonSchema): number {
  return typeof minimum === 'number' && value < minimum ? minimum : Number(maximum);
}

/** Stands for every key of a mapping. */
export const ANY_KEY = '*';

/** What was meant, where it is an ordinary slip. */
function slipOf(
  schema: JsonSchema,
  value: unknown,
  path: Path,
  problems: Problems,
): Pick<SchemaProblem, 'message' | 'fix' | 'write'> | undefined {
  if (problems.guess) return undefined;
  const written = problems.written(path);
  const found = meant(schema, value, written, (guess) => takes(schema, guess, problems.patterns));
  if (found === undefined) return undefined;
  const shown =
    typeof value === 'object' ? kindOf(value) : written !== undefined && written !== String(value) ? written : show(value);
  return {
    message: `${shown} is not what belongs here: ${found.slip}`,
    fix: typeof value === 'string' && schema.type === 'string' ? (checkText(schema, value, problems.patterns) ?? '') : '',
    write: [set(path, found.value)],
  };
}

/** The items of a list some of whose commas are none: full-width ones, or those of a text; of a list of one, spaces too. */
function partedItems(schema: JsonSchema, value: readonly unknown[], patterns: Patterns): unknown[] | undefined {
  const between = value.length === 1 ? /[,，、;；\s]+/ : /\s*[,，、;；]+\s*/;
  const items = value.flatMap((item) => (typeof item === 'string' ? item.split(between).filter((part) => part !== '') : [item]));
  return items.length > value.length && !takes(schema, value, patterns) && takes(schema, items, patterns) ? items : undefined;
}

/** Whether a schema takes a value; nothing is told. */
export function takes(schema: JsonSchema, value: unknown, patterns: Patterns = OURS): boolean {
  const problems: Problems = Object.assign([], { patterns, written: () => undefined, guess: true });
  check(schema, value, [], problems);
  return problems.length === 0;
}

/** A key that a mapping doesn't have: another spelling of one, or nothing. */
function unknownKey(
  key: string,
  properties: Record<string, JsonSchema>,
  value: Record<string, unknown>,
  at: Path,
): Omit<SchemaProblem, 'path' | 'code'> {
  const known = Object.keys(properties);
  const list = known.length === 0 ? 'nothing may stand here' : `known here: ${known.join(', ')}`;
  if (key === '<<') {
    const write = isObject(value['<<'])
      ? [
          [
            ...remove(at),
            ...Object.entries(value['<<']).flatMap(([name, inner]) =>
              Object.hasOwn(value, name) ? [] : set([...at.slice(0, -1), name], inner),
            ),
          ],
        ]
      : [remove(at)];
    return {
      message: 'the merge key << merges nothing: YAML 1.2 has none',
      fix: 'the keys stand in full where they belong',
      write,
      meantAt: [...at.slice(0, -1), ANY_KEY],
    };
  }
  const open = known.filter((name) => !Object.hasOwn(value, name));
  const plain = (name: string): string =>
    narrow(name)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  const near = open.find((name) => plain(name) === plain(key)) ?? nearest(key, open);
  if (near !== undefined) {
    const slip =
      plain(near) === plain(key)
        ? near.toLowerCase() === key.toLowerCase()
          ? ': capital letters are others'
          : ': keys are written in one word, with capitals inside'
        : '';
    return {
      message: `unknown key ${show(key)}${slip}`,
      fix: '',
      write: [rename(at, near)],
      meantAt: [...at.slice(0, -1), near],
    };
  }
  return { message: `unknown key ${show(key)}`, fix: list, write: [remove(at)] };
}

/** A name that can't stand there: the same without what is wrong with it. */
function namedOtherwise(
  schema: JsonSchema,
  key: string,
  at: Path,
  value: Record<string, unknown>,
  { patterns }: Problems,
  rule: string,
): Pick<SchemaProblem, 'fix' | 'write'> {
  const takes = (name: unknown): boolean =>
    typeof name === 'string' && !Object.hasOwn(value, name) && checkText(schema, name, patterns) === undefined;
  const found = meant({ type: 'string' }, key, undefined, takes);
  return found === undefined
    ? { fix: `a name is ${rule}` }
    : { fix: `a name is ${rule}`, write: [rename(at, String(found.value))] };
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
