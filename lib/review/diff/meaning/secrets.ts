/** What no output shows: values under keys that name a secret, base64, and lines of user-data that hold a secret. */
import { findSecrets, MASK } from '../../../secrets';
import { isObject, type Json } from '../model/json';
import type { JsonPath } from '../model/value-changes';

/** What stands in place of a value. */
export const HIDDEN = MASK;

const SECRET_NAME =
  /secret|passw(?:or)?d|passphrase|credential|private.?key|access.?key|pre.?shared|auth.?(?:key|string)|(?:^|[._-])psk|token$|key.?material/i;

/** Whether a key's value is not to be shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A value as any output may show it. `hidden` names parameters with NoEcho. */
export function shown(value: Json | undefined, path: JsonPath = [], hidden: ReadonlySet<string> = new Set()): Json | undefined {
  if (value === undefined) return undefined;
  if (path.some((key) => typeof key === 'string' && (isSecretName(key) || hidden.has(key)))) return HIDDEN;
  if (typeof value === 'string') {
    return path.includes('UserData') || isEncoded(value) ? `(${value.length} characters)` : withoutSecrets(value);
  }
  if (Array.isArray(value)) return value.map((item: Json) => shown(item, path, hidden) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, [key], hidden)]));
}

/** Base64 of a text or of gzip: what it decodes to was never looked through for secrets. */
function isEncoded(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true;
  // Names decode to bytes that are no text.
  return bytes.toString('utf8').replace(/[\t\n\r\x20-\x7e]/g, '') === '';
}

/** Long enough that no name, digest or address is meant: SHA-512 in hex has 128. */
const BASE64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{160,}={0,2}/g;

/** A text without the lines that hold secrets, and without long base64. */
export function withoutSecrets(text: string): string {
  let kept = text;
  // What is found is the first of each form: hidden, the next one is.
  for (let found = findSecrets(kept); found.length > 0; found = findSecrets(kept)) {
    const hidden = hideLines(kept, new Set(found.map(({ line }) => line)));
    if (hidden === kept) return text.replace(/[^\n]+/g, HIDDEN);
    kept = hidden;
  }
  return kept.replace(BASE64, (found) =>
    /[A-Z]/.test(found) && /[a-z]/.test(found) ? `(base64, ${found.length} characters)` : found,
  );
}

/** A private key goes on for lines: up to its end. */
function hideLines(text: string, hidden: ReadonlySet<number>): string {
  let inKey = false;
  return text
    .split('\n')
    .map((line, i) => {
      if (/-----BEGIN .*PRIVATE KEY/.test(line)) inKey = true;
      const hide = inKey || hidden.has(i + 1);
      if (/-----END .*PRIVATE KEY/.test(line)) inKey = false;
      return hide ? `${/^\s*/.exec(line)![0]}${HIDDEN}` : line;
    })
    .join('\n');
}
