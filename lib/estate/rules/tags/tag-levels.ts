/** Where tags are written, and on what they come to stand. */
import { cloudOf } from '../../../clouds/clouds';
import { type TagText, tagLength, takesTag } from '../../../facts/tags';
import type { Advice, Path } from '../../findings/finding';
import { rename, set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import { ESTATE_PATH, fleets, type Problem } from '../rule';

export interface TagLevel {
  readonly file: string;
  readonly path: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Tags of the levels above, which the same things have. */
  readonly above: Readonly<Record<string, string>>;
  /** Regions whose things get them. */
  readonly regions: readonly Region[];
  /** Of all of a region's things, or of one fleet's only. */
  readonly on: 'place' | 'fleet';
}

/** Of the estate, its regions and their fleets. */
export function tagLevels(estate: Estate): TagLevel[] {
  const { tags, regions } = estate;
  return [
    { file: ESTATE_PATH, path: ['tags'], tags, above: {}, regions, on: 'place' },
    ...regions.map(
      (region): TagLevel => ({
        file: region.file,
        path: ['tags'],
        tags: region.tags,
        above: tags,
        regions: [region],
        on: 'place',
      }),
    ),
    ...fleets(estate).map(
      ({ region, fleet, path }): TagLevel => ({
        file: region.file,
        path: [...path, 'tags'],
        tags: fleet.tags,
        above: { ...tags, ...region.tags },
        regions: [region],
        on: 'fleet',
      }),
    ),
  ];
}

/** Keys, or values, that a cloud of their level refuses: what the first one that does says, and what it would take. */
export function refusedTexts(estate: Estate, what: 'key' | 'value', ours: TagText['never'] = []): Problem[] {
  return tagLevels(estate).flatMap(({ file, path, tags, above, regions, on }) => {
    const clouds = [...new Set(regions.map(cloudOf))];
    const rules = clouds.map((cloud) => ({ name: cloud.name, text: withOurs(cloud.tags[on][what], ours) }));
    return Object.entries(tags).flatMap(([key, value]): Problem[] => {
      const text = what === 'key' ? key : value;
      const wrong = rules.flatMap((rule) => refusal(text, rule.text, rule.name) ?? [])[0];
      if (wrong === undefined) return [];
      const called = what === 'key' ? `the tag key "${key}"` : `the value of the tag "${key}"`;
      return [
        {
          file,
          path: [...path, key],
          message: `${called} ${wrong}`,
          ...(what === 'key'
            ? renamed([...path, key], taken(text, rules) ?? 'tag', { ...above, ...tags })
            : { write: [set([...path, key], taken(text, rules) ?? 'none')], fix: 'or another text' }),
        },
      ];
    });
  });
}

/** Another key, unless it is there already. */
function renamed(path: Path, key: string, tags: Readonly<Record<string, string>>): Advice {
  return Object.keys(tags).some((other) => other.toLowerCase() === key.toLowerCase())
    ? { fix: `choose another key: "${key}", which is near, is there already` }
    : { write: [rename(path, key)], fix: 'or another key' };
}

function withOurs(text: TagText, ours: TagText['never']): TagText {
  return { ...text, never: [...text.never, ...ours] };
}

/** What is wrong with a text; undefined where it is taken. */
function refusal(text: string, rule: TagText, cloud: string): string | undefined {
  const said = rule.never.find(([pattern]) => pattern.test(text))?.[1];
  if (said !== undefined) return said;
  const { most, unit = 'characters' } = rule;
  if (text === '') return rule.empty ? undefined : `is empty, and ${cloud} takes no such tag on a stack`;
  if (!rule.characters.test(text)) return `holds a character that ${cloud} doesn't take; it takes ${rule.words}`;
  const length = tagLength(text, rule);
  return length > most ? `has ${length} ${unit}, and ${cloud} takes ${most}` : undefined;
}

/** The text without what is refused: all of the clouds take it. Undefined where nothing is left. */
function taken(text: string, rules: readonly { readonly text: TagText }[]): string | undefined {
  const kept = rules.reduce((left, { text: rule }) => {
    const plain = rule.never.reduce((rest, [pattern]) => without(rest, pattern), left);
    const allowed = plain.replace(/./gsu, (one) => (rule.characters.test(one) ? one : '-')).replace(/-{2,}/g, '-');
    let short = [...allowed];
    while (tagLength(short.join(''), rule) > rule.most) short = short.slice(0, -1);
    return short.join('').replace(/^[-.\s]+|[-\s]+$/g, '');
  }, text);
  return kept !== '' && rules.every(({ text: rule }) => takesTag(kept, rule)) ? kept : undefined;
}

function without(text: string, pattern: RegExp): string {
  let rest = text;
  while (pattern.test(rest)) rest = rest.replace(pattern, '');
  return rest;
}
