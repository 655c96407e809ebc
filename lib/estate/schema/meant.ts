/**
 * What somebody meant who wrote another value than a schema takes: the ordinary slips of the pen, each by its name. A guess is told only
 * where the schema takes it, so that the advice works.
 */
import { nearest } from '../findings/nearest';
import type { JsonSchema } from '../model/profile';

export interface Meant {
  readonly value: unknown;
  /** The slip: `ends with a comma`. */
  readonly slip: string;
}

/**
 * @param written the scalar as it stands in the file: a number may have lost its zeros in front
 * @param takes whether the schema takes a value
 */
export function meant(
  schema: JsonSchema,
  value: unknown,
  written: string | undefined,
  takes: (value: unknown) => boolean,
): Meant | undefined {
  for (const guess of guesses(schema, value, written)) if (takes(guess.value)) return guess;
  return undefined;
}

function* guesses(schema: JsonSchema, value: unknown, written: string | undefined): Generator<Meant> {
  const type = schema.type;
  if (typeof value === 'string') yield* ofText(schema, value);
  if (typeof value === 'number' || typeof value === 'boolean') {
    const text = written ?? String(value);
    if (type === 'string') {
      const kind =
        text === String(value) ? `without quotes it is a ${typeof value}` : `without quotes it is the ${typeof value} ${value}`;
      yield { value: text, slip: kind };
    }
    yield* ofText(schema, text);
    if (type === 'boolean') yield { value: value === 1, slip: 'true and false are written out' };
    if (type === 'integer' && typeof value === 'number') yield { value: Math.round(value), slip: 'it is counted in whole ones' };
  }
  if (type === 'array' && !Array.isArray(value)) yield* asList(value);
  if (type === 'object' && Array.isArray(value)) yield* asMap(value);
  if (type !== 'array' && Array.isArray(value) && value.length === 1)
    yield { value: value[0], slip: 'it is one value, not a list' };
}

/** Words and signs that stand for others; each on its own, then all that changed anything together. */
function* ofText(schema: JsonSchema, text: string): Generator<Meant> {
  const { type } = schema;
  let now = text;
  const slips: string[] = [];
  for (const [slip, mend] of MENDS) {
    const next = mend(now);
    if (next === now) continue;
    slips.push(slip);
    now = next;
    yield* typed(schema, now, slips.join(', and '));
  }
  if (now !== text) text = now;
  const said = slips.length === 0 ? '' : `${slips.join(', and ')}; `;
  if (type === 'integer' || type === 'number' || type === 'boolean')
    yield* typed(schema, text, `${said}a ${type === 'boolean' ? 'value' : 'number'} in quotes is text`);
  if (type === 'boolean' && /^(?:y|yes|on|1|enabled?)$/i.test(text))
    yield { value: true, slip: `${said}${text} is no word for true` };
  if (type === 'boolean' && /^(?:n|no|off|0|disabled?|none)$/i.test(text))
    yield { value: false, slip: `${said}${text} is no word for false` };
  if (type === 'integer' || type === 'number') yield* asNumber(schema, text, said);
  if (type === 'object') yield* asPair(text);
  yield* ofArn(text, said);
  yield* inUnits(text, said);
  yield* asName(text, said);
  yield* asRange(text, said);
  if (Array.isArray(schema.enum)) {
    const near = nearest(text, schema.enum.map(String));
    const found = schema.enum.find((one) => String(one) === near);
    if (found !== undefined) yield { value: found, slip: `${said}it is called ${near}` };
  }
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
  '：': ':',
  '，': ',',
  '；': ';',
  '（': '(',
  '）': ')',
  '【': '[',
  '】': ']',
  '｛': '{',
  '｝': '}',
  '　': ' ',
  '－': '-',
  '／': '/',
  '．': '.',
  '。': '.',
  '、': ',',
};

/** ASCII for the signs that input methods of Chinese and Japanese write. */
export function narrow(text: string): string {
  return text
    .replace(/[：，；（）【】｛｝　－／．。、]/g, (sign) => FULL_WIDTH[sign]!)
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

const MENDS: readonly (readonly [slip: string, mend: (text: string) => string])[] = [
  [
    'it has typographic quotes, which are no quotes',
    (text) =>
      text
        .replace(/[“”„‟«»]/g, '"')
        .replace(/[‘’‚‛]/g, "'")
        .replace(/^(["'])(.*)\1$/, '$2'),
  ],
  ['it has full-width signs', narrow],
  ['it has a space that is none', (text) => text.replace(/[\u00a0\u2000-\u200b\u202f\u205f\ufeff]/g, ' ').trim()],
  ['a space stands at its end', (text) => text.trim()],
  ['it ends with a comma or semicolon', (text) => text.replace(/\s*[,;]$/, '')],
  ['it stands in quotes twice', (text) => text.replace(/^(["'])(.*)\1$/, '$2')],
  ['a dash is no hyphen', (text) => text.replace(/[‐‑‒–—−]/g, '-')],
];

function* typed(schema: JsonSchema, text: string, slip: string): Generator<Meant> {
  if (schema.type === 'string' || schema.type === undefined) yield { value: text, slip };
  if ((schema.type === 'integer' || schema.type === 'number') && /^[+-]?\d+(\.\d+)?$/.test(text))
    yield { value: Number(text), slip };
  if (schema.type === 'boolean' && /^(?:true|false)$/i.test(text)) yield { value: text.toLowerCase() === 'true', slip };
}

/** Units that a number is counted in, by what its description says. */
const COUNTED: readonly (readonly [description: RegExp, name: string, factors: Readonly<Record<string, number>>])[] = [
  [/\bGiB\b/, 'GiB', { m: 1 / 1024, g: 1, t: 1024 }],
  [/\bMiB\/s\b/, 'MiB/s', { k: 1 / 1024, m: 1, g: 1024 }],
  [/\bseconds\b/, 'seconds', { s: 1, m: 60, h: 3600, d: 86_400 }],
];

function* asNumber({ description = '' }: JsonSchema, text: string, said: string): Generator<Meant> {
  const grouped = text.replace(/(?<=\d)[,_ '](?=\d{3}\b)/g, '');
  if (grouped !== text && /^\d+$/.test(grouped)) yield { value: Number(grouped), slip: `${said}a number has no separators` };
  const [, size, unit] = /^(\d+(?:\.\d+)?)\s*([a-z%][a-z/% ]*)$/i.exec(grouped) ?? [];
  if (size === undefined || unit === undefined) {
    const word = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].indexOf(
      text.toLowerCase(),
    );
    if (word >= 0) yield { value: word, slip: `${said}a number is written in digits` };
    return;
  }
  const [, name, factors] = COUNTED.find(([pattern]) => pattern.test(String(description))) ?? [];
  const days = /\bdays\b/i.test(String(description))
    ? ({ d: 1, w: 7 } as Record<string, number>)[unit.charAt(0).toLowerCase()]
    : undefined;
  const factor = days ?? factors?.[unit.charAt(0).toLowerCase()];
  const counted = days === undefined ? name : 'days';
  if (factor !== undefined)
    yield { value: Math.ceil(Number(size) * factor), slip: `${said}a number has no unit here: it is counted in ${counted}` };
  yield { value: Number(size), slip: `${said}a number has no unit here` };
}

/** Spans, rates and sizes, whose units people write in many ways. */
function* inUnits(text: string, said: string): Generator<Meant> {
  const [, size, rest = ''] = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(text) ?? [];
  if (size === undefined) return;
  const unit = rest.trim();
  const lower = unit.toLowerCase();
  const slip = `${said}${unit === '' ? 'it has no unit' : `${unit} is no unit here`}`;
  const span = /^(?:s|sec|secs|seconds?)$/.test(lower)
    ? 's'
    : /^(?:m|min|mins|minutes?)$/.test(lower)
      ? 'm'
      : /^(?:h|hrs?|hours?)$/.test(lower)
        ? 'h'
        : /^(?:d|days?)$/.test(lower)
          ? 'd'
          : undefined;
  if (span !== undefined) yield { value: `${size}${span}`, slip };
  if (/^(?:w|wk|weeks?)$/.test(lower)) yield { value: `${Number(size) * 7}d`, slip };
  if (/^(?:mo|months?)$/.test(lower)) yield { value: `${Number(size) * 30}d`, slip };
  if (/^ms$/.test(lower)) yield { value: `${Number(size) / 1000}s`, slip };
  const [, prefix, bits, perSecond] =
    /^([kmgt]?)(?:i?(b|byte|bytes|bit|bits))?\s*(ps|\/s|\/sec|\/second|per second|per sec)?$/.exec(lower) ?? [];
  if (prefix !== undefined) {
    const divided = /^bits?$/.test(bits ?? '') || /[kmgt]b(?:ps)$/.test(unit) ? 8 : 1;
    const [scaled, scale] = divided === 1 ? [Number(size), prefix] : [Number(size) / 8, prefix];
    const name = { '': 'B', k: 'kB', m: 'MB', g: 'GB', t: 'TB' }[scale]!;
    yield { value: `${scaled}${name}/s`, slip };
    if (perSecond === undefined) yield { value: `${scaled}${name}`, slip };
  }
  if (unit === '') yield { value: `${size}d`, slip };
}

/** What an ARN names, where a name is wanted ("Amazon Resource Names": the resource is the last part, its path before its name). */
function* ofArn(text: string, said: string): Generator<Meant> {
  const [, resource] = /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:(.+)$/.exec(text) ?? [];
  const found = resource?.split(/[:/]/);
  if (found === undefined) return;
  if (found.length > 1) yield { value: found.slice(1).join('/'), slip: `${said}it is an ARN` };
  yield { value: found.at(-1), slip: `${said}it is an ARN` };
}

/** Names: small letters, hyphens for what else keeps words apart. */
function* asName(text: string, said: string): Generator<Meant> {
  const lower = text.toLowerCase();
  if (lower !== text) yield { value: lower, slip: `${said}it has capital letters` };
  const joined = lower.replace(/[\s_.]+/g, '-').replace(/^-+|-+$/g, '');
  if (joined !== lower)
    yield { value: joined, slip: `${said}it has ${/\s/.test(text) ? 'spaces' : /_/.test(text) ? 'underscores' : 'dots'}` };
  const kept = text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  if (kept !== text) yield { value: kept, slip: `${said}it has ${/\s/.test(text) ? 'spaces' : 'signs'} that can't stand there` };
  const slash = text.replace(/\/+$/, '');
  if (slash !== text) yield { value: slash, slip: `${said}it ends with a slash` };
}

function* asRange(text: string, said: string): Generator<Meant> {
  const [, a, b, c, d, bits] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\s*\/\s*(\d{1,2}))?$/.exec(text) ?? [];
  if (a === undefined) return;
  const length = bits === undefined ? (d === '0' ? (c === '0' ? 16 : 24) : 32) : Number(bits);
  const parts = [a, b, c, d].map(Number);
  if (parts.some((part) => part > 255) || length > 32) return;
  const base = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - length);
  const first = base - (base % size);
  const dotted = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
  yield {
    value: `${dotted}/${length}`,
    slip: `${said}${bits === undefined ? 'a range has a length' : first !== base ? 'its address is not the first of the range' : /\s/.test(text) ? 'it has spaces' : 'its numbers have zeros in front'}`,
  };
  yield { value: `${a}.${b}.${c}.${d}`, slip: `${said}it is an address, not a range` };
}

/** `voters:voters`, which is one text. */
function* asPair(text: string): Generator<Meant> {
  const [, key, sign, value] = /^([\w.@-]+)\s*([:：=])\s*(\S.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) return;
  const scalar = /^\d+$/.test(value) ? Number(value) : value;
  yield {
    value: { [key]: scalar },
    slip:
      sign === '='
        ? 'a colon and a space stand between a key and its value, not ='
        : sign === ':'
          ? 'no space stands behind the colon'
          : 'the colon is a full-width one',
  };
}

function* asList(value: unknown): Generator<Meant> {
  if (typeof value === 'string') {
    const bare = narrow(value).replace(/^\[|\]$/g, '');
    const items = bare
      .split(/^-\s*|\s+-\s*|[,;\s]+/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
    yield { value: [value], slip: 'it is a list, also of one' };
    if (items.length > 0)
      yield {
        value: items,
        slip:
          narrow(value) !== value
            ? 'it has full-width signs'
            : /^-/.test(value)
              ? 'a space stands behind the dash of a list'
              : 'a list has brackets or dashes',
      };
    return;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.every(([, inner]) => inner === null))
      yield { value: entries.map(([key]) => key), slip: 'items of a list have a dash' };
    yield { value: Object.values(value), slip: 'items of a list have a dash and no names' };
    return;
  }
  if (value !== null && value !== undefined) yield { value: [value], slip: 'it is a list, also of one' };
}

/** `- name: voters` for `voters:`, and lists of single keys. */
function* asMap(items: readonly unknown[]): Generator<Meant> {
  if (!items.every((item): item is Record<string, unknown> => typeof item === 'object' && item !== null && !Array.isArray(item)))
    return;
  if (items.every((item) => typeof item.name === 'string'))
    yield {
      value: Object.fromEntries(items.map(({ name, ...rest }) => [name, rest])),
      slip: 'these are found by their names: a mapping, not a list',
    };
  const [first] = items;
  // Once more a dash before the whole is one item.
  yield { value: items.length === 1 ? first : Object.assign({}, ...items), slip: 'keys of a mapping have no dash' };
}
