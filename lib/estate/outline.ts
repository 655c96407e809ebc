/**
 * A region file without its clusters. Where fifty regions stand in the folder and one is synthesized, the others only
 * give their addresses: nine tenths of their text need not be parsed, and the rest is mostly so plain that a YAML parser
 * is not needed for it.
 */
import { parseYaml, type YamlFile } from './yaml-file';

/** The text with the lines of the top-level key `clusters` made empty, so that lines keep their numbers. */
export function withoutClusters(text: string): string {
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^[^\s#-]/.test(line)) inside = /^clusters\s*:/.test(line);
      return inside ? '' : line;
    })
    .join('\n');
}

/** Reads the outline of a region: by the plain reader where it can, else as YAML. Both give the same value. */
export function readOutline(file: string, text: string): YamlFile {
  const head = withoutClusters(text).trimEnd();
  const value = readPlain(head);
  if (value === undefined) return parseYaml(file, head);
  let whole: YamlFile | undefined;
  return {
    file,
    value,
    findings: [],
    // Lines are asked for only where something is wrong.
    locate: (path) => {
      whole ??= parseYaml(file, head);
      return whole.locate(path);
    },
  };
}

type Plain = string | number | Plain[] | { [key: string]: Plain };

/**
 * `key: value` at the margin or two spaces in, with plain words, numbers, ranges, `[...]` and `{...}` on one line;
 * undefined for anything else. A word that YAML might take for something else is left to YAML.
 */
export function readPlain(text: string): Plain | undefined {
  const top: { [key: string]: Plain } = {};
  let block: { [key: string]: Plain } | undefined;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^( {2})?([a-z][A-Za-z]*):(?: (\S.*))?$/.exec(line);
    if (match === null) return undefined;
    const [, indent, key, rest] = match as unknown as [string, string | undefined, string, string | undefined];
    const target = indent === undefined ? top : block;
    if (target === undefined || Object.hasOwn(target, key) || key === 'constructor') return undefined;
    if (rest === undefined) {
      if (indent !== undefined) return undefined;
      block = {};
      target[key] = block;
      continue;
    }
    if (indent === undefined) block = undefined;
    const value = readInline(rest);
    if (value === undefined) return undefined;
    target[key] = value;
  }
  // An empty block is null in YAML; an empty file is no mapping.
  const complete =
    Object.keys(top).length > 0 && Object.values(top).every((v) => typeof v !== 'object' || Object.keys(v).length > 0);
  return complete ? top : undefined;
}

function readInline(text: string): Plain | undefined {
  if (text.startsWith('[') && text.endsWith(']')) {
    const items = text
      .slice(1, -1)
      .split(',')
      .map((item) => readWord(item.trim()));
    return items.includes(undefined) ? undefined : (items as Plain[]);
  }
  if (!text.startsWith('{') || !text.endsWith('}')) return readWord(text);
  const map: { [key: string]: Plain } = {};
  for (const entry of text.slice(1, -1).split(/,(?![^[]*\])/)) {
    const match = /^\s*([a-z][A-Za-z]*): (\S.*?)\s*$/.exec(entry);
    if (match === null || Object.hasOwn(map, match[1]!) || match[1] === 'constructor' || match[2]!.startsWith('{'))
      return undefined;
    const value = readInline(match[2]!);
    if (value === undefined) return undefined;
    map[match[1]!] = value;
  }
  return map;
}

function readWord(word: string): string | number | undefined {
  if (/^(?:0|[1-9]\d{0,8})$/.test(word)) return Number(word);
  if (/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/.test(word)) return word;
  return /^[a-z][a-z0-9-]*$/.test(word) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(word) ? word : undefined;
}
