/**
 * One YAML file of an estate: its plain value, the line of every path in it, and what is wrong with it as YAML.
 * Nothing in here throws for bad text: a file that can't be read is a finding.
 */
import { errorAt, type Finding, type Location, type Path, type Told } from '../findings/finding';
import { mistakeOf } from './yaml-mistakes';
import { type YamlMap, type YamlNode, type YamlProblem, type YamlTree, yamlTree } from './yaml-tree';

export interface YamlFile {
  readonly file: string;
  /** Plain objects, arrays, strings, numbers, booleans and nulls; undefined when the text can't be read as YAML. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Line of a path; of the nearest enclosing path when it doesn't stand there. */
  readonly locate: (path: Path) => Location;
  /** A value as it is written, `1.0` and not `1`, without quotes. Undefined for a list or a mapping, and where none stands. */
  readonly written: (path: Path) => string | undefined;
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

/** Reads one file. The file's name is as the user knows it, relative to the estate's root. */
export function parseYaml(file: string, text: string): YamlFile {
  const whole = { file, line: 1 };
  const unread = (findings: Finding[]): YamlFile => ({
    file,
    value: undefined,
    findings,
    locate: () => whole,
    written: () => undefined,
  });
  if (text.length > MAX_LENGTH) return unread([errorAt({ file, line: 0 }, [], tooLarge(text))]);
  const tree = yamlTree(text);
  const named = tree.problems.length > 0 || STRANGE.test(text) ? mistaken(file, text, tree) : undefined;
  if (named !== undefined) return unread([named]);
  if (tree.problems.length > 0) {
    return unread(
      tree.problems
        .slice(0, MAX_ERRORS)
        .map((problem) => errorAt(problem.code === 'TOO_DEEP' ? whole : placed(file, tree, problem.offset), [], syntax(problem))),
    );
  }
  const reading = new Reading(file, text, tree);
  const { findings } = reading;
  let value = tree.root === undefined ? undefined : (reading.value(tree.root, []) ?? undefined);
  if (reading.nodes > MAX_NODES) {
    value = undefined;
    findings.push(errorAt(whole, [], ENDLESS));
  } else if (value === undefined && findings.length === 0) findings.push(errorAt(whole, [], empty(file)));
  return { file, value, findings, locate: (path) => reading.locate(path), written: (path) => reading.written(path) };
}

/** What somebody did who wrote a text that can't be read, where it is an ordinary mistake: the one cause of all its problems. */
export function mistaken(file: string, text: string, { problems, place }: YamlTree): Finding | undefined {
  if (problems.some(({ code }) => isClear(code)) || text.length > MOST_SEARCHED) return undefined;
  const stopped = problems.map(({ offset }) => place(offset).line);
  const found = mistakeOf(text, stopped, (mended) => yamlTree(mended).problems.length);
  if (found === undefined) return undefined;
  const { line, column, message, lines, note } = found;
  const write = [[...lines].map(([number, now]) => ({ line: number, ...(now !== undefined && { text: now }) }))];
  const why = "the file can't be read, so nothing else in it is checked";
  return errorAt({ file, line, column }, [], {
    code: 'YAML_SYNTAX',
    message,
    why,
    write,
    ...(note !== undefined && { fix: note }),
  });
}

/** Indentation by what is no space; YAML reads such texts as others. */
const STRANGE = /^ *[\u00a0\u3000]|^(?:<{7}|>{7})/m;

/** Characters of a text whose mistakes are looked for: each try reads it once more. */
const MOST_SEARCHED = 200_000;

/** From the tree of one file to its value. */
type MapEntry = YamlMap['entries'][number];

class Reading {
  readonly findings: Finding[] = [];
  /** Nodes that were read, those behind an alias each time again. */
  nodes = 0;
  #lines?: readonly string[];
  readonly #anchors = new Map<string, YamlNode>();
  readonly #entries = new WeakMap<YamlMap, Map<string, MapEntry>>();
  /** Lists and mappings that are being read. */
  readonly #active = new Set<YamlNode>();

  constructor(
    readonly file: string,
    readonly text: string,
    readonly tree: YamlTree,
  ) {}

  value(node: YamlNode, path: Path): unknown {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) return undefined;
    if (path.length > MAX_DEPTH) return this.#refuse(node, path.slice(0, 5), TOO_DEEP);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    switch (node.kind) {
      case 'scalar':
        if (typeof node.value === 'number' && !Number.isFinite(node.value)) return this.#refuse(node, path, noNumber(node.text));
        if (typeof node.value === 'string' && RESERVED.test(node.value)) this.#refuse(node, path, RESERVED_TEXT);
        return node.value;
      case 'alias': {
        const target = this.#anchors.get(node.target);
        if (target === undefined || this.#active.has(target)) return this.#refuse(node, path, endless(node.target, target));
        return this.value(target, path);
      }
      case 'list':
        return this.#inside(node, () => node.items.map((item, i) => this.value(item, [...path, i])));
      case 'map':
        return this.#inside(node, () => {
          const map: Record<string, unknown> = {};
          for (const { key, value } of node.entries) {
            const wrong = wrongKey(key, map, () => this.#alone(key, value));
            const name = key.kind === 'scalar' ? key.text : '';
            const at = [...path, name];
            if (wrong !== undefined) this.#refuse(key, wrong === KEY_NOT_TEXT ? path : at, wrong);
            else {
              if (RESERVED.test(name)) this.#refuse(key, at, RESERVED_TEXT);
              map[name] = this.value(value, at);
            }
          }
          return map;
        });
    }
  }

  locate(path: Path): Location {
    return placed(this.file, this.tree, this.#walk(path).offset);
  }

  written(path: Path): string | undefined {
    const { node } = this.#walk(path);
    return node?.kind === 'scalar' ? node.text : undefined;
  }

  /** The node at a path, and where it or what is nearest to it begins. */
  #walk(path: Path): { readonly node?: YamlNode; readonly offset: number } {
    let node = this.tree.root;
    let offset = 0;
    for (const step of path) {
      if (node?.kind === 'alias') node = this.#anchors.get(node.target);
      const entry: MapEntry | undefined = node?.kind === 'map' ? this.#entriesOf(node).get(String(step)) : undefined;
      node = entry?.value ?? (node?.kind === 'list' ? node.items[Number(step)] : undefined);
      if (node === undefined) return { offset };
      offset = (entry?.key ?? node).offset;
    }
    return { ...(node !== undefined && { node: node.kind === 'alias' ? this.#anchors.get(node.target) : node }), offset };
  }

  /** The first entry of each key; made once a mapping, for every problem of a file asks. */
  #entriesOf(node: YamlMap): ReadonlyMap<string, MapEntry> {
    let known = this.#entries.get(node);
    if (known === undefined) {
      known = new Map();
      for (const entry of node.entries)
        if (entry.key.kind === 'scalar' && !known.has(entry.key.text)) known.set(entry.key.text, entry);
      this.#entries.set(node, known);
    }
    return known;
  }

  /** The line of a key and its value, where nothing else stands on it and it goes on nowhere. */
  #alone({ offset }: YamlNode, value: YamlNode): number | undefined {
    if (value.kind !== 'scalar' || value.block) return undefined;
    const { line } = this.tree.place(offset);
    this.#lines ??= this.text.split('\n');
    const [own = '', next = ''] = this.#lines.slice(line - 1, line + 1);
    const indent = /^ */.exec(own)![0].length;
    const goesOn = next.trim() !== '' && /^ */.exec(next)![0].length > indent;
    return /^ *[\w.-]+: +[^\s#{}[\],&*!|>][^#{}[\],]*$/.test(own) && !goesOn ? line : undefined;
  }

  #inside<T>(node: YamlNode, read: () => T): T {
    this.#active.add(node);
    const value = read();
    this.#active.delete(node);
    return value;
  }

  #refuse({ offset }: YamlNode, path: Path, told: Told): undefined {
    this.findings.push(errorAt(placed(this.file, this.tree, offset), path, told));
  }
}

function placed(file: string, tree: YamlTree, offset: number): Location {
  return { file, ...tree.place(offset) };
}

/** Why a key can't stand in a mapping that has these already. */
function wrongKey(key: YamlNode, before: Readonly<Record<string, unknown>>, alone: () => number | undefined): Told | undefined {
  if (key.kind !== 'scalar' || key.value === null) return KEY_NOT_TEXT;
  if (FORBIDDEN_KEYS.has(key.text)) return forbidden(key.text);
  return Object.hasOwn(before, key.text) ? duplicate(key.text, alone()) : undefined;
}

const KEY_NOT_TEXT: Told = {
  code: 'KEY_NOT_TEXT',
  message: 'a key that is not text',
  why: 'values are found by their keys',
  fix: 'write `name: value`; what begins with {{ stands in quotes',
};

const RESERVED_TEXT: Told = {
  code: 'VALUE_NOT_ALLOWED',
  message: 'the text holds ${Token[ or #{Token[, a mark of CDK',
  why: 'CDK puts another value in its place, or ends',
  fix: 'leave the mark out',
};

const TOO_DEEP: Told = {
  code: 'YAML_TOO_DEEP',
  message: `nested deeper than ${MAX_DEPTH} levels`,
  why: 'no value of an estate is that deep',
  fix: 'write plain mappings and lists',
};

const ENDLESS: Told = {
  code: 'YAML_ALIAS',
  message: `over ${MAX_NODES} values`,
  why: 'aliases of aliases grow without bound',
  fix: 'write the values out instead of aliases',
};

/** Without its file a region is none; an estate, a profile or a lock would only be missed. */
function empty(file: string): Told {
  const told = { code: 'FILE_EMPTY', message: 'the file is empty', why: 'it describes nothing' };
  const place = /^regions\/.*\.yaml$/.test(file) && !/(?:\/estate|\.lock)\.yaml$/.test(file);
  return { ...told, ...(place ? { write: [[{ delete: file }]], fix: 'or describe something' } : { fix: 'describe something' }) };
}

function tooLarge(text: string): Told {
  return {
    code: 'FILE_TOO_LARGE',
    message: `${text.length} characters`,
    why: 'no file of an estate is that large; it would be read for minutes',
    fix: `keep files under ${MAX_LENGTH} characters`,
  };
}

function endless(name: string, target: YamlNode | undefined): Told {
  return {
    code: 'YAML_ALIAS',
    message: target === undefined ? `no anchor &${name} before this alias` : `the alias *${name} stands inside what it names`,
    why: 'the value would have no end',
    fix: 'write the value out instead of the alias',
  };
}

function noNumber(text: string): Told {
  return {
    code: 'NUMBER_TOO_LARGE',
    message: `${clip(text)} is not a number that can be counted with`,
    why: 'it would be rounded or become infinite',
    fix: 'write a smaller number, or quotes around an id',
  };
}

function forbidden(key: string): Told {
  return {
    code: 'UNKNOWN_KEY',
    message: `unknown key "${key}"`,
    why: 'it is a reserved word of the language that reads this file',
    fix: 'leave it out',
  };
}

/** @param alone the line that holds nothing else. @default - which of the two goes, and how far it reaches, is not one line */
function duplicate(key: string, alone?: number): Told {
  const advice =
    alone === undefined ? { fix: 'leave one of them out' } : { write: [[{ line: alone }]], fix: 'or leave the first one out' };
  return {
    code: 'DUPLICATE_KEY',
    message: `the key "${clip(key)}" stands here a second time`,
    why: 'only one of the two values would count, and a reader sees the other',
    ...advice,
  };
}

function syntax({ code, message }: YamlProblem): Told {
  if (code === 'TOO_DEEP')
    return {
      code: 'YAML_TOO_DEEP',
      message: 'nested too deeply',
      why: "the file can't be read",
      fix: 'write plain YAML mappings and lists',
    };
  return {
    code: 'YAML_SYNTAX',
    message: SYNTAX_WORDS[code] ?? clip(message.split('\n')[0] ?? ''),
    why: "the file can't be read, so nothing else in it is checked",
    fix: SYNTAX_FIXES[code] ?? 'correct the YAML at this place',
  };
}

/** Problems whose own words say what was done, so that no mistake behind them is looked for. */
function isClear(code: string): boolean {
  return code === 'TOO_DEEP' || code === 'TAG' || Object.hasOwn(SYNTAX_WORDS, code);
}

/** Where the reader's own words are for programs. */
const SYNTAX_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here (---)',
};

const SYNTAX_FIXES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'keep one document a file',
  BAD_INDENT: 'line the key up with its neighbours',
  MISSING_CHAR: 'close the quote or bracket',
  TAG: 'leave the tag out and write the value itself',
};

/** Bad input is quoted, but never a screen of it. */
export function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
