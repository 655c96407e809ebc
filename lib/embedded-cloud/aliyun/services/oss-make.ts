/** Buckets that are made past every stack: `aliyun oss mb`, `putBucket` of ali-oss ("PutBucket"). */
import { clock } from '../../../engine/clock';
import type { CloudResponse, RawRequest } from '../../http/exchange';
import type { AccessKey } from '../../keys';
import type { World } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { checkAcl, checkBucketName } from '../resources/oss';

interface House {
  readonly world: World;
  changed(): void;
}

/** Where a request is signed for; without one that of the address, and of `oss.aliyuncs.com` Hangzhou ("Regions and endpoints"). */
function regionOf({ headers }: RawRequest): string {
  const signed = /Credential=[^/]+\/\d+\/([a-z0-9-]+)\/oss\//.exec(headers.authorization ?? '')?.[1];
  return signed ?? /(?:^|\.)oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com/.exec(headers.host ?? '')?.[1] ?? 'cn-hangzhou';
}

function chosen(body: string, name: string, among: readonly string[]): string {
  const value = new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? among[0]!;
  if (!among.includes(value)) throw new AliyunError('InvalidArgument', `${name} is one of ${among.join(', ')}.`);
  return value;
}

/** One that is the account's own already is left as it is; what it was made with can't be changed by making it again. */
export function makeBucket(house: House, name: string, request: RawRequest, { account }: AccessKey): CloudResponse {
  checkBucketName(name);
  const body = request.body.toString('utf8');
  const RedundancyType = chosen(body, 'DataRedundancyType', ['LRS', 'ZRS']);
  const StorageClass = chosen(body, 'StorageClass', ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive']);
  const AccessControl = request.headers['x-oss-acl'] ?? 'private';
  checkAcl('x-oss-acl', AccessControl);
  const region = regionOf(request);
  const stands = house.world.ossBuckets[name];
  if (stands !== undefined && stands.account !== account)
    throw new AliyunError('BucketAlreadyExists', 'The requested bucket name is not available.', 409);
  if (stands !== undefined && stands.region !== region)
    throw new AliyunError('BucketAlreadyExists', "Bucket already exists can't modify location.", 409);
  if (stands !== undefined && (stands.properties.RedundancyType ?? 'LRS') !== RedundancyType)
    throw new AliyunError('BucketAlreadyExists', "Bucket already exists can't modify data redundancy type.", 409);
  if (stands === undefined) {
    const properties = { BucketName: name, AccessControl, RedundancyType, StorageClass };
    const made = { name, region, account, created: clock.now() };
    house.world.ossBuckets[name] = { ...made, versioned: false, properties, objects: {} };
    house.changed();
  }
  return { headers: { location: `/${name}` } };
}
