import { BUCKET_NAME, HOST_NAME, STACK_NAME } from '../../../facts/aws/limits';
import { hostName } from '../../addresses/member-number';
import { accountOf } from '../../model/account';
import type { Link } from '../../model/model';
import { entryOf } from '../links/link-entry';
import { ESTATE_PATH, type Problem, type Rule, wholeRegions } from '../rule';

/** Names that are made of other names fit where they are used. Source: "General purpose bucket naming rules"; OSS, "Bucket naming conventions"; RFC 1035 section 2.3.4; "CreateStack" (StackName). */
export const namesFit: Rule = {
  code: 'NAME_TOO_LONG',
  title: 'Names of buckets, hosts and stacks are as long as they may be.',
  why: 'the cloud refuses longer names in the middle of a deploy, and a shortened name would belong to somebody else',
  check: (estate) => [
    ...estate.links.flatMap(linkStacks),
    ...wholeRegions(estate).flatMap((region): Problem[] => {
      const bucket = `meissa-${estate.name}-${accountOf(region)}-${region.name}`;
      const problems: Problem[] = [];
      if (bucket.length > BUCKET_NAME.most) {
        const most = estate.name.length - (bucket.length - BUCKET_NAME.most);
        problems.push({
          file: ESTATE_PATH,
          path: ['estate'],
          message: `the bucket ${bucket} would have ${bucket.length} characters of ${BUCKET_NAME.most}`,
          fix: `write a name of at most ${most} characters`,
        });
      }
      for (const cluster of region.clusters) {
        for (const fleet of cluster.fleets) {
          const host = hostName(region.name, cluster.name, fleet.name, fleet.kind === 'members' ? fleet.count : 1);
          const limit = Math.min(HOST_NAME, STACK_NAME);
          if (host.length <= limit) continue;
          problems.push({
            file: region.file,
            path: ['clusters', cluster.name, 'fleets', fleet.name],
            message: `hosts such as ${host} would have names of ${host.length} characters, over ${limit}`,
            fix: 'write shorter names for the cluster and the fleet',
          });
        }
      }
      return problems;
    }),
  ],
};

/** The longest stack of a link: `links-<a>--<b>-<id>`. */
function linkStacks(link: Link): Problem[] {
  const id = link.kind === 'leased-line' ? `line-${link.group}` : link.kind === 'vpn' ? `vpn-${link.group}` : 'routes-a';
  const name = `links-${link.a.place}--${link.b.place}-${id}`;
  if (name.length <= STACK_NAME) return [];
  return [
    {
      ...entryOf(link),
      message: `the stack ${name} would have ${name.length} characters of ${STACK_NAME}`,
      fix: 'write shorter names for the data centre and the entry',
    },
  ];
}
