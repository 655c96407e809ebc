/**
 * What to write instead, told so exactly that a program can follow it. The words of a finding's `fix` are made of it, so that what a
 * person reads and what a test applies are one thing.
 */
import type { Path } from './finding';

/** One step of a remedy. `file` is that of the finding where it isn't said. */
export type Step =
  /** Writes a value at a path; what stands there gives way. */
  | { readonly set: Path; readonly value: unknown; readonly file?: string }
  /** Writes one more entry at the end of a list, which is begun where there is none. */
  | { readonly add: Path; readonly value: unknown; readonly file?: string }
  /** Takes a key or an entry of a list away. */
  | { readonly remove: Path; readonly file?: string }
  /** Calls a key otherwise; its value stays. */
  | { readonly rename: Path; readonly to: string; readonly file?: string }
  /** Calls the file otherwise, path and all. */
  | { readonly move: string; readonly file?: string }
  /** Writes a line of a text anew, by its number from 1 before anything is changed; without a text the line goes. */
  | { readonly line: number; readonly text?: string; readonly file?: string }
  /** Writes another word for the first one in a line of a text, from a column on: of a fragment or a program, whose values are no paths. */
  | { readonly word: string; readonly to: string; readonly line: number; readonly column?: number; readonly file?: string }
  /** Deletes a file. */
  | { readonly delete: string }
  /** Runs a command of meissa, its name left out: `pin sa-east-1`. */
  | { readonly run: string };

/** A step that writes at a path. */
export type PathStep = Extract<
  Step,
  { readonly set: Path } | { readonly add: Path } | { readonly remove: Path } | { readonly rename: Path }
>;

/** Steps that are taken together, in order; each of a finding's remedies is enough by itself. */
export type Remedy = readonly Step[];

export function set(path: Path, value: unknown, file?: string): Remedy {
  return [{ set: path, value, ...(file !== undefined && { file }) }];
}

export function add(path: Path, value: unknown, file?: string): Remedy {
  return [{ add: path, value, ...(file !== undefined && { file }) }];
}

export function remove(path: Path, file?: string): Remedy {
  return [{ remove: path, ...(file !== undefined && { file }) }];
}

export function rename(path: Path, to: string, file?: string): Remedy {
  return [{ rename: path, to, ...(file !== undefined && { file }) }];
}

/** @param at line and column of the word, or where it is looked for from */
export function word(from: string, to: string, { line, column, file }: { line: number; column?: number; file?: string }): Remedy {
  return [{ word: from, to, line, ...(column !== undefined && { column }), ...(file !== undefined && { file }) }];
}

/** @param command without `meissa` */
export function run(command: string): Remedy {
  return [{ run: command }];
}

/** Steps of a remedy that are told; the others are alike. */
const MOST_STEPS = 6;

/**
 * The words of remedies: `write \`count: 3\`, or \`count: 5\``.
 *
 * @param at where the finding stands, which need not be said again
 * @param note what a person has to know beside it
 */
export function wordsOf(at: { readonly file: string; readonly path: Path }, remedies: readonly Remedy[], note?: string): string {
  const ways = remedies.map((remedy) => {
    const told = remedy.slice(0, MOST_STEPS).map((step) => stepWords(at, step));
    if (remedy.length > MOST_STEPS) told.push(`so on in ${remedy.length - MOST_STEPS} more places`);
    return told.join(' and ');
  });
  return [ways.join(', or '), ...(note === undefined ? [] : [note])].join('; ');
}

function stepWords(at: { readonly file: string; readonly path: Path }, step: Step): string {
  if ('run' in step) return `run \`meissa ${step.run}\``;
  if ('delete' in step) return `delete ${step.delete}`;
  const file = step.file ?? at.file;
  const elsewhere = file === at.file ? '' : ` in ${file}`;
  if ('word' in step) return `write ${step.to}`;
  if ('line' in step)
    return `${step.text === undefined ? `delete line ${step.line}` : `write \`${step.text}\` in line ${step.line}`}${elsewhere}`;
  if ('move' in step) return `call ${elsewhere === '' ? 'the file' : file} ${step.move}`;
  const path = pathOf(step);
  const key = path.at(-1);
  const under = elsewhere === '' && isNear(at.path, path) ? '' : underWords(path);
  if ('rename' in step) return `write \`${step.to}:\` for \`${String(key)}:\`${under}${elsewhere}`;
  if ('remove' in step) {
    const what = typeof key === 'number' ? `entry ${key + 1} of \`${String(path.at(-2))}\`` : `\`${String(key)}\``;
    return `leave ${what} out${under}${elsewhere}`;
  }
  const text = flow(step.value);
  if (key === undefined) return `write \`${text}\` as the whole of ${elsewhere === '' ? 'the file' : file}`;
  if ('add' in step) return `add \`${text}\` to \`${String(key)}\`${under}${elsewhere}`;
  if (typeof key === 'number') return `write ${quotedOnce(text)}${samePath(at.path, path) ? '' : underWords(path)}${elsewhere}`;
  return `write \`${flow(key)}: ${text}\`${under}${elsewhere}`;
}

/** Where a step writes. */
export function pathOf(step: PathStep): Path {
  if ('set' in step) return step.set;
  if ('add' in step) return step.add;
  return 'remove' in step ? step.remove : step.rename;
}

/** A step whose paths begin at a value of a file, as it is of the file. */
export function below(step: Step, under: Path): Step {
  if ('set' in step) return { ...step, set: [...under, ...step.set] };
  if ('add' in step) return { ...step, add: [...under, ...step.add] };
  if ('remove' in step) return { ...step, remove: [...under, ...step.remove] };
  return 'rename' in step ? { ...step, rename: [...under, ...step.rename] } : step;
}

/** Whether a reader who looks at one place sees the other: the same, its child or its neighbour. */
function isNear(at: Path, path: Path): boolean {
  return samePath(at, path) || samePath(at, path.slice(0, -1)) || samePath(at.slice(0, -1), path.slice(0, -1));
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, i) => String(step) === String(b[i]));
}

function underWords(path: Path): string {
  const parent = path.slice(0, -1).join('.');
  return parent === '' ? ' at the top' : ` under ${parent}`;
}

function quotedOnce(text: string): string {
  return `\`${text}\``;
}

/** A value as it is written on one line of YAML. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${flow(key)}: ${flow(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !MISREAD.test(value) ? value : JSON.stringify(value);
}

/** Text that every reader of YAML takes for itself, also inside brackets. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./@+-]*$|^\d+(?:\.\d+){3}(?:\/\d+)?$|^\d+-\d+$/;
const MISREAD = /^(?:y|n|yes|no|on|off|true|false|null|nan)$/i;
