/** Secrets in a document of values, such as a template: each text of it is looked through by itself, under its name. */
import { findSecrets } from './find';
import { nameOfPair } from './mask';
import { secretUnder } from './named';

export interface SecretAt {
  readonly kind: string;
  /** Keys and indices down to the text. */
  readonly path: readonly (string | number)[];
  /** Line in that text, from 1. */
  readonly line: number;
}

/** Everything that `JSON.parse` gives. */
export function findInDocument(value: unknown): SecretAt[] {
  const found: SecretAt[] = [];
  walk(value, '', [], found);
  return found;
}

function walk(value: unknown, name: string, path: (string | number)[], found: SecretAt[]): void {
  if (typeof value === 'string') {
    const kind = secretUnder(name, value);
    if (kind !== undefined) found.push({ kind, path, line: 1 });
    else for (const { kind: other, line } of findSecrets(value)) found.push({ kind: other, path, line });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      walk(item, name, [...path, i], found);
    });
    return;
  }
  const pair = nameOfPair(value);
  for (const [key, inner] of Object.entries(value)) {
    for (const { kind, line } of findSecrets(key)) found.push({ kind, path, line });
    // An intrinsic function says nothing of the name that it stands under.
    const under = key.startsWith('Fn::') || key === 'Ref' ? '' : pair !== undefined && /value$/i.test(key) ? pair : key;
    walk(inner, under, [...path, key], found);
  }
}
