import { createHash } from 'node:crypto';
import { EngineError } from '../../../engine/engine-error';
import {
  CALL_BYTES,
  type CloudResponse,
  OBJECT_BYTES,
  type Protocol,
  type RawRequest,
  Refused,
  type RequestHead,
} from '../../http/exchange';
import { element, type XmlValue } from '../../http/xml';
import type { AccessKey } from '../../keys';
import { type Bucket, keepObject, objectAnswer, objectHeaders, type StoredObject } from '../../store/buckets';
import type { ObjectStore } from '../../store/objects';
import { AliyunError } from '../aliyun-error';
import { authenticateOss, type OssGate } from '../signature/oss';
import { makeBucket } from './oss-make';

/** What OSS works with. */
export interface OssHouse extends OssGate {
  objects: ObjectStore;
  changed(): void;
  unexpected(error: unknown): void;
}

/** What a request is about. */
export interface ObjectAddress {
  bucket: string;
  key: string;
}

/** Whether a request is OSS's: by its signature's kind. */
export const isOss = ({ headers, query }: RequestHead): boolean =>
  /^OSS(4-HMAC-SHA256)? /.test(headers.authorization ?? '') || query.has('x-oss-credential');

/** OSS behind the one address: a body is read when the rest was signed rightly. */
export const ossProtocol =
  (house: OssHouse): Protocol =>
  async (incoming) => {
    if (!isOss(incoming)) return undefined;
    const { read, ...head } = incoming;
    let at: ObjectAddress = { bucket: '', key: '' };
    const orSaid = (e: unknown): CloudResponse => {
      if (e instanceof Refused) throw e;
      return stamped(head, failure(house, head, at, e));
    };
    try {
      at = placeOf(head);
      const key = authenticateOss(house, { request: head, ...at });
      const act = async () => {
        const body = await read(at.key === '' ? CALL_BYTES : OBJECT_BYTES);
        return stamped(head, answer(house, { ...head, body }, at, key));
      };
      return { key, answer: () => act().catch(orSaid) };
    } catch (e) {
      throw new Refused(orSaid(e));
    }
  };

/** ali-oss gives an address a host name with the bucket, even where the bucket stands in the path (sldEnable). */
function placeOf(head: RequestHead): ObjectAddress {
  try {
    const at = addressed(head);
    return at.bucket !== '' && at.key.startsWith(`${at.bucket}/`) ? inPath(at.key) : at;
  } catch (e) {
    if (!(e instanceof URIError)) throw e;
    throw new AliyunError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/**
 * Bucket and key: of the path where the host is an address, or an endpoint of OSS itself; else the bucket is the host's first
 * label ("Access OSS by endpoints and bucket domain names").
 */
export function addressed({ headers, path }: Pick<RawRequest, 'headers' | 'path'>): ObjectAddress {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const whole = decodeURIComponent(path.replace(/^\//, ''));
  if (/^[\d.]+$/.test(host) || host === 'localhost' || host.startsWith('oss-')) return inPath(whole);
  return { bucket: host.split('.')[0] ?? '', key: whole };
}

function inPath(whole: string): ObjectAddress {
  const slash = whole.indexOf('/');
  return slash < 0 ? { bucket: whole, key: '' } : { bucket: whole.slice(0, slash), key: whole.slice(slash + 1) };
}

const xml = (body: string, status = 200): CloudResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const requestIdOf = ({ requestId }: RequestHead): string => requestId.replaceAll('-', '').slice(0, 24).toUpperCase();

const stamped = (head: RequestHead, response: CloudResponse): CloudResponse => ({
  ...response,
  headers: { server: 'AliyunOSS', 'x-oss-request-id': requestIdOf(head), 'x-oss-server-time': '1', ...response.headers },
});

function failure(house: OssHouse, head: RequestHead, at: ObjectAddress, e: unknown): CloudResponse {
  if (!(e instanceof EngineError)) house.unexpected(e);
  const { code, message, status } =
    e instanceof EngineError ? e : new AliyunError('InternalError', 'We encountered an internal error. Please try again.', 500);
  const said = { Code: code, Message: message, RequestId: requestIdOf(head), HostId: head.headers.host ?? '' };
  const about: XmlValue = at.key ? { BucketName: at.bucket, Key: at.key } : at.bucket ? { BucketName: at.bucket } : {};
  return head.method === 'HEAD' ? { status } : xml(element('Error', { ...said, ...about }, ''), status);
}

function answer(house: OssHouse, request: RawRequest, at: ObjectAddress, key: AccessKey): CloudResponse {
  if (at.bucket === '') {
    const own = Object.values(house.world.ossBuckets).filter((b) => b.account === key.account);
    const listed = own.map((b) => element('Bucket', { Name: b.name, Location: `oss-${b.region}`, Region: b.region }, ''));
    return xml(`<ListAllMyBucketsResult><Buckets>${listed.join('')}</Buckets></ListAllMyBucketsResult>`);
  }
  if (at.key === '' && request.method === 'PUT' && request.query.size === 0) return makeBucket(house, at.bucket, request, key);
  const bucket = house.world.ossBuckets[at.bucket];
  if (!bucket) throw new AliyunError('NoSuchBucket', 'The specified bucket does not exist.', 404);
  if (bucket.account !== key.account)
    throw new AliyunError('AccessDenied', 'You have no right to access this object because of bucket acl.', 403);
  return at.key === '' ? onBucket(bucket, request) : onObject(house, bucket, at.key, request);
}

function onBucket(bucket: Bucket, { method, query }: RawRequest): CloudResponse {
  if (method === 'HEAD') return { headers: { 'x-oss-bucket-region': bucket.region } };
  if (method !== 'GET')
    throw new AliyunError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  if (query.has('location')) return xml(element('LocationConstraint', `oss-${bucket.region}`, ''));
  if (query.has('bucketInfo'))
    return xml(
      element('BucketInfo', { Bucket: { Name: bucket.name, Location: `oss-${bucket.region}`, Region: bucket.region } }, ''),
    );
  return list(bucket, query);
}

/** ListObjectsV2, and the older ListObjects. */
function list(bucket: Bucket, query: URLSearchParams): CloudResponse {
  const v2 = query.get('list-type') === '2';
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const most = Number(query.get('max-keys') ?? 100);
  if (!Number.isInteger(most) || most < 1 || most > 1000) throw new AliyunError('InvalidArgument', 'max-keys is 1 to 1000.');
  const after = (v2 ? (query.get('continuation-token') ?? query.get('start-after')) : query.get('marker')) ?? '';
  const groupOf = (k: string): string => {
    const end = delimiter === '' ? -1 : k.indexOf(delimiter, prefix.length);
    return end < 0 ? k : k.slice(0, end + delimiter.length);
  };
  const entries = [
    ...new Set(
      Object.keys(bucket.objects)
        .filter((k) => k.startsWith(prefix))
        .map(groupOf),
    ),
  ]
    .sort()
    .filter((k) => k > after);
  const page = entries.slice(0, most);
  const more = entries.length > page.length;
  const contents = page.map((k) => {
    const o = bucket.objects[k];
    if (!o) return element('CommonPrefixes', { Prefix: k }, '');
    return element(
      'Contents',
      {
        Key: k,
        LastModified: o.modified,
        ETag: o.etag,
        Type: o.appendable ? 'Appendable' : 'Normal',
        Size: o.size,
        StorageClass: 'Standard',
      },
      '',
    );
  });
  const next = v2
    ? { KeyCount: page.length, NextContinuationToken: more ? page.at(-1) : undefined }
    : { NextMarker: more ? page.at(-1) : undefined };
  const head = element(
    'x',
    { Name: bucket.name, Prefix: prefix, MaxKeys: most, Delimiter: delimiter, IsTruncated: more, ...next },
    '',
  );
  return xml(`<ListBucketResult>${head.slice(3, -4)}${contents.join('')}</ListBucketResult>`);
}

/** What the headers of an object's own metadata begin with. */
const META = 'x-oss-meta-';

const told = (o: StoredObject): Record<string, string> => ({
  ...objectHeaders(o, META),
  'x-oss-object-type': o.appendable ? 'Appendable' : 'Normal',
  ...(o.appendable ? { 'x-oss-next-append-position': String(o.size) } : {}),
  'x-oss-storage-class': 'Standard',
});

function onObject(house: OssHouse, bucket: Bucket, key: string, request: RawRequest): CloudResponse {
  const { method, query } = request;
  if (query.has('uploads') || query.has('uploadId'))
    throw new AliyunError('NotImplemented', 'Uploads in parts are not in the embedded cloud.', 501);
  if (method === 'PUT') return put(house, bucket, key, request);
  if (method === 'POST' && query.has('append')) return append(house, bucket, key, request);
  const found = bucket.objects[key];
  if (method === 'DELETE') {
    delete bucket.objects[key];
    house.changed();
    return { status: 204 };
  }
  if (!found) throw new AliyunError('NoSuchKey', 'The specified key does not exist.', 404);
  return objectAnswer(house.objects, found, request, told(found), AliyunError);
}

/** What every upload is checked for. */
function upload(key: string, { headers, body }: RawRequest): Buffer {
  if (Buffer.byteLength(key) > 1023 || /^[/\\]/.test(key))
    throw new AliyunError('InvalidObjectName', 'The specified object is not valid.');
  const md5 = createHash('md5').update(body).digest();
  if (headers['content-md5'] !== undefined && headers['content-md5'] !== md5.toString('base64'))
    throw new AliyunError('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  return md5;
}

function put(house: OssHouse, bucket: Bucket, key: string, request: RawRequest): CloudResponse {
  const { headers, body } = request;
  if (headers['x-oss-copy-source'] !== undefined)
    throw new AliyunError('NotImplemented', 'CopyObject is not in the embedded cloud.', 501);
  const md5 = upload(key, request);
  // A bucket that keeps versions doesn't look at this header ("PutObject": x-oss-forbid-overwrite): what stood becomes an old version.
  if (headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true' && bucket.objects[key] && !bucket.versioned)
    throw new AliyunError('FileAlreadyExists', 'The object you specified already exists and can not be overwritten.', 409);
  const etag = `"${md5.toString('hex').toUpperCase()}"`;
  store(house, bucket, key, request, { body, etag });
  return { headers: { etag, 'content-md5': md5.toString('base64') } };
}

/** "AppendObject": only at the end of what stands; both sides of a race can't have the same end. */
function append(house: OssHouse, bucket: Bucket, key: string, request: RawRequest): CloudResponse {
  upload(key, request);
  const position = request.query.get('position') ?? '';
  if (!/^\d+$/.test(position)) throw new AliyunError('InvalidArgument', 'position is a whole number.');
  const stands = bucket.objects[key];
  if (stands && !stands.appendable) throw new AliyunError('ObjectNotAppendable', 'The object is not appendable', 409);
  if (Number(position) !== (stands?.size ?? 0))
    throw new AliyunError('PositionNotEqualToLength', 'Position is not equal to file length', 409);
  const before = stands === undefined ? Buffer.alloc(0) : house.objects.read(stands.digest);
  if (!before) throw new AliyunError('InternalError', 'We encountered an internal error. Please try again.', 500);
  const body = Buffer.concat([before, request.body]);
  const etag = `"${createHash('md5').update(body).digest('hex').toUpperCase()}"`;
  store(house, bucket, key, request, { body, etag, appendable: true });
  return { headers: { etag, 'x-oss-next-append-position': String(body.length), 'x-oss-hash-crc64ecma': '0' } };
}

function store(
  house: OssHouse,
  bucket: Bucket,
  key: string,
  { headers }: RawRequest,
  { body, ...own }: { body: Buffer; etag: string; appendable?: true },
): void {
  const type = headers['content-type'] ?? 'application/octet-stream';
  keepObject(house, bucket, key, body, { headers, meta: META, type, checksums: {}, ...own });
}
