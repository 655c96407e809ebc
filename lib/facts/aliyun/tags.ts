/** Tags of Aliyun, as of 2026-11-30. */
import type { TagRules, TagText } from '../tags';
import { TAG_LENGTH, TAGS } from './limits';

/** "TagResources" of ECS, VPC, ALB and CLB; OSS, error 0010-00000213: whatever the case. */
const NEVER = [
  [/^aliyun/i, "begins with aliyun, which is the cloud's own"],
  [/^acs:/i, "begins with acs:, which is the cloud's own"],
  [/https?:\/\//i, 'holds http:// or https://'],
] as const;

const ANY = { characters: /^.*$/su, words: 'any character', never: NEVER };

const FLEET = {
  key: { ...ANY, most: TAG_LENGTH, empty: false },
  value: { ...ANY, most: TAG_LENGTH, empty: true },
} satisfies Record<string, TagText>;

/** Of the region's bucket too. OSS, "PutBucketTags" and its error 0010-00000213: keys of at most 64 bytes, values of at most 128. */
const PLACE = {
  key: {
    most: 64,
    unit: 'bytes',
    empty: false,
    characters: /^[A-Za-z0-9 +\-=._:/]*$/,
    words: 'letters, digits, spaces and + - = . _ : /, as buckets do',
    never: NEVER,
  },
  value: { ...FLEET.value, unit: 'bytes' },
} satisfies Record<string, TagText>;

export const ALIYUN_TAGS: TagRules = { count: TAGS, caseless: false, place: PLACE, fleet: FLEET };
