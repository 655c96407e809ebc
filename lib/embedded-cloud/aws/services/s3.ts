import { clock } from '../../../engine/clock';
import type { Backend } from '../../backend';
import type { CloudRequest, CloudResponse } from '../../http/exchange';
import { type Bucket, objectAnswer, objectHeaders } from '../../store/buckets';
import { AwsError } from '../aws-error';
import { deleteMany, multipart } from './s3-bulk';
import { listBuckets, listObjects } from './s3-lists';
import { META, putObject } from './s3-put';
import { taggingOf } from './s3-tags';
import { NAMESPACE, s3Xml } from './s3-xml';

/** One S3 call, path style. */
export async function s3(backend: Backend, request: CloudRequest): Promise<CloudResponse> {
  const [, bucketName = '', ...rest] = request.path.split('/');
  const key = decodeURIComponent(rest.join('/'));
  if (bucketName === '') {
    const own = Object.values(backend.world.buckets).filter((b) => b.account === request.account);
    return listBuckets(own);
  }
  const name = decodeURIComponent(bucketName);
  const bucket = backend.world.buckets[name];
  if (!bucket && key === '' && request.method === 'PUT' && request.query.size === 0) return createBucket(backend, name, request);
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return key === '' ? onBucket(backend, bucket, request) : onObject(backend, bucket, key, request);
}

/** `CreateBucket`, as a person makes one by hand: nothing of it is set. */
function createBucket({ world, changed }: Backend, name: string, { account, region, body }: CloudRequest): CloudResponse {
  const [, wanted = 'us-east-1'] = /<LocationConstraint>([^<]*)</.exec(body.toString('utf8')) ?? [];
  if (wanted !== region)
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  world.buckets[name] = { name, region, account, created: clock.now(), versioned: false, properties: {}, objects: {} };
  changed();
  return { headers: { location: `/${name}` } };
}

function onBucket(backend: Backend, bucket: Bucket, { method, query, body }: CloudRequest): CloudResponse {
  if (method === 'HEAD') return { headers: { 'x-amz-bucket-region': bucket.region } };
  if (method === 'POST' && query.has('delete')) return deleteMany(backend, bucket, body);
  if (method !== 'GET') throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  if (query.has('location')) {
    return {
      headers: { 'content-type': 'application/xml' },
      body: `<LocationConstraint xmlns="${NAMESPACE}">${bucket.region === 'us-east-1' ? '' : bucket.region}</LocationConstraint>`,
    };
  }
  if (query.has('encryption')) return encryption(bucket);
  if (query.has('versioning')) return s3Xml('VersioningConfiguration', bucket.versioned ? { Status: 'Enabled' } : {});
  if (query.has('policy')) {
    if (!bucket.policy) throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(bucket.policy) };
  }
  return listObjects(bucket, query);
}

function encryption(bucket: Bucket): CloudResponse {
  const rules = (
    bucket.properties.BucketEncryption as
      | { ServerSideEncryptionConfiguration?: { ServerSideEncryptionByDefault?: Record<string, string> }[] }
      | undefined
  )?.ServerSideEncryptionConfiguration;
  const rule = rules?.[0]?.ServerSideEncryptionByDefault ?? { SSEAlgorithm: 'AES256' };
  return s3Xml('ServerSideEncryptionConfiguration', {
    Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: rule.SSEAlgorithm, KMSMasterKeyID: rule.KMSMasterKeyID } },
  });
}

/** What an object has beside its content: a call about it must not be taken for one about that. */
const PARTS = ['acl', 'attributes', 'legal-hold', 'restore', 'retention', 'select', 'torrent'];

async function onObject(backend: Backend, bucket: Bucket, key: string, request: CloudRequest): Promise<CloudResponse> {
  const { method, query } = request;
  if (query.has('uploads') || query.has('uploadId')) return multipart(backend, bucket, key, request);
  if (query.has('tagging')) return taggingOf(backend, bucket.objects[key], request);
  const part = PARTS.find((name) => query.has(name));
  if (part !== undefined) throw new AwsError('NotImplemented', `An object's ${part} is not in the embedded cloud.`, 501);
  if (method === 'PUT') return putObject(backend, bucket, key, request);
  const found = bucket.objects[key];
  if (method === 'DELETE') {
    delete bucket.objects[key];
    backend.changed();
    return { status: 204 };
  }
  if (!found) throw new AwsError(method === 'HEAD' ? 'NotFound' : 'NoSuchKey', 'The specified key does not exist.', 404);
  const checksums = request.headers['x-amz-checksum-mode'] === 'ENABLED' && request.headers.range === undefined;
  return objectAnswer(
    backend.objects,
    found,
    request,
    { ...objectHeaders(found, META), ...(checksums ? found.checksums : {}) },
    AwsError,
    new AwsError('InvalidRange', 'The requested range is not satisfiable', 416),
  );
}
