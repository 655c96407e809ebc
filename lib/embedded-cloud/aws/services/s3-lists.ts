/** Lists of buckets and of objects, as both versions of `ListObjects` tell them. */
import type { CloudResponse } from '../../http/exchange';
import { element, type XmlValue } from '../../http/xml';
import type { Bucket, StoredObject } from '../../store/buckets';
import { AwsError } from '../aws-error';
import { s3Xml } from './s3-xml';

/** Keys of one answer at most. */
const MOST = 1000;

/** Answers with elements of one name behind its head: S3's lists have no element around them. */
function listed(name: string, head: XmlValue, elements: readonly string[]): CloudResponse {
  const answer = s3Xml(name, head);
  return { ...answer, body: String(answer.body).replace(`</${name}>`, `${elements.join('')}</${name}>`) };
}

/** `ListBuckets`: the account's own, of all regions. */
export function listBuckets(buckets: readonly Bucket[]): CloudResponse {
  const each = buckets.map((b) =>
    element('Bucket', { Name: b.name, CreationDate: b.created ?? EPOCH, BucketRegion: b.region }, ''),
  );
  return listed('ListAllMyBucketsResult', {}, [`<Buckets>${each.join('')}</Buckets>`]);
}

/** Of buckets that were made before their day was kept. */
const EPOCH = '2006-03-14T00:00:00.000Z';

/** A line of a list: an object, or what several keys have before the delimiter. */
type Line = { readonly name: string; readonly object?: StoredObject };

/** `ListObjectsV2` (`list-type=2`) and `ListObjects`. */
export function listObjects(bucket: Bucket, query: URLSearchParams): CloudResponse {
  const second = query.get('list-type') === '2';
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const most = Math.min(MOST, Number(query.get('max-keys') ?? MOST));
  if (!Number.isSafeInteger(most) || most < 0)
    throw new AwsError('InvalidArgument', 'Argument max-keys must be an integer between 0 and 2147483647');
  const encoding = query.get('encoding-type') ?? undefined;
  if (encoding !== undefined && encoding !== 'url')
    throw new AwsError('InvalidArgument', 'Invalid Encoding Method specified in Request');
  const named = (name: string) => (encoding === 'url' ? encodeURIComponent(name).replaceAll('%2F', '/') : name);
  const after = (second ? (query.get('continuation-token') ?? query.get('start-after')) : query.get('marker')) ?? '';
  const lines = linesOf(bucket, prefix, delimiter).filter(({ name }) => name > after);
  const page = lines.slice(0, most);
  const more = lines.length > page.length;
  const last = page.at(-1)?.name;
  const own = second
    ? { KeyCount: page.length, NextContinuationToken: more ? last : undefined, StartAfter: query.get('start-after') ?? undefined }
    : {
        Marker: named(query.get('marker') ?? ''),
        NextMarker: more && delimiter !== '' && last !== undefined ? named(last) : undefined,
      };
  const head = {
    Name: bucket.name,
    Prefix: named(prefix),
    Delimiter: delimiter === '' ? undefined : named(delimiter),
    EncodingType: encoding,
    MaxKeys: most,
    IsTruncated: more,
    ...own,
  };
  const told = page.map(({ name, object }) =>
    object === undefined
      ? element('CommonPrefixes', { Prefix: named(name) }, '')
      : element(
          'Contents',
          { Key: named(name), LastModified: object.modified, ETag: object.etag, Size: object.size, StorageClass: 'STANDARD' },
          '',
        ),
  );
  return listed('ListBucketResult', head, told);
}

/** In the order of their bytes, which is S3's. */
function linesOf(bucket: Bucket, prefix: string, delimiter: string): Line[] {
  const lines = new Map<string, Line>();
  for (const [name, object] of Object.entries(bucket.objects)) {
    if (!name.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const common = end === -1 ? undefined : name.slice(0, end + delimiter.length);
    lines.set(common ?? name, common === undefined ? { name, object } : { name: common });
  }
  return [...lines.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}
