/** A JSON value with nothing else in it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * What pop-core parsed, as plain JSON: its parser makes BigNumber objects of numbers over 15 digits (account ids have 16) and objects
 * without a prototype. A whole number that JavaScript can hold becomes a number, a longer one its digits as text.
 */
export function plain(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return typeof value === 'bigint' ? String(value) : (value as Json);
  if (isBigNumber(value)) {
    const digits = value.toFixed();
    return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits;
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

/** bignumber.js marks its objects (its API: "BigNumber.isBigNumber", `_isBigNumber`). */
const isBigNumber = (value: object): value is { toFixed(): string } =>
  (value as { _isBigNumber?: unknown })._isBigNumber === true && typeof (value as { toFixed?: unknown }).toFixed === 'function';

/** A field as an object; an empty one where it is none. */
export function record(value: Json | undefined): Record<string, Json> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** A field as a list of objects; none where it is no list. */
export const records = (value: Json | undefined): Record<string, Json>[] => (Array.isArray(value) ? value.map(record) : []);

/** A field as text; empty where it is missing. Numbers become their digits: Aliyun writes some ids both ways. */
export function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A field as text, or nothing where it is missing or empty. */
export const someText = (value: Json | undefined): string | undefined => text(value) || undefined;

/** A field as a number; 0 where it is none. */
export const number = (value: Json | undefined): number => Number(text(value)) || 0;

/** A time as ROS writes it (`2019-08-01T04:07:39`: UTC without saying so) or as others do (`...Z`). Nothing where it is none. */
export function time(value: Json | undefined): Date | undefined {
  const written = text(value);
  if (!written) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(written) ? written : `${written}Z`;
  const parsed = new Date(zoned);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}
