import type { Finding, Location } from '../estate/findings/finding';
import { nearest } from '../estate/findings/nearest';
import { word } from '../estate/findings/remedy';
import type { WrittenWord } from './fragment-tree';
import { MOST_FINDINGS, type ValueNode, type ValueScalar } from './fragment-values';
import type { NameProblem } from './host-names';
import { sentence } from './sentence';

/** What may stand at a place of a fragment. */
export type Field =
  | {
      readonly kind: 'text';
      readonly required?: boolean;
      readonly pattern?: RegExp;
      readonly oneOf?: readonly string[];
      /** What is wrong with a text, in better words than a pattern's. */
      readonly problem?: (text: string) => NameProblem | undefined;
    }
  | { readonly kind: 'flag'; readonly required?: boolean }
  /** A key that other programs know and this one doesn't. */
  | { readonly kind: 'refused'; readonly required?: false; readonly why: string; readonly fix: string }
  | { readonly kind: 'list'; readonly required?: boolean; readonly item: Field }
  | { readonly kind: 'map'; readonly required?: boolean; readonly fields: Readonly<Record<string, Field>> };

export const field = {
  /** A list of maps. */
  list: (fields: Readonly<Record<string, Field>>): Field => ({ kind: 'list', item: { kind: 'map', fields } }),
};

/** A checked map of a fragment: every read gives a value of its field's kind. */
export interface CheckedMap {
  readonly at: Location;
  /** Whether it stands there, also misspelt. */
  has(key: string): boolean;
  text(key: string): string | undefined;
  /** The scalar that stands there, as it was rendered. */
  scalar(key: string): ValueScalar | undefined;
  texts(key: string): readonly string[];
  flag(key: string): boolean;
  list(key: string): readonly CheckedMap[];
  map(key: string): CheckedMap | undefined;
  read<T>(reader: (place: CheckedMap) => T): T;
  missing(key: string, fix: string): void;
  /** @param advice as of what is wrong by a field */
  wrong(key: string, message: string, advice: string | Reworded): void;
}

/** Checks a rendered fragment against its fields; what does not fit becomes a finding and reads as absent. */
export function readFields(
  root: Field & { kind: 'map' },
  value: ValueNode,
  file: string,
  findings: Finding[],
): CheckedMap | undefined {
  return check(root, value, '') as CheckedMap | undefined;

  /** @param advice in words, or the word that was meant and the one that stands in the line instead */
  function report(code: string, line: number, path: string, message: string, advice: string | Reworded): undefined {
    const why = 'A host reads exactly what is written; what it does not know it leaves out without a word.';
    if (findings.length > MOST_FINDINGS) return undefined;
    const told = typeof advice === 'string' ? { fix: advice } : reworded(advice);
    findings.push({ code, severity: 'error', file, line, path, message, why, ...told });
    return undefined;
  }

  function check(expected: Field, node: ValueNode, path: string): unknown {
    switch (expected.kind) {
      case 'text':
        return checkText(expected, node, path);
      case 'refused':
        return report('FRAGMENT_UNKNOWN_KEY', node.line, path, `${expected.why}.`, expected.fix);
      case 'flag': {
        const value = node.kind === 'scalar' ? node.value : undefined;
        if (value === true || value === 'true') return true;
        if (value === false || value === 'false') return false;
        const said = SAID[String(value).toLowerCase()];
        const advice = said === undefined ? 'Write true or false.' : { to: said, from: writtenIn(node) };
        return report('FRAGMENT_TYPE', node.line, path, 'This is not true or false.', advice);
      }
      case 'list':
        if (node.kind === 'scalar' && node.value === null) return [];
        if (node.kind !== 'list')
          return report('FRAGMENT_TYPE', node.line, path, 'This is not a list.', 'Begin each item with `- `.');
        return node.items
          .map((item, index) => check(expected.item, item, `${path}[${index}]`))
          .filter((item) => item !== undefined);
      case 'map':
        if (node.kind !== 'map')
          return report('FRAGMENT_TYPE', node.line, path, 'This is not a map.', `Its keys are ${namesOf(expected).join(', ')}.`);
        return checkMap(expected, node, path);
    }
  }

  function checkText(expected: Field & { kind: 'text' }, node: ValueNode, path: string): string | undefined {
    if (node.kind !== 'scalar' || node.value === null)
      return report('FRAGMENT_TYPE', node.line, path, 'This is not a text.', 'Write one value.');
    if (path.endsWith('permissions') && typeof node.value !== 'string') {
      return report('FRAGMENT_TYPE', node.line, path, 'Permissions are a number.', permissionsOf(node));
    }
    const text = String(node.value);
    // `1.10` is the number 1.1 and `0644` 644: a host would get other text than stands there.
    if (typeof node.value !== 'string' && node.written !== undefined && node.written.text !== text) {
      const message = `Without quotes ${node.written.text.slice(0, 60)} is the ${typeof node.value} ${text}.`;
      return report('FRAGMENT_TYPE', node.line, path, message, { to: `'${node.written.text}'`, from: node.written });
    }
    if (expected.oneOf && !expected.oneOf.includes(text)) {
      const near = nearest(text, expected.oneOf);
      return report(
        'FRAGMENT_VALUE',
        node.line,
        path,
        `${JSON.stringify(text.slice(0, 60))} can't stand here.`,
        near === undefined ? `Write one of ${expected.oneOf.join(', ')}.` : { to: near, from: writtenIn(node) },
      );
    }
    const problem = expected.problem?.(text);
    if (problem) {
      const advice = 'fix' in problem ? problem.fix : { to: problem.to, from: writtenIn(node) };
      return report('FRAGMENT_VALUE', node.line, path, problem.message, advice);
    }
    if (expected.pattern && !expected.pattern.test(text)) {
      return report(
        'FRAGMENT_VALUE',
        node.line,
        path,
        `${JSON.stringify(text.slice(0, 60))} can't stand here.`,
        `It must match ${expected.pattern.source}.`,
      );
    }
    return text;
  }

  function checkMap(expected: Field & { kind: 'map' }, node: ValueNode & { kind: 'map' }, path: string): CheckedMap {
    const values = new Map<string, unknown>();
    /** What misspelt keys were meant to be: it is there, and read as absent. */
    const meant = new Set<string>();
    const inner = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const [key, child] of node.entries) {
      const known = Object.hasOwn(expected.fields, key) ? expected.fields[key] : undefined;
      if (known) {
        values.set(key, check(known, child, inner(key)));
        continue;
      }
      const names = namesOf(expected);
      const near = nearest(key, names);
      const twice = near !== undefined && node.entries.has(near);
      if (near !== undefined) meant.add(near);
      report(
        'FRAGMENT_UNKNOWN_KEY',
        node.keys.get(key)!.line,
        inner(key),
        `There is no key ${key} here.`,
        twice
          ? `Leave it out: ${near} stands beside it.`
          : near === undefined
            ? `Keys are ${names.join(', ')}.`
            : { to: near, from: node.keys.get(key) },
      );
    }
    const has = (key: string): boolean => node.entries.has(key) || meant.has(key);
    for (const [key, { required }] of Object.entries(expected.fields)) {
      if (required && !has(key)) report('FRAGMENT_MISSING', node.line, path, `${key} is missing.`, `Write ${key}.`);
    }
    const place: CheckedMap = {
      at: { file, line: node.line },
      has,
      text: (key) => values.get(key) as string | undefined,
      scalar: (key) => {
        const child = node.entries.get(key);
        return child?.kind === 'scalar' && values.get(key) !== undefined ? child : undefined;
      },
      texts: (key) => (values.get(key) as string[] | undefined) ?? [],
      flag: (key) => (values.get(key) as boolean | undefined) ?? false,
      list: (key) => (values.get(key) as CheckedMap[] | undefined) ?? [],
      map: (key) => values.get(key) as CheckedMap | undefined,
      read: (reader) => reader(place),
      missing: (key, fix) => void report('FRAGMENT_MISSING', node.line, path, `${key} is missing.`, fix),
      wrong: (key, message, advice) =>
        void report('FRAGMENT_VALUE', node.entries.get(key)?.line ?? node.line, inner(key), message, advice),
    };
    return place;
  }
}

/** The word that was meant, and what stands in the line instead. */
export interface Reworded {
  readonly to: string;
  /** @default - it stands in no line: a template made it, or it is a block */
  readonly from?: WrittenWord | undefined;
}

const NOWHERE: WrittenWord = { text: '', line: 0, column: 0 };

function reworded({ to, from = NOWHERE }: Reworded): Pick<Finding, 'fix' | 'write'> {
  const told = sentence(word(from.text, to, { line: from.line, column: from.column }));
  return from === NOWHERE ? { fix: told.fix } : told;
}

function writtenIn(node: ValueNode): WrittenWord | undefined {
  return node.kind === 'scalar' ? node.written : undefined;
}

/** Words of YAML 1.1 and of people. */
const SAID: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

/** Permissions that YAML took for a number, in quotes, as they were meant: `0600`, `600` and `0o600` are one. */
function permissionsOf({ written }: ValueScalar): string | Reworded {
  const digits = /^0?o?([0-7]{3})$/.exec(written?.text ?? '')?.[1];
  return digits === undefined ? "Write them in quotes: '0644'." : { to: `'0${digits}'`, from: written };
}

/** Keys that may stand there. */
function namesOf({ fields }: Field & { kind: 'map' }): string[] {
  return Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'refused' ? [] : [name]));
}
