/** A text as anybody may see it. */
import { findSecrets } from './find';
import { secretUnder } from './named';

/** What stands in place of a secret. */
export const MASK = '(not shown)';

/** The same text with every secret out of it; the line breaks of a longer one stay. */
export function maskSecrets(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, end } of findSecrets(text)) {
    masked += text.slice(at, start) + MASK + text.slice(start, end).replace(/[^\n]+/g, '');
    at = end;
  }
  return at === 0 ? text : masked + text.slice(at);
}

/** The same value with every secret out of its texts, its keys, and what stands under a name that says secret. */
export function maskValue(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return secretUnder(name, value) === undefined ? maskSecrets(value) : MASK;
  if (Array.isArray(value)) return value.map((item) => maskValue(item, name));
  if (typeof value !== 'object' || value === null) return value;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function')
    return maskValue((value as { toJSON(): unknown }).toJSON(), name);
  const pair = nameOfPair(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      maskSecrets(key),
      maskValue(inner, pair !== undefined && /value$/i.test(key) ? pair : key),
    ]),
  );
}

/** `{Key: x, Value: y}`, as tags, parameters and environments are written. */
export function nameOfPair(value: object): string | undefined {
  const { Key, key, Name, name, ParameterKey } = value as Record<string, unknown>;
  const named = Key ?? key ?? Name ?? name ?? ParameterKey;
  return typeof named === 'string' ? named : undefined;
}
