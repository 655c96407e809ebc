/**
 * One YAML file of an estate: its plain value, the line of every path in it, and what is wrong with it as YAML.
 * Nothing in here throws for bad text: a file that can't be read is a finding.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import type { Finding, Location } from './finding';

export interface YamlFile {
  readonly file: string;
  /** Plain objects, arrays, strings, numbers, booleans and nulls; undefined when the text can't be read as YAML. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Line of a path; of the nearest enclosing path when it doesn't stand there. */
  readonly locate: (path: readonly (string | number)[]) => Location;
}

/** Characters a file may have. A region with a hundred fleets has a tenth of it. */
export const MAX_LENGTH = 4_000_000;
/** Nesting that a file may have. */
const MAX_DEPTH = 40;
/** Nodes a file may have once its aliases are followed: aliases of aliases grow without bound ("billion laughs"). */
const MAX_NODES = 500_000;
/** Syntax errors told of one file; one mistake often makes a hundred. */
const MAX_ERRORS = 10;
/** Keys that mean something else to JavaScript. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** How CDK marks a place in a text where a value is still to come (aws-cdk-lib, core/lib/private/encoding). */
const RESERVED = /[$#]\{Token\[/;

type Path = readonly (string | number)[];

/** Reads one file. The file's name is as the user knows it, relative to the estate's root. */
export function parseYaml(file: string, text: string): YamlFile {
  const findings: Finding[] = [];
  const lines = new LineCounter();
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const add = (where: Location, code: string, path: Path, message: string, why: string, fix: string): void => {
    findings.push({ ...where, code, severity: 'error', path: path.join('.'), message, why, fix });
  };
  const broken = (where: Location, code: string, message: string, why: string, fix: string): YamlFile => {
    add(where, code, [], message, why, fix);
    return { file, value: undefined, findings, locate: () => ({ file, line: 1 }) };
  };
  if (text.length > MAX_LENGTH) {
    return broken(
      { file, line: 0 },
      'FILE_TOO_LARGE',
      `${text.length} characters`,
      'no file of an estate is that large; it would be read for minutes',
      `keep files under ${MAX_LENGTH} characters`,
    );
  }
  let doc: ReturnType<typeof parseDocument>;
  try {
    // Own checks for duplicate keys: the parser compares every key with every other.
    doc = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      strict: true,
      schema: 'core',
      logLevel: 'error',
    });
  } catch (error) {
    const deep = error instanceof RangeError;
    const message = deep ? 'nested too deeply' : firstLine(error);
    return broken(
      { file, line: 1 },
      deep ? 'YAML_TOO_DEEP' : 'YAML_SYNTAX',
      message,
      "the file can't be read",
      'write plain YAML mappings and lists',
    );
  }
  for (const error of (doc.errors as YAMLError[]).slice(0, MAX_ERRORS)) {
    add(
      at(error.pos[0]),
      'YAML_SYNTAX',
      [],
      firstLine(error),
      "the file can't be read, so nothing else in it is checked",
      syntaxFix(error.code),
    );
  }
  if (findings.length > 0) return { file, value: undefined, findings, locate: () => ({ file, line: 1 }) };

  const anchors = new Map<string, Node>();
  const active = new Set<Node>();
  let nodes = 0;
  const reserved = (node: unknown, path: Path): void =>
    add(
      at(offsetOf(node)),
      'VALUE_NOT_ALLOWED',
      path,
      'the text holds ${Token[ or #{Token[, a mark of CDK',
      'CDK puts another value in its place, or ends',
      'leave the mark out',
    );
  const plain = (node: unknown, path: Path): unknown => {
    nodes += 1;
    if (nodes > MAX_NODES) return undefined;
    if (path.length > MAX_DEPTH) {
      add(
        at(offsetOf(node)),
        'YAML_TOO_DEEP',
        path.slice(0, 5),
        `nested deeper than ${MAX_DEPTH} levels`,
        'no value of an estate is that deep',
        'write plain mappings and lists',
      );
      return undefined;
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined || active.has(target)) {
        const message =
          target === undefined
            ? `no anchor &${node.source} before this alias`
            : `the alias *${node.source} stands inside what it names`;
        add(
          at(offsetOf(node)),
          'YAML_ALIAS',
          path,
          message,
          'the value would have no end',
          'write the value out instead of the alias',
        );
        return undefined;
      }
      return plain(target, path);
    }
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (typeof node.value === 'bigint' || (typeof node.value === 'number' && !Number.isFinite(node.value))) {
        add(
          at(offsetOf(node)),
          'NUMBER_TOO_LARGE',
          path,
          `${clip(node.source ?? String(node.value))} is not a number that can be counted with`,
          'it would be rounded or become infinite',
          'write a smaller number, or quotes around an id',
        );
        return undefined;
      }
      if (typeof node.value === 'string' && RESERVED.test(node.value)) reserved(node, path);
      return node.value;
    }
    if (isMap(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      active.add(node);
      const value: Record<string, unknown> = {};
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
        if (key === undefined || (isScalar(pair.key) && pair.key.value === null)) {
          add(
            at(offsetOf(pair.key ?? node)),
            'KEY_NOT_TEXT',
            path,
            'a key that is not text',
            'values are found by their keys',
            'write `name: value`',
          );
        } else if (FORBIDDEN_KEYS.has(key)) {
          add(
            at(offsetOf(pair.key)),
            'UNKNOWN_KEY',
            [...path, key],
            `unknown key "${key}"`,
            'it is a reserved word of the language that reads this file',
            'leave it out',
          );
        } else if (Object.hasOwn(value, key)) {
          add(
            at(offsetOf(pair.key)),
            'DUPLICATE_KEY',
            [...path, key],
            `the key "${clip(key)}" stands here a second time`,
            'only one of the two values would count, and a reader sees the other',
            'leave one of them out',
          );
        } else {
          if (RESERVED.test(key)) reserved(pair.key, [...path, key]);
          value[key] = plain(pair.value, [...path, key]);
        }
      }
      active.delete(node);
      return value;
    }
    if (isSeq(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      active.add(node);
      const value = node.items.map((item, i) => plain(isPair(item) ? undefined : item, [...path, i]));
      active.delete(node);
      return value;
    }
    return null;
  };
  let value = doc.contents === null ? undefined : plain(doc.contents, []);
  if (nodes > MAX_NODES) {
    value = undefined;
    add(
      { file, line: 1 },
      'YAML_ALIAS',
      [],
      `over ${MAX_NODES} values`,
      'aliases of aliases grow without bound',
      'write the values out instead of aliases',
    );
  } else if (value === undefined || value === null) {
    value = undefined;
    if (findings.length === 0)
      add(
        { file, line: 1 },
        'FILE_EMPTY',
        [],
        'the file is empty',
        'it describes nothing',
        'describe something, or delete the file',
      );
  }
  const locate = (path: Path): Location => {
    let node: unknown = doc.contents;
    let offset = 0;
    for (const step of path) {
      if (isAlias(node)) node = anchors.get(node.source);
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && (p.key.source ?? String(p.key.value)) === String(step));
        if (pair === undefined) break;
        offset = offsetOf(pair.key);
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (item === undefined) break;
        offset = offsetOf(item);
        node = item;
      } else {
        break;
      }
    }
    return at(offset);
  };
  return { file, value, findings, locate };
}

function offsetOf(node: unknown): number {
  return (node as Node | undefined)?.range?.[0] ?? 0;
}

function firstLine(error: unknown): string {
  return clip(String((error as Error).message).split('\n')[0] ?? '');
}

/** Bad input is quoted, but never a screen of it. */
export function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

function syntaxFix(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'MULTIPLE_DOCS':
      return 'keep one document a file';
    case 'BAD_INDENT':
      return 'line the key up with its neighbours';
    case 'MISSING_CHAR':
      return 'close the quote or bracket';
    default:
      return 'correct the YAML at this place';
  }
}
