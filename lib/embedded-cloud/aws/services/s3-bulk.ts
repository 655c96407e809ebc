import { XMLParser } from 'fast-xml-parser';
import { md5, uuid } from '../../../engine/ids';
import type { Backend } from '../../backend';
import type { CloudRequest, CloudResponse } from '../../http/exchange';
import { element } from '../../http/xml';
import type { Bucket } from '../../store/buckets';
import { AwsError } from '../aws-error';
import { storeObject, uploaded } from './s3-put';

const xml = (body: string): CloudResponse => ({ headers: { 'content-type': 'application/xml' }, body });

/** `DeleteObjects` */
export function deleteMany(backend: Backend, bucket: Bucket, body: Buffer): CloudResponse {
  const parsed = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Object' }).parse(body.toString('utf8'));
  const keys: string[] = (parsed.Delete?.Object ?? []).map((o: { Key: string }) => String(o.Key));
  for (const key of keys) delete bucket.objects[key];
  backend.changed();
  return xml(`<DeleteResult>${keys.map((k) => element('Deleted', { Key: k }, 'member')).join('')}</DeleteResult>`);
}

interface Upload {
  bucket: string;
  key: string;
  headers: CloudRequest['headers'];
  parts: Map<number, Buffer>;
}

/** Uploads in parts that are open; they don't outlive the process. */
const uploads = new WeakMap<object, Map<string, Upload>>();

/** The calls of an upload in parts. */
export async function multipart(backend: Backend, bucket: Bucket, key: string, request: CloudRequest): Promise<CloudResponse> {
  const open = uploads.get(backend.objects) ?? new Map<string, Upload>();
  uploads.set(backend.objects, open);
  const { method, query } = request;
  if (query.has('uploads')) {
    const id = uuid();
    open.set(id, { bucket: bucket.name, key, headers: request.headers, parts: new Map() });
    return xml(element('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: id }, 'member'));
  }
  const id = query.get('uploadId') ?? '';
  const upload = open.get(id);
  if (!upload) throw new AwsError('NoSuchUpload', 'The specified multipart upload does not exist.', 404);
  if (method === 'PUT') {
    const { bytes, checksums } = await uploaded(request);
    upload.parts.set(Number(query.get('partNumber')), bytes);
    return { headers: { etag: `"${md5(bytes)}"`, ...checksums } };
  }
  open.delete(id);
  if (method === 'DELETE') return { status: 204 };
  const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
  const etag = `"${md5(Buffer.concat(parts.map((p) => Buffer.from(md5(p), 'hex'))))}-${parts.length}"`;
  storeObject(backend, bucket, key, Buffer.concat(parts), upload.headers, {}, etag);
  return xml(element('CompleteMultipartUploadResult', { Bucket: bucket.name, Key: key, ETag: etag }, 'member'));
}
