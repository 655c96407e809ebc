/** What a context says at the paths that are read of it, as one text: two contexts that say the same render the same. */
import { ASKED, type ContextPath, type TemplateContext } from './template-context';

/** Asked at the same paths by many pieces. */
const said = new WeakMap<TemplateContext, Map<string, string>>();

/** Paths by their names joined, each once. */
export type Reads = ReadonlyMap<string, ContextPath>;

export function readsFrom(paths: readonly ContextPath[]): Reads {
  return new Map(paths.map((path) => [path.join('\0'), path]));
}

/** The key of a context for what reads only these paths. */
export function readOf(context: TemplateContext, paths: Reads): string {
  const known = said.get(context) ?? new Map<string, string>();
  said.set(context, known);
  let key = '';
  for (const [name, path] of paths) {
    let text = known.get(name);
    if (text === undefined) {
      text = at(context, path);
      known.set(name, text);
    }
    key += `${text}\n`;
  }
  return key;
}

/** How far the path goes, and what stands there: to `if`, `unless` and `not` an empty list is as good as none, or not. Of a first name that is missing, which can only be an element's, that alone. */
function at(context: TemplateContext, path: ContextPath): string {
  let value: unknown = context;
  let steps = 0;
  for (const name of path) {
    if (name === ASKED) return `${steps}${Boolean(value)}${Array.isArray(value) && value.length === 0}`;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) break;
    value = (value as Record<string, unknown>)[name];
    steps++;
  }
  return steps === 0 && path.length > 0 ? '' : `${steps}${json(value)}`;
}

/** Asking a function for every value of it takes three times as long: only where one of them may be what JSON has no word for. */
function json(value: unknown): string | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text?.includes('null') ? JSON.stringify(value, exactly) : text;
}

/** JSON has no word for these. */
function exactly(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}
