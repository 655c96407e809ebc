import { wildcard } from '../../../engine/wildcard';
import type { Backend } from '../../backend';
import { type Form, records, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';

/** A request's fields. */
export type Fields = Record<string, Form>;

/** One call of EC2. */
export type Action = (backend: Backend, region: Region, form: Fields) => XmlValue;

/** What a filter compares: the values that a record has for a filter's name. */
export type Filterable = Record<string, (string | undefined)[]>;

/** Whether a record passes all of a request's filters. A filter's name that isn't known here is refused, not ignored. */
export function passes(form: Fields, values: Filterable, tags: Record<string, string> = {}): boolean {
  return records(form, 'Filter').every((f) => {
    const name = text(f, 'Name') ?? '';
    const wanted = texts(f, 'Value');
    const own = name.startsWith('tag:') ? [tags[name.slice(4)]] : name === 'tag-key' ? Object.keys(tags) : values[name];
    if (!own) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
    return own.some((v) => v !== undefined && wanted.some((w) => wildcard(w).test(v)));
  });
}

/** A list action: by ids, by filters. */
export function listing<T extends { tags: Record<string, string> }>(
  table: (region: Region) => Record<string, T>,
  ids: string,
  notFound: (id: string) => AwsError,
  values: (t: T, region: Region) => Filterable,
): (region: Region, form: Fields) => T[] {
  return (region, form) => {
    const all = table(region);
    const wanted = texts(form, ids);
    for (const id of wanted) if (!all[id]) throw notFound(id);
    return Object.entries(all)
      .filter(([id]) => wanted.length === 0 || wanted.includes(id))
      .map(([, t]) => t)
      .filter((t) => passes(form, values(t, region), t.tags));
  };
}

/** EC2's usual words for an id that isn't there. */
export const lost = (code: string, what: string) => (id: string) => new AwsError(code, `The ${what} ID '${id}' does not exist`);

/** EC2's words for a part of a transit gateway that isn't there. */
export const gone = (code: string, what: string) => (id: string) =>
  new AwsError(code, `${what} ${id} was deleted or does not exist.`);

/** Items of one answer at most ("Pagination of EC2's API"). */
const MOST = 1000;

/** A list's answer in pages: as many as `MaxResults` says, and where the next page begins. */
export function paged<T>(form: Fields, set: string, all: readonly T[], word: (item: T) => XmlValue): Record<string, XmlValue> {
  const most = text(form, 'MaxResults');
  const token = text(form, 'NextToken');
  if (most !== undefined && !(Number(most) >= 1 && Number(most) <= MOST))
    throw new AwsError('InvalidParameterValue', `Value ( ${most} ) for parameter maxResults is invalid.`);
  const begun = token === undefined ? '0' : Buffer.from(token, 'base64url').toString();
  if (!/^\d+$/.test(begun)) throw new AwsError('InvalidNextToken', 'The token is invalid.');
  const from = Number(begun);
  const next = from + Number(most ?? MOST);
  const nextToken = next < all.length ? Buffer.from(String(next)).toString('base64url') : undefined;
  return { [set]: all.slice(from, next).map(word), nextToken };
}
