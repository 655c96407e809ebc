/** Which variable a template names that isn't there, and which is there instead. */
import { nearest } from '../estate/findings/nearest';
import type { TemplateContext } from './template-context';

/** A path as it is written, `../region.name`, and what it is looked up in. */
export interface FoundPath {
  readonly original: string;
  readonly parts: readonly string[];
  /** How many of the blocks it leads out of. */
  readonly depth: number;
  /** Every `each` and `with` around it, the outermost first. */
  readonly blocks: readonly FoundBlock[];
}

export interface FoundBlock {
  /** Of what it is given, where that is a path. */
  readonly path?: Pick<FoundPath, 'parts' | 'depth'>;
  /** Its context is an element of that. */
  readonly each: boolean;
}

export interface Missing {
  /** The whole path as its author wrote it. */
  readonly written: string;
  /** The path that was meant. @default - none is near */
  readonly meant?: string;
  /** How far another path leads, where only its beginning is near, and the name that isn't there. */
  readonly near?: { readonly path: string; readonly lacks: string };
  /** Names that stand where the missing one was looked for. */
  readonly candidates: readonly string[];
}

/** @param missing the last name of the path: Handlebars tells no more, though an earlier one may be what is missing */
export function missingVariable(missing: string, context: TemplateContext, paths: readonly FoundPath[]): Missing {
  for (const path of paths) {
    if (!path.parts.includes(missing)) continue;
    const around = contextOf(context, path);
    const found = resolved(around, path.parts);
    if (found.whole) continue;
    const { original, parts } = path;
    const plain = parts.join('.');
    const before = original.endsWith(plain) ? original.slice(0, original.length - plain.length) : '';
    const { meant, near } = found;
    return {
      written: original,
      candidates: found.candidates,
      ...(meant !== undefined && { meant: before + meant.join('.') }),
      ...(near !== undefined && { near: { ...near, path: before + near.path } }),
    };
  }
  return { written: missing, candidates: Object.keys(context) };
}

/** Goes along a path as far as it leads; a name that isn't there is taken for the nearest, so that all of a path is mended at once. */
function resolved(from: unknown, parts: readonly string[]) {
  let at = from;
  let candidates: readonly string[] | undefined;
  const meant: string[] = [];
  for (const part of parts) {
    const names = isObject(at) ? Object.keys(at) : [];
    const name = names.includes(part) ? part : nearest(part, names);
    if (name !== part) candidates ??= names;
    if (name === undefined) {
      // An earlier name was wrong: it is known which one was meant, and not what of it.
      const near = candidates !== undefined && candidates !== names ? { path: meant.join('.'), lacks: part } : undefined;
      return { whole: false, candidates: near === undefined ? (candidates ?? names) : names, near };
    }
    meant.push(name);
    at = (at as Record<string, unknown>)[name];
  }
  return { whole: candidates === undefined, candidates: candidates ?? [], meant };
}

/** What a path is looked up in: of `each` the first element, since all are alike. Undefined where there is none. */
function contextOf(root: TemplateContext, { blocks, depth }: Pick<FoundPath, 'blocks' | 'depth'>): unknown {
  const stack: unknown[] = [root];
  for (const { path, each } of blocks) {
    let at = path === undefined ? undefined : stack.at(-1 - path.depth);
    for (const part of path?.parts ?? []) at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
    stack.push(each && isObject(at) ? Object.values(at)[0] : at);
  }
  return stack.at(-1 - depth);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
