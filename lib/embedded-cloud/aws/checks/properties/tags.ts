import { isObject, type JsonObject } from '../../../../engine/json';
import { TAGS } from '../../../../facts/aws/limits';
import { TAG_TEXT } from '../../../../facts/aws/requests';
import { maps, type Said, text, twice } from '../known';

/** What every service refuses of tags, given as a list or as a map. */
export function tagFaults(p: JsonObject, property: string): Said[] {
  const given = p[property];
  const tags: JsonObject[] = isObject(given) ? Object.entries(given).map(([Key, Value]) => ({ Key, Value })) : maps(given);
  const keys = tags.flatMap((tag) => text(tag, 'Key') ?? []);
  return [
    tags.length > TAGS && `${property}: ${tags.length} tags; a resource has at most ${TAGS}`,
    ...twice(keys).map((key) => `${property}: Duplicate tag key '${key}' specified.`),
    ...keys.flatMap((key) => [
      (key === '' || key.length > TAG_TEXT.key) && `${property}: Tag keys are of 1 to ${TAG_TEXT.key} characters: '${key}'`,
      TAG_TEXT.reserved.test(key) && `${property}: Tag keys starting with 'aws:' are reserved for internal use: '${key}'`,
    ]),
    ...tags.map(
      (tag) =>
        (text(tag, 'Value') ?? '').length > TAG_TEXT.value &&
        `${property}: Tag values are of at most ${TAG_TEXT.value} characters`,
    ),
  ];
}
