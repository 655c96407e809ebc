/** From the property of an instance or of a template of instances to the text that its hosts boot with. */
import { gunzipSync } from 'node:zlib';
import { CLOUDS } from '../../clouds/clouds';
import { ALIYUN, type Stack } from './assembly';

/** The template that a property stands in. */
export type WithUserData = Pick<Stack, 'account' | 'mappings'>;

/** Undefined where there is none, or where it is none of the forms that are emitted. */
export function userDataText(value: unknown, stack: WithUserData): string | undefined {
  const encoded = CLOUDS[stack.account === ALIYUN ? 'aliyun' : 'aws'].userDataIsBase64;
  const text = resolved(value, stack);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text.text, text.plain ? 'utf8' : 'base64');
  const raw = text.plain || encoded || isGzip(bytes) ? bytes : Buffer.from(text.text);
  try {
    return (isGzip(raw) ? gunzipSync(raw) : raw).toString('utf8');
  } catch {
    return undefined;
  }
}

interface Resolved {
  readonly text: string;
  /** The cloud or a function encodes it. */
  readonly plain: boolean;
}

function resolved(value: unknown, stack: WithUserData): Resolved | undefined {
  if (typeof value === 'string') return { text: value, plain: false };
  if (typeof value !== 'object' || value === null) return undefined;
  const object = value as Readonly<Record<string, unknown>>;
  const inner = object['Fn::Base64'] ?? object['Fn::Base64Encode'];
  if (inner !== undefined) {
    const found = resolved(inner, stack);
    return found && { text: found.text, plain: true };
  }
  const map = object['Fn::FindInMap'];
  if (!Array.isArray(map)) return undefined;
  const [name, first, second] = map.map(String) as [string, string, string];
  return resolved(stack.mappings?.[name]?.[first]?.[second], stack);
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
