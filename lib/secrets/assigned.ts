/** A value under a name that says secret: `DB_PASS=x`, `"token": "x"`, `--password x`, `<password>x</password>`, `{Key: password, Value: x}`. */
import { matches, type Rule, type Span, spanOf } from './model';
import { MAY, secretUnder } from './named';

const NAME = '(?<name>[\\w.-]{1,80})';
/** The three ways in which a value is written. Looked ahead at only: what is a value may be an assignment itself. */
const VALUE =
  '(?=(?:"(?<double>(?:[^"\\\\\\n]|\\\\.){1,300})|\'(?<single>[^\'\\n]{1,300})|(?<bare>[^\\s"\',;|&<>)\\]}][^\\s"\',;|)\\]}]{0,300})))';

/** `name = value` and the like; `${NAME:-value}`, whose value is taken where nobody sets another. */
const EQUALS = new RegExp(
  `(?<![\\w.-])${NAME}(?:\\[[\\w'"-]{1,40}\\])?\\\\?["']?[ \\t]{0,40}(?::=|=>|:-|\\?=|\\+=|[:=](?![=~]))[ \\t]{0,40}(?:[rbuf](?=["']))?>?\\\\?${VALUE}`,
  'g',
);
/** `--name value`, `-name value`. */
const OPTION = new RegExp(`(?<![\\w.-])(?<name>--?[A-Za-z][\\w.-]{1,60})[ \\t]{1,20}${VALUE}`, 'g');
const ELEMENT = /<(?:\w{1,20}:)?(?<name>[\w.-]{1,60})(?:\s[^<>\n]{0,100})?>(?<bare>[^<>\n]{1,300})<\//g;

/** What stands on one line. */
export const assigned: Rule = {
  may: (text) => MAY.test(text) && /[:=>]|--?[A-Za-z]/.test(text),
  *find(text) {
    for (const pattern of [EQUALS, OPTION]) yield* judged(text, pattern);
    if (text.includes('</')) yield* judged(text, ELEMENT);
  },
};

/** `- name: DB_PASSWORD` with `value: x` behind it, in YAML, JSON and XML. */
const PAIR = new RegExp(
  `(?<![\\w-])["']?(?:[Nn]ame|[Kk]ey|ParameterKey|ParameterName|OptionName)["']?[ \\t]{0,20}[:=][ \\t]{0,20}["']?${NAME}["']?\\s{0,80}[,;]?\\s{0,80}["']?(?:[Vv]alue|ParameterValue|DefaultValue)["']?[ \\t]{0,20}[:=][ \\t]{0,20}${VALUE}`,
  'g',
);
/** A YAML scalar that begins on the next line. */
const BELOW =
  /(?<![\w.-])(?<name>[\w.-]{1,80})["']?:[ \t]{0,20}(?:[|>][+-]?\d?)?[ \t]{0,20}\n[ \t]{1,60}["']?(?<bare>[^\s:#{[&*|>"'-][^\s:"']{2,300})["']?[ \t]{0,20}(?=\n|$)/g;

const ENDS = /(?:pass|pwd|word|phrase|secret|psk|token|key|cred)\w{0,20}["']?:[ \t]{0,20}(?:[|>][+-]?\d?)?[ \t]{0,20}\n/i;

/** What stands on two lines, at least. */
export const assignedBelow: Rule = {
  may: (text) => /value/i.test(text) || ENDS.test(text),
  *find(text) {
    if (/value/i.test(text)) yield* judged(text, PAIR);
    if (ENDS.test(text)) yield* judged(text, BELOW);
  },
};

function* judged(text: string, pattern: RegExp): Iterable<Span> {
  for (const match of matches(pattern, text)) {
    const { name, double, single, bare } = match.groups as Record<string, string | undefined>;
    const value = double ?? single ?? bare ?? '';
    // A field of an ARN: `arn:aws:secretsmanager:us-east-1:111111111111:secret:app/db-??????`.
    if (text[match.index - 1] === ':' && match[0] === `${name}:`) continue;
    const kind = secretUnder(name!, unescaped(value, bare !== undefined));
    if (kind === undefined || isSelf(text, match, name!, bare)) continue;
    const from = match.index + match[0].length;
    // A value that is looked ahead at stands behind the match, behind its quote.
    const start =
      pattern === ELEMENT || pattern === BELOW ? spanOf(match, kind, value).start : from + (bare === undefined ? 1 : 0);
    yield { kind, start, end: start + value.length };
  }
}

/** Inside of other quotes a quote stands behind a backslash. */
function unescaped(value: string, bare: boolean): string {
  return bare ? value.replace(/^\\+|\\+$/g, '') : value;
}

/** `connect(password=password)`. */
function isSelf(text: string, match: RegExpMatchArray, name: string, bare: string | undefined): boolean {
  return bare === name && /[),]/.test(text[match.index! + match[0].length + bare.length] ?? '');
}
