import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How far a request's clock may be off, milliseconds: fifteen minutes on both clouds. */
export const SKEW = 15 * 60_000;

/** RFC 3986, as the signatures of both clouds want it: everything but letters, digits, `-`, `_`, `.` and `~`. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether two signatures are the same, in a time that says nothing. */
export const sameSignature = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

export const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Milliseconds since 1970 of `YYYYMMDDTHHMMSSZ`; NaN for anything else. */
export function basicTime(text: string): number {
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return m ? Date.parse(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`) : Number.NaN;
}
