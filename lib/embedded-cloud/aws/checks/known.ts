import { isObject, type Json, type JsonObject } from '../../../engine/json';
import { hasUnknown } from '../../../engine/unknown';

/** What is wrong, in words, or nothing: what a check says of one thing that it looked at. */
export type Said = string | false | undefined;

/**
 * What is wrong with a resource's properties before its service is asked. They are evaluated; what only the deploy will know is
 * marked in them (lib/engine/unknown) and counts as given, whatever it will be.
 */
export type PropertyCheck = (properties: JsonObject) => Said[];

/** A text, where it is known. */
export function text(p: JsonObject, key: string): string | undefined {
  const value = p[key];
  return value === undefined || typeof value === 'object' || hasUnknown(value) ? undefined : String(value);
}

/** A number, where it is known and is one. */
export function number(p: JsonObject, key: string): number | undefined {
  const value = text(p, key);
  return value === undefined || value.trim() === '' || !Number.isFinite(Number(value)) ? undefined : Number(value);
}

/** The keys that are given, of some. */
export const givenOf = (p: JsonObject, keys: readonly string[]): string[] => keys.filter((key) => p[key] !== undefined);

/** A list's members that are maps; one map counts as a list of one. */
export const maps = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];

/** A list's members, or the one value. */
export const members = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Says something of a text that is known and isn't of a form. */
export const unless = (form: RegExp, value: string | undefined, words: (value: string) => string): Said =>
  value !== undefined && !form.test(value) && words(value);

/** The values that stand more than once. */
export const twice = (values: readonly string[]): string[] => [...new Set(values.filter((v, i) => values.indexOf(v) !== i))];

/** A choice, or what the service takes without one; undefined where nobody knows it yet. */
export const choice = (p: JsonObject, key: string, usual: string): string | undefined =>
  p[key] === undefined ? usual : text(p, key);
