import { randomBytes } from 'node:crypto';
import { isObject, type Json, sameJson } from '../../../engine/json';
import { TAGS } from '../../../facts/aliyun/limits';
import { ALIYUN_TAGS } from '../../../facts/aliyun/tags';
import { takesTag } from '../../../facts/tags';
import type { Tags } from '../../aws/world/network';
import { AliyunError } from '../aliyun-error';
import type { AliyunRegion } from '../world/region';
import type { Context } from './handler';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id as Aliyun's services give them: `vpc-2ze9kmo0d1wkq0t3d7xq5`. */
export const aliyunId = (prefix: string): string =>
  `${prefix}-${[...randomBytes(20)].map((b) => LETTERS[b % LETTERS.length]).join('')}`;

/** What of Aliyun stands where the resource does. */
export const here = (c: Context): AliyunRegion => c.region.aliyun;

/** Looks something up, or fails with the service's own "does not exist". */
export function found<T>(table: Record<string, T>, id: string | undefined, code: string, what: string): T {
  const value = table[id ?? ''];
  if (value === undefined) throw new AliyunError(code, `The specified ${what} ${id} does not exist.`, 404);
  return value;
}

/** A resource's tags: the stack's and its own, which win. */
export function tagsOf(c: Context, own: Json | undefined): Tags {
  const tags: Tags = { ...c.stackTags };
  for (const tag of Array.isArray(own) ? own : []) if (isObject(tag)) tags[String(tag.Key)] = String(tag.Value ?? '');
  if (Object.keys(tags).length > TAGS) throw new AliyunError('NumberExceed.Tags', 'The maximum number of tags is exceeded.');
  for (const [key, value] of Object.entries(tags)) {
    if (!takesTag(key, ALIYUN_TAGS.fleet.key))
      throw new AliyunError('InvalidTagKey.Malformed', `The specified tag key ${key} is not valid.`);
    if (!takesTag(value, ALIYUN_TAGS.fleet.value))
      throw new AliyunError('InvalidTagValue.Malformed', `The value of tag ${key} is not valid.`);
  }
  return tags;
}

/** The property `Tags` as it is now: what the template says while that holds. */
export function tagsNow(c: Context, own: Json | undefined, now: Tags): { Tags?: Json } {
  if (own === undefined) return {};
  const planned = tagsOf(c, own);
  if (sameJson(planned, now)) return { Tags: own };
  return { Tags: Object.entries(now).flatMap(([Key, Value]) => (Key in c.stackTags ? [] : [{ Key, Value }])) };
}

/** Whether a zone is of a region: `cn-beijing-h`, `ap-southeast-1a`. Which zones a region has isn't known here. */
export const zoneOfRegion = (region: string, zone: string): boolean =>
  zone.startsWith(region) && /^-?[a-z]$/.test(zone.slice(region.length));
