/** Hostile values in every string of a data centre's plan, and what independent readers make of the files. Shares nothing with lib/encode. */
import MarkdownIt from 'markdown-it';
import { renderIdc } from '../../lib/idc/render';
import type { IdcPlan, LinkPlan } from '../../lib/plan/model';

export const HOSTILE = [
  'x\n}\nconnections {\n  evil {\n',
  'a\n[Match]\nName=*\n#',
  'a\r\nrouter bgp 1\r\n neighbor 1.1.1.1 remote-as 2',
  '!\nno router bgp',
  'include /etc/passwd',
  '# h\n\n## Rack evil\n\n| a |\n|---|',
  'a | b | c',
  'a \\| b\\',
  '](http://evil) [x](http://evil) ![i](http://evil)',
  '<script>alert(1)</script><b>',
  '```\nfence\n`c`',
  '**b** _i_ ~~s~~',
  '@root #12 GH-3 https://evil.example/x',
  '&lt;&#x202e;',
  '\u001b[2K\u009b1m\u202e\u200b\u2028\u{e0041}\ud800',
  '"; id; \'$(id)`id`',
  '%n %%',
  '../../etc/x',
  '-x',
  '::set-output name=a::b',
  '##vso[task.setvariable variable=a]b',
  ' ',
  'y'.repeat(5000),
] as const;

/** What tells kinds of things apart in the plan; they are no text of anybody's. */
const KINDS = new Set(['kind', 'cloud', 'mode']);

export interface Model {
  readonly idc: IdcPlan;
  readonly links: readonly LinkPlan[];
}

/** Every distinct text that the model holds. */
export function textsOf(model: unknown): string[] {
  const found = new Set<string>();
  walk(model, (text) => {
    found.add(text);
    return text;
  });
  return [...found];
}

/** The model with one text, wherever it stands, replaced by another: what refers to it still does. */
export function replaced<T>(model: T, from: string, to: string): T {
  return walk(model, (text) => (text === from ? to : text)) as T;
}

function walk(value: unknown, change: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return KINDS.has(key) ? value : change(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, change, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, change, name)]));
}

export function filesOf({ idc, links }: Model): ReadonlyMap<string, string> {
  return renderIdc(idc, links, () => '');
}

/** What a file says but for values: sections, keys, commands, headings, tables. */
export function structure(path: string, text: string): unknown {
  if (path.endsWith('sheet.md')) return sheetOf(text).shape;
  if (path.endsWith('swanctl.conf')) return swanctlKeys(text);
  if (path.endsWith('frr.conf')) return text.split('\n').map(frrCommand);
  return text.split('\n').map(iniLine);
}

/** First words of a command that are no value here; a comment is one. */
function frrCommand(line: string): string {
  const bare = line.trim();
  if (bare.startsWith('!')) return '!';
  const free = /^((?:neighbor \S+ )?description) \S/.exec(bare);
  return free === null
    ? bare
        .split(/\s+/)
        .filter((word) => /^[a-z]/.test(word))
        .slice(0, 2)
        .join(' ')
    : free[1]!;
}

function iniLine(line: string): string {
  if (/^\s*[#;]/.test(line)) return '#';
  if (line.endsWith('\\')) return 'goes on';
  return /^\[.*\]$/.test(line) ? line : line.replace(/=.*/s, '=');
}

/** Reads braces and quotes itself. */
function swanctlKeys(text: string): string[] {
  const keys: string[] = [];
  const open: string[] = [];
  for (const line of text.split('\n')) {
    const bare = line
      .replace(/"(?:[^"\\]|\\.)*"/g, 'quoted')
      .replace(/#.*/s, '')
      .trim();
    if (bare === '') continue;
    if (bare.endsWith('{')) open.push(bare.slice(0, -1).trim());
    else if (bare === '}') open.pop();
    else if (/^include\s/.test(bare)) keys.push('include');
    else keys.push(`${open.length}/${bare.split('=')[0]!.trim()}`);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join()}`);
  return keys;
}

export interface Sheet {
  /** Kinds of blocks and of what stands in them, in order. */
  readonly shape: readonly string[];
  /** Text of headings, paragraphs and cells, as a reader sees it. */
  readonly texts: readonly string[];
}

/** With what GitHub adds: tables, strikethrough, links that nobody marked. */
const reader = new MarkdownIt({ html: true, linkify: true });

export function sheetOf(text: string): Sheet {
  const tokens = reader.parse(text, {});
  const inner = tokens.filter(({ type }) => type === 'inline');
  // Code is how a value is kept from becoming a link: to a reader it is its text.
  const marks = inner
    .flatMap(({ children }) => (children ?? []).map(({ type }) => type))
    .filter((type) => !/^(?:text|text_special|code_inline)$/.test(type));
  return {
    shape: [...tokens.map(({ type, tag }) => `${type} ${tag}`), ...marks],
    texts: inner.map(({ children }) => (children ?? []).map(({ content }) => content).join('')),
  };
}

/** A value as it is shown: written out anew, character by character. */
export function shown(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (character === '\n') return '\\n';
      if (character === '\r') return '\\r';
      const unseen =
        code < 32 || (code >= 127 && code < 160) || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e);
      if (code >= 0xe0000) return `\\u{${code.toString(16)}}`;
      return unseen || (code >= 0xd800 && code < 0xe000) ? `\\u${code.toString(16).padStart(4, '0')}` : character;
    })
    .join('');
}
