/** Keys that stand at another depth than they were meant to: the slip of indentation that YAML reads without a word. */
import type { Path } from '../findings/finding';
import { remove, set } from '../findings/remedy';
import type { JsonSchema } from '../model/profile';
import { ANY_KEY, checkJson, isObject, type Patterns, type SchemaProblem } from './json-check';

/** The problems; a key that is unknown where it stands and known beside it says where it belongs. */
export function misplaced(
  schema: JsonSchema,
  value: unknown,
  problems: readonly SchemaProblem[],
  patterns: Patterns,
): SchemaProblem[] {
  return problems.map((problem) => {
    if (problem.code !== 'UNKNOWN_KEY' || problem.meantAt !== undefined) return problem;
    const { path } = problem;
    const key = String(path.at(-1));
    const inner = valueAt(value, path);
    const target = [...before(value, path), ...around(path)].find((parent) =>
      belongs(schema, value, parent, key, inner, patterns),
    );
    if (target === undefined) return problem;
    const to = [...target, key];
    const deeper = to.length > path.length;
    const place = target.length === 0 ? 'at the top' : `under ${target.join('.')}`;
    return {
      ...problem,
      message: `the key ${JSON.stringify(key)} belongs ${place}: it is indented too ${deeper ? 'little' : 'much'}`,
      fix: `which is to indent it ${deeper ? 'further' : 'less'}`,
      write: [[...remove(path), ...set(to, inner)]],
      meantAt: to,
    };
  });
}

/** The problems without what follows from another: a key that is missing where another was meant to be it, and what it leaves empty. */
export function causes(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const places = problems.flatMap(({ meantAt }) => (meantAt === undefined ? [] : [meantAt]));
  const follows = ({ code, path }: SchemaProblem): boolean =>
    places.some((place) => {
      const parent = place.slice(0, -1).join('.');
      if (code === 'KEY_MISSING')
        return path.slice(0, -1).join('.') === parent && (place.at(-1) === ANY_KEY || place.at(-1) === path.at(-1));
      return code === 'WRONG_TYPE' && path.join('.') === parent;
    });
  return problems.filter((problem) => problem.meantAt !== undefined || !follows(problem));
}

/** Mappings that end right above the key: where it would stand if it were indented further. The deepest first. */
function before(value: unknown, path: Path): Path[] {
  const parent = valueAt(value, path.slice(0, -1));
  if (!isObject(parent)) return [];
  const keys = Object.keys(parent);
  const at = keys.indexOf(String(path.at(-1)));
  const found: Path[] = [];
  // Several keys in a row may have slipped out together.
  for (let i = at - 1; i >= 0 && found.length === 0; i--) {
    let place: Path = [...path.slice(0, -1), keys[i]!];
    let inner = parent[keys[i]!];
    while (inner === null || isObject(inner)) {
      found.unshift(place);
      const last = inner === null ? undefined : Object.keys(inner).at(-1);
      if (last === undefined) break;
      place = [...place, last];
      inner = (inner as Record<string, unknown>)[last];
    }
  }
  return found;
}

/** Mappings that the key's own stands in, from the inside out. */
function around(path: Path): Path[] {
  return path.slice(0, -1).map((_, i) => path.slice(0, path.length - 2 - i));
}

function belongs(schema: JsonSchema, value: unknown, parent: Path, key: string, inner: unknown, patterns: Patterns): boolean {
  const there = valueAt(value, parent);
  if (isObject(there) && Object.hasOwn(there, key)) return false;
  const own = schemaAt(schema, value, parent);
  const properties = isObject(own?.properties) ? (own.properties as Record<string, JsonSchema>) : {};
  const of = Object.hasOwn(properties, key)
    ? properties[key]
    : isObject(own?.additionalProperties) && isObject(inner)
      ? (own.additionalProperties as JsonSchema)
      : undefined;
  if (of === undefined) return false;
  const { problems } = checkJson(of, inner, patterns);
  // A mapping may itself lack what slipped out of it.
  return isObject(inner) ? problems.every(({ code }) => code === 'KEY_MISSING') : problems.length === 0;
}

/** The schema of a path; of several, the one that the value's constants choose. */
function schemaAt(schema: JsonSchema, value: unknown, path: Path): JsonSchema | undefined {
  let own: JsonSchema | undefined = chosen(schema, value);
  let inner = value;
  for (const step of path) {
    inner = isObject(inner) ? inner[step] : Array.isArray(inner) ? inner[Number(step)] : undefined;
    const properties = isObject(own?.properties) ? (own.properties as Record<string, JsonSchema>) : {};
    const next: unknown =
      typeof step === 'number' ? own?.items : Object.hasOwn(properties, step) ? properties[step] : own?.additionalProperties;
    own = isObject(next) ? chosen(next, inner) : undefined;
    if (own === undefined) return undefined;
  }
  return own;
}

function chosen(schema: JsonSchema, value: unknown): JsonSchema {
  if (!Array.isArray(schema.oneOf)) return schema;
  const fits = (option: JsonSchema): boolean =>
    Object.entries((option.properties ?? {}) as Record<string, JsonSchema>).every(
      ([key, { const: constant }]) => constant === undefined || (isObject(value) && value[key] === constant),
    );
  return (schema.oneOf as JsonSchema[]).find(fits) ?? schema;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (isObject(inner) || Array.isArray(inner) ? (inner as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}
