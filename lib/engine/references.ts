import { isObject, type Json } from './json';

/** A use of another resource (or parameter): `attribute` is absent for `Ref`. */
export interface Reference {
  name: string;
  attribute?: string;
}

const subPattern = /\$\{([^!{}][^{}]*)\}/g;

/** Names in a `Fn::Sub` text, without `${!literal}`. */
export const subNames = (text: string): string[] => [...text.matchAll(subPattern)].map((m) => (m[1] ?? '').trim());

/** Every use of a name inside a value. */
export function referencesIn(value: Json | undefined, into: Reference[] = []): Reference[] {
  if (Array.isArray(value)) {
    for (const v of value) referencesIn(v, into);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) referenceOf(key, inner, into);
  }
  return into;
}

function referenceOf(key: string, inner: Json, into: Reference[]): void {
  if (key === 'Ref' && typeof inner === 'string') {
    into.push({ name: inner });
    return;
  }
  if (key === 'Fn::GetAtt') {
    into.push(attributeReference(inner));
    return;
  }
  if (key === 'Fn::Sub') {
    const [text, own] = Array.isArray(inner) ? [inner[0], inner[1]] : [inner, undefined];
    const locals = isObject(own) ? Object.keys(own) : [];
    for (const name of subNames(String(text))) {
      if (locals.includes(name)) continue;
      const dot = name.indexOf('.');
      into.push(dot < 0 ? { name } : { name: name.slice(0, dot), attribute: name.slice(dot + 1) });
    }
    referencesIn(own, into);
    return;
  }
  referencesIn(inner, into);
}

/** `Fn::GetAtt` in either form. */
export function attributeReference(value: Json): Reference {
  const [name, attribute] = Array.isArray(value)
    ? [value[0], value.slice(1).join('.')]
    : [String(value).split('.')[0], String(value).split('.').slice(1).join('.')];
  return { name: String(name), attribute: String(attribute) };
}
