/** Buckets that the public may come to read or write. */
import { objectOf } from '../../model/json';
import { isOn, newly, type SecurityRule, type Standing, standing, weakness } from './weakness';

const BUCKETS: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'ALIYUN::OSS::Bucket']);

/** "Blocking public access to your Amazon S3 storage": the four. Since April 2023 a bucket for which nothing is said has them on. */
const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;

export const publicAccessIsBlocked: SecurityRule = (context) =>
  standing(context, BUCKETS).flatMap((resource) => {
    const property = resource.type === 'AWS::S3::Bucket' ? 'PublicAccessBlockConfiguration' : 'BlockPublicAccess';
    const weaker = BLOCKS.filter((block) => resource.type === 'AWS::S3::Bucket' && loses(resource, property, block));
    if (resource.type === 'AWS::S3::Bucket' && weaker.length === 0) return [];
    if (resource.type !== 'AWS::S3::Bucket' && !newly(resource, ({ Properties }) => !isOn(Properties.BlockPublicAccess)))
      return [];
    const what = weaker.length === 0 ? '' : ` (${weaker.join(', ')})`;
    return [
      weakness(
        context,
        resource,
        property,
        'bucket-unblocked',
        `no longer blocks public access${what}: one rule or policy makes it public`,
      ),
    ];
  });

function loses({ before, after }: Standing, property: string, block: string): boolean {
  const of = (side: typeof before) => isOn(objectOf(side?.Properties[property])[block]);
  return before === undefined ? !of(after) : of(before) && !of(after);
}

/** "Canned ACL"; OSS, "Bucket ACL". */
export const bucketsArePrivate: SecurityRule = (context) =>
  standing(context, BUCKETS).flatMap((resource) => {
    if (
      !newly(resource, ({ Properties }) =>
        String(Properties.AccessControl ?? '')
          .toLowerCase()
          .startsWith('public'),
      )
    )
      return [];
    const acl = String(resource.after.Properties.AccessControl);
    return [
      weakness(
        context,
        resource,
        'AccessControl',
        'bucket-public',
        `is public: everybody on the internet may ${/write/i.test(acl) ? 'read and write' : 'read'} it (${acl})`,
      ),
    ];
  });
