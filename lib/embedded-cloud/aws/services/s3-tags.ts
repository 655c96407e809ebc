import { XMLParser } from 'fast-xml-parser';
import type { Backend } from '../../backend';
import type { CloudRequest, CloudResponse } from '../../http/exchange';
import { element } from '../../http/xml';
import type { StoredObject } from '../../store/buckets';
import { AwsError } from '../aws-error';
import { NAMESPACE } from './s3-xml';

/** Tags of an object ("Object tagging"). */
const MOST = 10;

/** `GetObjectTagging`, `PutObjectTagging`, `DeleteObjectTagging`: what marks an object for a garbage collection. */
export function taggingOf(backend: Backend, object: StoredObject | undefined, { method, body }: CloudRequest): CloudResponse {
  if (object === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (method === 'GET') {
    const tags = Object.entries(object.tags ?? {}).map(([Key, Value]) => element('Tag', { Key, Value }, ''));
    return {
      headers: { 'content-type': 'application/xml' },
      body: `<Tagging xmlns="${NAMESPACE}"><TagSet>${tags.join('')}</TagSet></Tagging>`,
    };
  }
  if (method !== 'PUT' && method !== 'DELETE')
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  const given = method === 'DELETE' ? [] : tagsIn(body);
  if (given.length > MOST) throw new AwsError('BadRequest', 'Object tags cannot be greater than 10');
  if (new Set(given.map(([key]) => key)).size < given.length)
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  object.tags = Object.fromEntries(given);
  backend.changed();
  return { status: method === 'DELETE' ? 204 : 200 };
}

function tagsIn(body: Buffer): [key: string, value: string][] {
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Tag' });
  const found = parser.parse(body.toString('utf8')).Tagging;
  if (found === undefined) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed');
  return (found.TagSet?.Tag ?? []).map((tag: { Key?: string; Value?: string }) => [
    String(tag.Key ?? ''),
    String(tag.Value ?? ''),
  ]);
}
