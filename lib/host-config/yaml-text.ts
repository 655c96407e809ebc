/**
 * Writes single values as YAML. Ours rather than a library's printer: the same bytes for ever, because other bytes
 * stop and start every host of a fleet, and a form that both the Go reader on the host and people read.
 */

/** What YAML 1.1 readers take for something else than a text. */
const reserved = /^(true|false|yes|no|on|off|y|n|null)$/i;

/** A text on one line: plain where nobody can mistake it, else in double quotes. */
export function inlineText(value: string): string {
  return /^[A-Za-z/][\w./@-]*$/.test(value) && !reserved.test(value) ? value : quoted(value);
}

/**
 * A text as the value of a key, with its line break: a literal block where it has several lines and nothing that a block
 * can't hold, else on one line. `indent` is the column of the block's text; the key stands one column to the left.
 */
export function keyText(key: string, value: string, indent: number): string {
  const known = blocks.get(indent) ?? new Map<string, string>();
  blocks.set(indent, known);
  const text = known.get(value) ?? valueText(value, indent);
  if (known.size >= BLOCKS_AT_MOST) known.clear();
  known.set(value, text);
  return `${' '.repeat(indent - 1)}${key}:${text}`;
}

/** By indent and value: hosts of all regions have most files alike. Bounded. */
const blocks = new Map<number, Map<string, string>>();
const BLOCKS_AT_MOST = 2000;

function valueText(value: string, indent: number): string {
  const pad = ' '.repeat(indent);
  if (!fitsBlock(value)) return ` ${inlineText(value)}\n`;
  const body = value.replace(/\n+$/, '');
  const ends = value.length - body.length;
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  // Without a digit the reader would take the first line's own spaces for the block's.
  const digit = /^\n*[ \t]/.test(body) ? '1' : '';
  const lines = body.split('\n').map((line) => (line === '' ? '' : pad + line));
  return ` |${digit}${chomp}\n${lines.join('\n')}\n${'\n'.repeat(Math.max(0, ends - 1))}`;
}

function fitsBlock(value: string): boolean {
  if (!value.includes('\n') || /^\n*$/.test(value)) return false;
  // Breaks and marks that readers change or refuse, half characters, and lines of spaces only.
  return !/[^\t\n\x20-\x7e\xa0-\u{10ffff}]|[\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}|^[ \t]+$/mu.test(value);
}

function quoted(value: string): string {
  const escaped = value.replace(
    /["\\]|[^\x20-\x7e\xa0-\u{10ffff}]|[\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu,
    (character) => {
      if (character === '"' || character === '\\') return `\\${character}`;
      if (character === '\n') return '\\n';
      if (character === '\t') return '\\t';
      return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
    },
  );
  return `"${escaped}"`;
}
