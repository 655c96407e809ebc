import { isObject, type JsonObject } from '../../../../engine/json';
import { TAGS } from '../../../../facts/aws/limits';
import { RESERVED_TAG, TAG_LENGTH } from '../../../../facts/aws/tags';
import { maps, type Said, text, twice } from '../given';

/** What every service refuses of tags, given as a list or as a map. */
export function tagFaults(p: JsonObject, property: string): Said[] {
  const given = p[property];
  const tags: JsonObject[] = isObject(given) ? Object.entries(given).map(([Key, Value]) => ({ Key, Value })) : maps(given);
  const keys = tags.flatMap((tag) => text(tag, 'Key') ?? []);
  return [
    tags.length > TAGS && `${property}: ${tags.length} tags; a resource has at most ${TAGS}`,
    ...twice(keys).map((key) => `${property}: Duplicate tag key '${key}' specified.`),
    ...keys.flatMap((key) => [
      (key === '' || key.length > TAG_LENGTH.key) && `${property}: Tag keys are of 1 to ${TAG_LENGTH.key} characters: '${key}'`,
      RESERVED_TAG.test(key) && `${property}: Tag keys starting with 'aws:' are reserved for internal use: '${key}'`,
    ]),
    ...tags.map(
      (tag) =>
        (text(tag, 'Value') ?? '').length > TAG_LENGTH.value &&
        `${property}: Tag values are of at most ${TAG_LENGTH.value} characters`,
    ),
  ];
}
