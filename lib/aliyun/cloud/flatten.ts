/** A parameter of an RPC call as callers write it. */
export type Parameter =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | null
  | readonly Parameter[]
  | { readonly [key: string]: Parameter };
/** Parameters of an RPC call, by Aliyun's own names (`StackName`). */
export type Parameters = Readonly<Record<string, Parameter>>;

/** What pop-core itself writes into a call; none of it may come from a caller. */
const RESERVED = new Set([
  'AccessKeyId',
  'Action',
  'Format',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureVersion',
  'Timestamp',
  'Version',
]);

/**
 * Parameters as the RPC style wants them (Alibaba Cloud, "Request syntax and signature method V2"): lists counted from one
 * (`Tags.1.Key`), objects that aren't in a list as JSON, nothing where there is nothing. pop-core would send the words `undefined` and
 * `[object Object]`.
 */
export function flattenParameters(parameters: Parameters): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (RESERVED.has(name)) throw new TypeError(`${name} is written by the client, not by its caller`);
    put(flat, name, value, false);
  }
  return flat;
}

function put(flat: Record<string, string>, name: string, value: Parameter, inList: boolean): void {
  if (value === undefined || value === null) return;
  if (isList(value)) {
    // A gap in a list would end it for the service: what isn't there isn't counted.
    const there = value.filter((entry) => entry !== undefined && entry !== null);
    there.forEach((entry, index) => {
      put(flat, `${name}.${index + 1}`, entry, true);
    });
  } else if (typeof value === 'object') {
    if (!inList) flat[name] = JSON.stringify(value, (_key, entry) => (typeof entry === 'bigint' ? String(entry) : entry));
    else for (const [key, entry] of Object.entries(value)) put(flat, `${name}.${key}`, entry, isList(entry));
  } else {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new TypeError(`${name} is not a number that can be sent: ${value}`);
    flat[name] = String(value);
  }
}

const isList = (value: Parameter): value is readonly Parameter[] => Array.isArray(value);
