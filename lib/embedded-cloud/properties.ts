import { isObject, type JsonObject } from '../engine/json';

/** Properties of a resource as a handler reads them; undefined (or nothing in a list) where they aren't given. */
export const str = (p: JsonObject, key: string): string | undefined => (p[key] === undefined ? undefined : String(p[key]));
export const num = (p: JsonObject, key: string): number | undefined => (p[key] === undefined ? undefined : Number(p[key]));
export const bool = (p: JsonObject, key: string): boolean | undefined =>
  p[key] === undefined ? undefined : String(p[key]).toLowerCase() === 'true';
export const strs = (p: JsonObject, key: string): string[] => {
  const v = p[key];
  return Array.isArray(v) ? v.map(String) : [];
};
export const objs = (p: JsonObject, key: string): JsonObject[] => {
  const v = p[key];
  return Array.isArray(v) ? v.filter(isObject) : [];
};
export const obj = (p: JsonObject, key: string): JsonObject | undefined =>
  isObject(p[key]) ? (p[key] as JsonObject) : undefined;
