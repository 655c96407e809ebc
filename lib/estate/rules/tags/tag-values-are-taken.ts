import type { Rule } from '../rule';
import { refusedTexts } from './tag-levels';

/** Tag values are such that every resource takes them. Source: "TagRole"; CloudFormation, "Tag"; ECS, "TagResources"; OSS, "PutBucketTags". */
export const tagValuesAreTaken: Rule = {
  code: 'TAG_VALUE',
  title: 'Tag values are such that every resource of their cloud takes them.',
  why: "a stack's tags reach its roles, keys, buckets and log groups, and the strictest of them refuses the deploy",
  check: (estate) => refusedTexts(estate, 'value'),
};
