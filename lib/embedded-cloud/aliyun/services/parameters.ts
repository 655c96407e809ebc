import { AliyunError } from '../aliyun-error';
import type { RpcRequest } from './request';

type Parameters = RpcRequest['parameters'];

/** A parameter that has to be there. */
export function needed(p: Parameters, name: string): string {
  const value = p[name];
  if (value === undefined || value === '')
    throw new AliyunError(
      `MissingParameter.${name}`,
      `The input parameter ${name} that is mandatory for processing this request is not supplied.`,
    );
  return value;
}

/** A repeated parameter, `InstanceId.1`, `InstanceId.2` ...; undefined when it isn't there at all. */
export function repeated(p: Parameters, name: string): string[] | undefined {
  const numbered = Object.entries(p).flatMap(([key, value]) => {
    const n = key.startsWith(`${name}.`) ? Number(key.slice(name.length + 1)) : Number.NaN;
    return Number.isInteger(n) ? [[n, value] as const] : [];
  });
  return numbered.length > 0 ? numbered.sort(([a], [b]) => a - b).map(([, value]) => value) : undefined;
}

/** A list that is written as JSON: `InstanceIds=["i-1"]`. */
export function jsonList(p: Parameters, name: string): string[] | undefined {
  const text = p[name];
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.map(String);
  } catch {
    // Said below, as for a value that is no list.
  }
  throw new AliyunError('InvalidParameter', `The parameter ${name} is not a JSON list.`);
}

/** `Tag.1.Key`, `Tag.1.Value` ... */
export function tagFilters(p: Parameters): { key: string; value?: string }[] {
  const filters: { key: string; value?: string }[] = [];
  for (let n = 1; p[`Tag.${n}.Key`] !== undefined; n++)
    filters.push({ key: p[`Tag.${n}.Key`] as string, value: p[`Tag.${n}.Value`] });
  return filters;
}

/** Whether tags are as all filters ask. */
export const tagged = (tags: Record<string, string>, filters: ReturnType<typeof tagFilters>): boolean =>
  filters.every((f) => f.key in tags && (f.value === undefined || tags[f.key] === f.value));

/** Tags as ECS answers them. */
export const tagSet = (tags: Record<string, string>) => ({
  Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});

/** One page of a list: by number, or (with `MaxResults` or `NextToken`) by token. */
export function page<T>(p: Parameters, all: readonly T[]): { items: T[]; answer: Record<string, string | number> } {
  if (p.MaxResults !== undefined || p.NextToken !== undefined) {
    const size = whole(p.MaxResults ?? '10', 'MaxResults');
    const from = p.NextToken === undefined ? 0 : Number(Buffer.from(p.NextToken, 'base64').toString('utf8'));
    if (!Number.isInteger(from)) throw new AliyunError('InvalidParameter.NextToken', 'The specified NextToken is not valid.');
    const next = from + size < all.length ? Buffer.from(String(from + size)).toString('base64') : '';
    return { items: all.slice(from, from + size), answer: { NextToken: next, TotalCount: all.length } };
  }
  const [number, size] = [whole(p.PageNumber ?? '1', 'PageNumber', 1_000_000), whole(p.PageSize ?? '10', 'PageSize')];
  return {
    items: all.slice((number - 1) * size, number * size),
    answer: { PageNumber: number, PageSize: size, TotalCount: all.length, NextToken: '' },
  };
}

function whole(text: string, name: string, most = 100): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > most)
    throw new AliyunError(`InvalidParameter.${name}`, `The parameter ${name} ${text} is not valid: 1 to ${most}.`);
  return n;
}
