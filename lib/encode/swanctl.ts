/**
 * strongSwan's configuration: sections in braces, `key = value`, `#` comments, `include` of other files by pattern. Source: strongSwan
 * documentation, "strongswan.conf" (`include` with shell patterns, `name : other` references, dots that part names).
 */
import { type FileText, fileText } from './file-text';
import { restOfLine } from './one-word';
import { Unencodable } from './unencodable';

export type SwanctlItem =
  | { readonly comment: string }
  | { readonly key: string; readonly value: string | number | readonly string[] }
  | { readonly section: string; readonly items: readonly SwanctlItem[] }
  | { readonly include: string };

/** Items in order; a value is a word, or a list of them. @throws Unencodable for anything else */
export function swanctlFile(items: readonly SwanctlItem[]): FileText {
  return fileText(
    items
      .flatMap((item) => lines(item))
      .join('\n')
      .concat('\n'),
  );
}

/** Settings of a section, in order. */
export function swanctlSettings(values: Readonly<Record<string, string | number | readonly string[]>>): SwanctlItem[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function lines(item: SwanctlItem): string[] {
  if ('comment' in item) return [`# ${restOfLine(item.comment)}`];
  if ('include' in item) return [`include ${path(item.include)}`];
  if ('section' in item) return [`${name(item.section)} {`, ...item.items.flatMap(lines).map((line) => `  ${line}`), '}'];
  const { key, value } = item;
  return [
    `${name(key)} = ${[value]
      .flat()
      .map((one) => word(String(one)))
      .join(', ')}`,
  ];
}

const PLAIN = /^[A-Za-z0-9%][A-Za-z0-9%._:/-]*$/;

/** A dot would part the name, a colon refer to another section. */
function name(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text)) return text;
  throw new Unencodable(
    `${JSON.stringify(text)} can't be the name of a section or key of strongSwan`,
    'write letters, digits, hyphens and underscores, a letter or digit first',
  );
}

/** Quotes would keep signs from parting the file, and not commas from parting a list: what needs them is refused. */
function word(text: string): string {
  if (PLAIN.test(text)) return text;
  throw new Unencodable(
    `${JSON.stringify(text)} can't be a value of strongSwan's configuration`,
    'write letters, digits and . _ : / - only, a letter or digit first',
  );
}

/** An absolute path without patterns and without steps upwards. */
function path(text: string): string {
  if (/^(?:\/[A-Za-z0-9_+=@-][A-Za-z0-9_+=.@-]*)+$/.test(text)) return text;
  throw new Unencodable(
    `${JSON.stringify(text)} can't be the path of a file that strongSwan includes`,
    'write letters, digits and / _ + = . @ - only, no part of the path beginning with a dot',
  );
}
