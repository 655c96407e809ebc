import type { JsonObject } from '../../../engine/json';
import { bool, obj, str } from '../../properties';
import { AliyunError } from '../aliyun-error';
import type { Context, Handler } from './handler';
import { found, tagsOf } from './values';

const attributesOf = (c: Context, name: string) => ({
  Name: name,
  DomainName: `${name}.oss-${c.region.name}.aliyuncs.com`,
  InternalDomainName: `${name}.oss-${c.region.name}-internal.aliyuncs.com`,
  Arn: `acs:oss:${c.region.name}:${c.account.id}:${name}`,
});

const versioned = (p: JsonObject) => obj(p, 'VersioningConfiguration')?.Status === 'Enabled';

/** OSS, "Bucket naming conventions". */
export function checkBucketName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
    throw new AliyunError('InvalidBucketName', `The specified bucket ${name} is not valid.`);
}

/** @param what its name where it was given */
export function checkAcl(what: string, acl: string): void {
  if (!['private', 'public-read', 'public-read-write'].includes(acl))
    throw new AliyunError('InvalidArgument', `The ${what} ${acl} is not valid.`);
}

/** ALIYUN::OSS::Bucket: names are taken over all accounts. */
export const bucket: Handler = {
  create(c, p) {
    const name = str(p, 'BucketName') ?? '';
    checkBucketName(name);
    checkAcl('AccessControl', str(p, 'AccessControl') ?? 'private');
    if (c.world.ossBuckets[name])
      throw new AliyunError(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        409,
      );
    tagsOf(c, p.Tags);
    const place = { region: c.region.name, account: c.account.id };
    c.world.ossBuckets[name] = { name, ...place, versioned: versioned(p), properties: p, objects: {} };
    return { physicalId: name, attributes: attributesOf(c, name) };
  },
  update(c, name, p) {
    const b = found(c.world.ossBuckets, name, 'NoSuchBucket', 'bucket');
    Object.assign(b, { properties: p, versioned: versioned(p) });
    return { attributes: attributesOf(c, name) };
  },
  delete(c, name, p) {
    const left = Object.keys(c.world.ossBuckets[name]?.objects ?? {}).length;
    if (left > 0 && !bool(p, 'DeletionForce'))
      throw new AliyunError('BucketNotEmpty', 'The bucket you tried to delete is not empty.', 409);
    delete c.world.ossBuckets[name];
  },
  // One that somebody made by hand in its place has what it was made with.
  read(c, name, p) {
    const stands = c.world.ossBuckets[name];
    return (
      stands &&
      Object.fromEntries(Object.keys(p).flatMap((key) => (key in stands.properties ? [[key, stands.properties[key]!]] : [])))
    );
  },
};
