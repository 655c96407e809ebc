/** Tags of AWS, as of 2026-11-30. Stack tags reach every kind of resource, so that what the strictest takes holds for all. */
import type { TagRules, TagText } from '../tags';
import { TAGS } from './limits';

/** "AWS::CloudFormation Resource Tags": "The aws: prefix is reserved for AWS use. This prefix is case-insensitive", in keys and values. */
export const RESERVED_TAG = /^aws:/i;
const RESERVED = [RESERVED_TAG, "begins with aws:, which is the cloud's own"] as const;

/** Characters of a tag ("Tag your Amazon EC2 resources", tag restrictions). */
export const TAG_LENGTH = { key: 128, value: 256 } as const;

/** Names that the metadata service's paths have already: METADATA_PATHS. */
const METADATA_PATH = /^(\.|\.\.|_index)$/;

/**
 * Roles, keys and log groups take `[\p{L}\p{Z}\p{N}_.:/=+\-@]` ("TagRole"; "Tag" of AWS KMS), the metadata service
 * `[0-9a-zA-Z\-_+=,.@:]` ("View tags for your EC2 instances using instance metadata").
 */
const KEY: TagText = {
  most: TAG_LENGTH.key,
  empty: false,
  characters: /^[0-9A-Za-z+\-=._:@]*$/,
  words: 'letters, digits and + - = . _ : @, as roles and the metadata service do',
  never: [RESERVED, [METADATA_PATH, 'is a path of the metadata service']],
};

/** Of a stack's tags 1 to 256 characters ("Tag" of the CloudFormation API). */
const VALUE: TagText = {
  most: TAG_LENGTH.value,
  empty: false,
  characters: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  words: 'letters, digits, spaces and + - = . _ : / @, as roles do',
  never: [RESERVED],
};

const BOTH = { key: KEY, value: VALUE };

/** Keys of a role's tags differ by more than case ("Tags for AWS Identity and Access Management resources"). */
export const AWS_TAGS: TagRules = { count: TAGS, caseless: true, place: BOTH, fleet: BOTH };
