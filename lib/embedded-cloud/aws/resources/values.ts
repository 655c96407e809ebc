import { isObject, type Json } from '../../../engine/json';
import { AwsError } from '../aws-error';
import type { Tags } from '../world/network';
import type { Context } from './handler';

/** A resource's tags: the stack's, CloudFormation's own, and its own, which win. */
export function tagsOf(context: Context, own: Json | undefined): Tags {
  const tags: Tags = {
    ...context.stackTags,
    'aws:cloudformation:stack-name': context.stackName,
    'aws:cloudformation:stack-id': context.stackId,
    'aws:cloudformation:logical-id': context.logicalId,
  };
  for (const tag of Array.isArray(own) ? own : []) if (isObject(tag)) tags[String(tag.Key)] = String(tag.Value ?? '');
  return tags;
}

/** Own tags as they are now, for drift: those that others put on beside them are theirs. */
export function tagsNow(own: Json | undefined, now: Tags): { Tags?: Json } {
  if (!Array.isArray(own)) return {};
  return {
    Tags: own.flatMap((tag) => {
      const [key, value] = isObject(tag) ? [String(tag.Key), now[String(tag.Key)]] : [];
      return key === undefined || value === undefined ? [] : [{ Key: key, Value: value }];
    }),
  };
}

/** Looks something up, or fails with the service's own "does not exist". */
export function must<T>(table: Record<string, T>, id: string | undefined, code: string, message: string): T {
  const found = id === undefined ? undefined : table[id];
  if (found === undefined) throw new AwsError(code, message);
  return found;
}

export const arn = (c: Context, service: string, resource: string, region = c.region.name): string =>
  `arn:${c.partition}:${service}:${region}:${c.account.id}:${resource}`;

/** `amazonaws.com` or `amazonaws.com.cn`. */
export const urlSuffix = (partition: string): string => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');
