/**
 * YAML as a tree whose nodes know where they stand: the one reader of whatever people write, files of the estate and fragments of profiles.
 *
 * js-yaml's events are a sixth of the work of `yaml`'s documents, but end at the first mistake. So a text that is refused is read once
 * more by `yaml`, which is loaded for that alone: it goes on after a mistake, and all of them are told at once.
 */
import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';

export type YamlNode = YamlScalar | YamlList | YamlMap | YamlAlias;

interface At {
  /** Of its first character, counted from that of the text. */
  readonly offset: number;
  /** Name that aliases have for it. @default - none */
  readonly anchor?: string;
}

export interface YamlScalar extends At {
  readonly kind: 'scalar';
  /** As it was written, without quotes and escapes. */
  readonly text: string;
  readonly value: string | number | boolean | null;
  /** A block below `|` or `>`: its text begins on the next line. */
  readonly block: boolean;
}

export interface YamlList extends At {
  readonly kind: 'list';
  readonly items: YamlNode[];
}

export interface YamlMap extends At {
  readonly kind: 'map';
  readonly entries: { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface YamlAlias extends At {
  readonly kind: 'alias';
  readonly target: string;
}

/** Why a text can't be read. */
export interface YamlProblem {
  readonly offset: number;
  /** Of `yaml`: `BAD_INDENT`, `MISSING_CHAR` ...; `TOO_DEEP` where it is nested deeper than is read. */
  readonly code: string;
  readonly message: string;
}

export interface YamlTree {
  /** @default - the text is empty, or has problems */
  readonly root?: YamlNode;
  readonly problems: readonly YamlProblem[];
  /** Line and column of an offset, from 1. */
  readonly place: (offset: number) => { readonly line: number; readonly column: number };
}

/** Nesting that is read: far under what fills a stack. V8 ends the process where it compiles a pattern at the end of one. */
const MAX_DEPTH = 500;

/** Reads one document. What aliases name is for who walks the tree; so is whether keys stand twice, unless `uniqueKeys` refuses it. */
export function yamlTree(text: string, uniqueKeys = false): YamlTree {
  const place = places(text);
  try {
    const documents = nodes(text, parseEvents(text, { maxDepth: MAX_DEPTH }), uniqueKeys);
    if (documents.length > 1) throw new Error('more than one document');
    return { ...(documents[0] === undefined ? {} : { root: documents[0] }), problems: [], place };
  } catch (error) {
    return { problems: problemsOf(text, error as Error, uniqueKeys), place };
  }
}

/** All that keeps a text from being read, as `yaml` tells it. */
function problemsOf(text: string, refusal: Error, uniqueKeys: boolean): readonly YamlProblem[] {
  if (refusal instanceof StrangeTag) return [{ offset: refusal.offset, code: 'TAG', message: refusal.message }];
  if (refusal instanceof YAMLException && refusal.reason.includes('maxDepth'))
    return [{ offset: 0, code: 'TOO_DEEP', message: refusal.reason }];
  try {
    const { parseDocument } = require('yaml') as typeof import('yaml');
    const { errors } = parseDocument(text, { prettyErrors: false, uniqueKeys, schema: 'core', logLevel: 'error' });
    if (errors.length > 0) return errors.map(({ pos, code, message }) => ({ offset: pos[0], code, message }));
  } catch (error) {
    refusal = error as Error;
  }
  if (refusal instanceof YAMLException) return [{ offset: refusal.mark?.position ?? 0, code: 'OTHER', message: refusal.reason }];
  return [{ offset: 0, code: 'OTHER', message: refusal.message }];
}

/** Tags of the core schema ("10.3. Core Schema"), and the one that says nothing. */
const KNOWN_TAG = /^!(?:!(?:null|bool|int|float|str|seq|map))?$/;

/** A tag asks for what nothing here does: `!!binary` is not decoded, `!Ref` refers to nothing. */
class StrangeTag extends Error {
  constructor(
    readonly offset: number,
    tag: string,
  ) {
    super(`the tag ${tag} means nothing here: the value would be taken as it stands`);
  }
}

function checkTag(text: string, { tagStart, tagEnd }: { readonly tagStart: number; readonly tagEnd: number }): void {
  if (tagStart < 0) return;
  const tag = text.slice(tagStart, tagEnd);
  if (!KNOWN_TAG.test(tag)) throw new StrangeTag(tagStart, tag.slice(0, 60));
}

/** The root of each document of a text. */
function nodes(text: string, events: readonly Event[], uniqueKeys: boolean): YamlNode[] {
  const documents: YamlNode[] = [];
  let children = documents;
  const outer: (readonly [parent: YamlNode[], map?: YamlMap])[] = [];
  let end = 0;
  const enter = (inner: YamlNode[], map?: YamlMap): void => {
    outer.push([children, map]);
    children = inner;
  };
  for (const event of events) {
    if ('tagStart' in event) checkTag(text, event);
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        enter(documents);
        break;
      case EVENT_ID.MAPPING: {
        const map: YamlMap = { kind: 'map', offset: event.start, ...anchorOf(text, event), entries: [] };
        children.push(map);
        enter([], map);
        end = startOf(event);
        break;
      }
      case EVENT_ID.SEQUENCE: {
        const list: YamlList = { kind: 'list', offset: event.start, ...anchorOf(text, event), items: [] };
        children.push(list);
        enter(list.items);
        end = startOf(event);
        break;
      }
      case EVENT_ID.SCALAR: {
        const node = scalar(text, event, end);
        children.push(node);
        end = Math.max(node.offset, event.valueEnd);
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = text.slice(event.anchorStart, event.anchorEnd);
        children.push({ kind: 'alias', offset: event.anchorStart - 1, target });
        end = event.anchorEnd;
        break;
      }
      case EVENT_ID.POP: {
        const [parent, map] = outer.pop()!;
        // Keys and values stand in turn.
        if (map !== undefined)
          for (let i = 0; i < children.length; i += 2) map.entries.push({ key: children[i]!, value: children[i + 1]! });
        if (uniqueKeys && map !== undefined && twice(map)) throw new Error('a key stands twice');
        children = parent;
      }
    }
  }
  return documents;
}

/** Behind the bracket that opens a list or mapping on one line. */
function startOf({ start, style }: { readonly start: number; readonly style: number }): number {
  return style === COLLECTION_STYLE.FLOW ? start + 1 : start;
}

function twice({ entries }: YamlMap): boolean {
  return new Set(entries.map(({ key }) => (key.kind === 'scalar' ? key.value : key))).size < entries.length;
}

type ScalarEvent = Event & { readonly type: typeof EVENT_ID.SCALAR };

/** @param end of what stands before it: neither an empty scalar nor the head of a block has a place of its own */
function scalar(source: string, event: ScalarEvent, end: number): YamlScalar {
  const { style, valueStart } = event;
  const text = getScalarValue(source, event);
  const block = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  const quoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const before = Math.max(end, event.anchorEnd, event.tagEnd);
  const offset = block ? after(HEAD, source, before) : valueStart < 0 ? after(DASH, source, before) : valueStart;
  const tag = event.tagStart < 0 ? undefined : source.slice(event.tagStart, event.tagEnd);
  const typed = tag === undefined ? style === SCALAR_STYLE.PLAIN : /^!!(?:null|bool|int|float)$/.test(tag);
  const value = typed ? coreValue(text) : text;
  return { kind: 'scalar', offset: quoted ? offset - 1 : offset, ...anchorOf(source, event), text, value, block };
}

/** What may stand between a value and the head of a block; between a value and an empty item of a list, with its dash. */
const HEAD = /(?:[\s\]}"',]+|(?<=\s)#[^\n]*|[-:?](?=\s))*/y;
const DASH = /(?:(?:[\s\]}"']+|(?<=\s)#[^\n]*)*-[ \t]*)?/y;

function after(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(source)?.[0].length ?? 0);
}

function anchorOf(text: string, { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }): { anchor?: string } {
  return anchorStart < 0 ? {} : { anchor: text.slice(anchorStart, anchorEnd) };
}

/** What a plain scalar means (YAML 1.2.2, "10.3.2. Tag Resolution"). js-yaml's own takes a number that no float holds for a text. */
function coreValue(text: string): string | number | boolean | null {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^(?:[-+]?\d+|0o[0-7]+|0x[\dA-Fa-f]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/.test(text)) return Number(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}

function places(text: string): YamlTree['place'] {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    let line = 0;
    for (let above = starts.length; above - line > 1; ) {
      const middle = (line + above) >> 1;
      if (starts[middle]! <= offset) line = middle;
      else above = middle;
    }
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
}
