import { isObject, type Json, type JsonObject } from '../../../engine/json';

/** What is wrong, in words, or nothing: what a check says of one thing that it looked at. */
export type Said = string | false | undefined;

/** What a service refuses of a resource's properties by their form alone, as the resource is made or changed. */
export type PropertyCheck = (properties: JsonObject) => Said[];

/** A value as a text, where it is one. */
export function text(p: JsonObject, key: string): string | undefined {
  const value = p[key];
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

/** A number, where it is one. */
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

/** Says something of a text that isn't of a form. */
export const unless = (form: RegExp, value: string | undefined, words: (value: string) => string): Said =>
  value !== undefined && !form.test(value) && words(value);

/** The values that stand more than once. */
export const twice = (values: readonly string[]): string[] => [...new Set(values.filter((v, i) => values.indexOf(v) !== i))];

/** A choice, or what the service takes without one. */
export const choice = (p: JsonObject, key: string, usual: string): string | undefined =>
  p[key] === undefined ? usual : text(p, key);
