import type { TagText } from '../../../facts/tags';
import type { Rule } from '../rule';
import { refusedTexts } from './tag-levels';

/** Tags that hosts have by themselves. */
const OURS: TagText['never'] = [
  [/^meissa[:_]/i, "begins as this toolkit's own do"],
  [/^Name$/, "is set by this toolkit to the host's name"],
];

/** Tag keys are such that every resource takes them. Source: "TagRole"; "View tags for your EC2 instances using instance metadata"; ECS, "TagResources"; OSS, "PutBucketTags". */
export const tagKeysAreTaken: Rule = {
  code: 'TAG_KEY',
  title: 'Tag keys are such that every resource of their cloud takes them, and none is reserved.',
  why: 'a role, a bucket or the launch of a host that reads its tags from the metadata service is refused in the middle of a deploy',
  check: (estate) => refusedTexts(estate, 'key', OURS),
};
