/**
 * Locks are written in one form only: a header that names the commands, sorted keys, one line an entry. So a change
 * of one member is one changed line, and a large lock is read back without a YAML parser (readCanonical).
 */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
/** Words that some YAML reader takes for a boolean or null. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A scalar as it stands in a lock: plain where no reader could misread it, else in double quotes. */
export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !WORDS.test(value) ? value : JSON.stringify(value);
}

/** `[a, b]`, in the order given. */
export function scalars(values: readonly (string | number)[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

type Flow = string | number | boolean | undefined | readonly number[] | { readonly [key: string]: Flow };

/** `{ a: 1, b: x }` with sorted keys, maps within it likewise; undefined values are left out. */
export function flow(entry: Readonly<Record<string, Flow>>): string {
  const parts = Object.keys(entry)
    .sort()
    .flatMap((key) => {
      const value = entry[key];
      if (value === undefined) return [];
      return [`${scalar(key)}: ${written(value)}`];
    });
  return `{ ${parts.join(', ')} }`;
}

/** A mapping of scalars with sorted keys, indented by two; `{}` when empty. */
export function mapping(name: string, values: Readonly<Record<string, string>>): string {
  const keys = Object.keys(values).sort();
  if (keys.length === 0) return `${name}: {}\n`;
  return `${name}:\n${keys.map((key) => `  ${scalar(key)}: ${scalar(values[key]!)}\n`).join('')}`;
}

/** First lines of a lock. */
export function header(...commands: string[]): string {
  return `# Written by ${commands.map((c) => `\`${c}\``).join(' and ')}. Commit it; don't edit it by hand.\n`;
}

function written(value: Exclude<Flow, undefined>): string {
  if (typeof value !== 'object') return scalar(value);
  return isList(value) ? scalars(value) : flow(value);
}

function isList(value: object): value is readonly number[] {
  return Array.isArray(value);
}
