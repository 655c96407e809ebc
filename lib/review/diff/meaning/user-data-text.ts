/** From a property to the text that a host reads: mappings looked up, base64 and gzip decoded. */

import { gunzipSync } from 'node:zlib';
import { CLOUDS } from '../../../clouds/clouds';
import { isObject, type Json, type JsonObject, objectOf } from '../model/json';
import type { Provider } from '../state';
import { referredId } from './references';

/** Undefined where there is none. References stay readable: `${VpcId}`. */
export function userDataText(value: Json | undefined, template: JsonObject, provider: Provider): string | undefined {
  const sent = resolved(value, template);
  if (sent === undefined) return undefined;
  return sent.raw ? unpacked(Buffer.from(sent.text)) : decoded(sent.text, CLOUDS[provider].userDataIsBase64);
}

/** What differs when a host gets other bytes, whether or not they decode to the same text. */
export function userDataSent(value: Json | undefined, template: JsonObject): string | undefined {
  const sent = resolved(value, template);
  return sent === undefined ? undefined : `${sent.raw} ${sent.text}`;
}

interface Sent {
  readonly text: string;
  /** The text itself stands in a function that encodes it. */
  readonly raw: boolean;
}

function resolved(value: Json | undefined, template: JsonObject): Sent | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) return { text: String(value), raw: false };
  if (value['Fn::Base64Decode'] !== undefined) {
    const inner = resolved(value['Fn::Base64Decode'], template);
    return inner === undefined ? undefined : { text: decoded(inner.text, true), raw: true };
  }
  for (const encode of ['Fn::Base64', 'Fn::Base64Encode']) {
    if (value[encode] === undefined) continue;
    const inner = resolved(value[encode], template);
    return inner === undefined ? undefined : { text: inner.text, raw: true };
  }
  const found = value['Fn::FindInMap'];
  if (Array.isArray(found)) return resolved(lookedUp(found, template), template);
  const text = joined(value, template);
  return text === undefined ? undefined : { text, raw: false };
}

function lookedUp([map, first, second]: readonly Json[], template: JsonObject): Json | undefined {
  const mapping = objectOf(objectOf(template.Mappings)[String(map)]);
  return objectOf(mapping[String(first)])[String(second)];
}

function joined(value: JsonObject, template: JsonObject): string | undefined {
  const join = value['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) {
    const parts = (join[1] as readonly Json[]).map((part) => resolved(part, template)?.text ?? '');
    return parts.join(String(join[0]));
  }
  const sub = value['Fn::Sub'];
  if (typeof sub === 'string') return sub;
  if (Array.isArray(sub) && typeof sub[0] === 'string') return sub[0];
  const id = referredId(value);
  return id === undefined ? JSON.stringify(value) : `\${${id}}`;
}

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

function decoded(text: string, always: boolean): string {
  if (!BASE64.test(text)) return text;
  const bytes = Buffer.from(text, 'base64');
  if (isGzip(bytes)) return unpacked(bytes);
  const plain = bytes.toString('utf8');
  // Text that happens to look like base64 decodes to bytes that are no text.
  return always || /^(?:#|Content-Type:|\{)/.test(plain) ? plain : text;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpacked(bytes: Buffer): string {
  if (!isGzip(bytes)) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    // A diff of a broken text is still a diff.
    return `(gzip that can't be read, ${bytes.length} bytes)\n`;
  }
}
