import { createHash, createHmac } from 'node:crypto';
import { clock } from '../../../engine/clock';
import type { RequestHead } from '../../http/exchange';
import { basicTime, encode, hmac, SKEW, sameSignature } from '../../http/signing';
import type { AccessKey, Keys } from '../../keys';
import type { World } from '../../store/world';
import { AliyunError } from '../aliyun-error';

/** What a signature is checked against. */
export interface OssGate {
  world: World;
  keys: Keys;
}

/** Longest life of a presigned address, seconds (seven days). */
const LONGEST = 604_800;

/** What of a request is signed. */
export interface Signed {
  request: RequestHead;
  bucket: string;
  key: string;
}

const denied = (code: string, message: string): AliyunError => new AliyunError(code, message, 403);

const mismatch = (): AliyunError =>
  denied(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );

/** The key with this id; a temporary one must come with its token. */
function keyOf(keys: Keys, id: string, token: string | undefined): AccessKey {
  const key = keys.find('aliyun', id);
  if (!key) throw denied('InvalidAccessKeyId', 'The OSS Access Key Id you provided does not exist in our records.');
  if (!sameSignature(key.securityToken ?? '', token ?? ''))
    throw denied('InvalidAccessKeyId', 'The security token you provided is not that of the OSS Access Key Id.');
  if (key.expires !== undefined && key.expires < clock.milliseconds())
    throw denied('SecurityTokenExpired', 'The security token you provided has expired.');
  return key;
}

/** Finds whose request it is, or refuses it as OSS does. OSS signs no body; a hash that says otherwise is refused. */
export function authenticateOss(house: OssGate, signed: Signed): AccessKey {
  const { headers, query } = signed.request;
  if ((headers['x-oss-content-sha256'] ?? 'UNSIGNED-PAYLOAD') !== 'UNSIGNED-PAYLOAD')
    throw new AliyunError('InvalidArgument', 'x-oss-content-sha256 must be UNSIGNED-PAYLOAD.');
  const authorization = headers.authorization ?? '';
  if (authorization.startsWith('OSS4-HMAC-SHA256 ') || query.has('x-oss-credential')) return withV4(house, signed);
  if (authorization.startsWith('OSS ')) return withV1(house, signed, authorization);
  throw denied('AccessDenied', 'You have no right to access this object because of bucket acl.');
}

/** "Include a V4 signature in the Authorization header", and the same in a presigned address. */
function withV4({ world, keys }: OssGate, signed: Signed): AccessKey {
  const { headers, query } = signed.request;
  const presigned = query.has('x-oss-credential');
  const field = (name: string): string =>
    presigned
      ? (query.get(`x-oss-${name.replace(/[A-Z]/g, (c, at) => `${at > 0 ? '-' : ''}${c.toLowerCase()}`)}`) ?? '')
      : (new RegExp(`${name}=([^,\\s]+)`).exec(headers.authorization ?? '')?.[1] ?? '');
  const [id = '', day = '', region = '', product, type] = field('Credential').split('/');
  if (product !== 'oss' || type !== 'aliyun_v4_request')
    throw new AliyunError(
      'InvalidArgument',
      'Invalid credential in Authorization: <AccessKeyId>/<date>/<region>/oss/aliyun_v4_request.',
    );
  const key = keyOf(keys, id, headers['x-oss-security-token'] ?? query.get('x-oss-security-token') ?? undefined);
  const date = (presigned ? query.get('x-oss-date') : headers['x-oss-date']) ?? '';
  checkClock(date, day, presigned ? Number(query.get('x-oss-expires')) : undefined);
  const bucket = world.ossBuckets[signed.bucket];
  if (bucket && bucket.region !== region)
    throw new AliyunError(
      'InvalidArgument',
      `Invalid signing region in Authorization header: the bucket stands in ${bucket.region}.`,
    );
  const secret = [region, 'oss', 'aliyun_v4_request'].reduce<Buffer>(hmac, hmac(`aliyun_v4${key.secret}`, day));
  const scope = `${day}/${region}/oss/aliyun_v4_request`;
  const signature = (canonical: string): string => {
    const hash = createHash('sha256').update(canonical).digest('hex');
    return hmac(secret, `OSS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).toString('hex');
  };
  const additional = field('AdditionalHeaders').split(';').filter(Boolean);
  // Clients write a parameter without a value with and without its equals sign.
  const right = [true, false].some((bare) => sameSignature(signature(canonicalV4(signed, additional, bare)), field('Signature')));
  if (!right) throw mismatch();
  return key;
}

function checkClock(date: string, day: string, expires: number | undefined): void {
  const at = basicTime(date);
  if (Number.isNaN(at) || !date.startsWith(day))
    throw denied('AccessDenied', 'Invalid date of the signature: x-oss-date is YYYYMMDDTHHMMSSZ.');
  if (expires !== undefined && !(expires > 0 && expires <= LONGEST && clock.milliseconds() <= at + expires * 1000))
    throw denied('AccessDenied', 'Request has expired.');
  if (at - clock.milliseconds() > SKEW || (expires === undefined && clock.milliseconds() - at > SKEW))
    throw denied('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
}

function canonicalV4({ request, bucket, key }: Signed, additional: string[], bare: boolean): string {
  const { headers, query } = request;
  const path = encode(`/${bucket ? `${bucket}/` : ''}${key}`).replace(/%2F/g, '/');
  const parameters = [...query]
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' && bare ? name : `${name}=${value}`));
  const always = (name: string) => name === 'content-type' || name === 'content-md5' || name.startsWith('x-oss-');
  const names = Object.keys(headers).filter((name) => always(name) || additional.includes(name));
  const lines = names.sort().map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  return [request.method, path, parameters.join('&'), lines.join(''), additional.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
}

/** Parameters that are part of the resource in V1 ("Include a V1 signature in the Authorization header"). */
const SUBRESOURCES = new Set(
  ['acl', 'uploads', 'location', 'cors', 'logging', 'website', 'referer', 'lifecycle', 'delete', 'append', 'tagging']
    .concat(['objectMeta', 'uploadId', 'partNumber', 'security-token', 'position', 'bucketInfo', 'policy', 'versioning'])
    .concat(['continuation-token', 'versionId', 'encryption', 'stat', 'symlink', 'restore', 'x-oss-process']),
);

function withV1({ keys }: OssGate, { request, bucket, key }: Signed, authorization: string): AccessKey {
  const { headers, query, method } = request;
  const [id = '', given = ''] = authorization.slice(4).split(':');
  const found = keyOf(keys, id, headers['x-oss-security-token']);
  const date = headers['x-oss-date'] ?? headers.date ?? '';
  if (!(Math.abs(clock.milliseconds() - Date.parse(date)) <= SKEW))
    throw denied('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  const oss = Object.keys(headers).filter((name) => name.startsWith('x-oss-'));
  const sub = [...query].filter(([name]) => SUBRESOURCES.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const resource = `/${bucket ? `${bucket}/` : ''}${key}${sub.map(([k, v], n) => `${n ? '&' : '?'}${v === '' ? k : `${k}=${v}`}`).join('')}`;
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    date,
    ...oss.sort().map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    resource,
  ].join('\n');
  if (!sameSignature(createHmac('sha1', found.secret).update(text).digest('base64'), given)) throw mismatch();
  return found;
}
