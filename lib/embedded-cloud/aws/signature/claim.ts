/** What a request says of its own signature, in a header or in the query of a presigned address. */
import type { RequestHead } from '../../http/exchange';
import { basicTime } from '../../http/signing';
import { ALGORITHM, type Scope } from './canonical';
import { type Family, familyOf, refuse } from './refusals';

export interface Claim extends Scope {
  readonly family: Family;
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly time: string;
  readonly token: string | undefined;
  /** Seconds that a presigned address is good for; undefined: signed in a header. */
  readonly expires: number | undefined;
}

/** Longest life of a presigned address, seconds ("X-Amz-Expires": seven days). */
const LONGEST = 604_800;

/**
 * Reads it; undefined for what isn't signed with Version 4 at all.
 *
 * @throws Refused for what is, but not as it must be
 */
export function readClaim(head: RequestHead): Claim | undefined {
  const { headers, query } = head;
  const { authorization } = headers;
  const inHeader = authorization?.startsWith('AWS') === true;
  const inQuery = [...query.keys()].some((name) => /^X-Amz-(Algorithm|Credential|Signature)$/i.test(name));
  if (!inHeader && !inQuery) return undefined;
  const credential = inHeader ? /Credential=([^,\s]*)/.exec(authorization as string)?.[1] : query.get('X-Amz-Credential');
  const [accessKeyId = '', day = '', region = '', service = '', end = '', ...more] = (credential ?? '').split('/');
  const family = familyOf(service, head);
  const incomplete = (why: string): never => refuse(head, family, 'incomplete', why);
  if (inHeader && inQuery) incomplete('Only one auth mechanism allowed');
  if (authorization !== undefined && inQuery) incomplete('Only one auth mechanism allowed');
  if (
    !(/^\w+$/.test(accessKeyId) && /^\d{8}$/.test(day) && /^[a-z0-9-]+$/.test(region) && /^[a-z0-9-]+$/.test(service)) ||
    end !== 'aws4_request' ||
    more.length > 0
  )
    incomplete('Credential must have exactly 5 slash-delimited elements: keyid/date/region/service/aws4_request');
  const fields = inHeader ? fieldsOfHeader(authorization as string) : fieldsOfQuery(query);
  if (fields === undefined) return incomplete(`Authorization must be ${ALGORITHM} with Credential, SignedHeaders and Signature`);
  if (!/^[0-9a-f]{64}$/.test(fields.signature)) incomplete('Signature must be 64 lower-case hexadecimal digits');
  const time = inHeader ? timeOfHeaders(headers) : (query.get('X-Amz-Date') ?? '');
  if (Number.isNaN(basicTime(time)))
    incomplete('Authorization header requires existence of either a X-Amz-Date or a Date header');
  const expires = inQuery ? Number(query.get('X-Amz-Expires') ?? (service === 's3' ? Number.NaN : 900)) : undefined;
  if (expires !== undefined && !(Number.isInteger(expires) && expires > 0 && expires <= LONGEST))
    incomplete('X-Amz-Expires must be a number of seconds between 1 and 604800');
  const token = inHeader ? headers['x-amz-security-token'] : (query.get('X-Amz-Security-Token') ?? undefined);
  return { family, accessKeyId, day, region, service, ...fields, time, token, expires };
}

type Fields = Pick<Claim, 'signedHeaders' | 'signature'>;

function fieldsOfHeader(authorization: string): Fields | undefined {
  if (!authorization.startsWith(`${ALGORITHM} `)) return undefined;
  const parts = authorization
    .slice(ALGORITHM.length)
    .split(',')
    .map((part) => part.trim());
  const fields = new Map(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
  const [signedHeaders, signature] = [fields.get('SignedHeaders'), fields.get('Signature')];
  if (parts.length !== 3 || fields.size !== 3 || !fields.has('Credential')) return undefined;
  return signedHeaders && signature ? { signedHeaders: signedHeaders.split(';'), signature } : undefined;
}

function fieldsOfQuery(query: URLSearchParams): Fields | undefined {
  const one = (name: string): string | undefined => (query.getAll(name).length === 1 ? (query.get(name) as string) : undefined);
  const [signedHeaders, signature] = [one('X-Amz-SignedHeaders'), one('X-Amz-Signature')];
  if (one('X-Amz-Algorithm') !== ALGORITHM || !one('X-Amz-Credential') || !one('X-Amz-Date')) return undefined;
  return signedHeaders && signature ? { signedHeaders: signedHeaders.split(';'), signature } : undefined;
}

/** `X-Amz-Date` counts before `Date`, which may be of RFC 9110 too. */
function timeOfHeaders(headers: RequestHead['headers']): string {
  const given = headers['x-amz-date'] ?? headers.date ?? '';
  if (headers['x-amz-date'] !== undefined || !Number.isNaN(basicTime(given))) return given;
  const at = Date.parse(given);
  return Number.isNaN(at) ? '' : `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
