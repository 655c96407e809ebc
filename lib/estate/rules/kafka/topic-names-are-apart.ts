import type { Advice } from '../../findings/finding';
import { remove, rename } from '../../findings/remedy';
import type { Estate, TopicConfig } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { type CollectionPlace, carriedInto, collections, isCarried } from './collections';

/** Topic of the heartbeat lines, which every collection has. */
const HEARTBEATS = 'meissa-heartbeats';

/** Names that Kafka, Kafka Connect or MirrorMaker take for their own, and what they would do with the topic. */
const RESERVED: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^__/, 'Kafka keeps its own state under such names'],
  [/^mm2.*\.internal$|\.checkpoints\.internal$/, 'MirrorMaker keeps its own state under such names'],
  [/[.-]internal$/, 'Kafka Connect keeps its own state under such names'],
  [/\.replica$/, 'MirrorMaker leaves such topics out (topics.exclude)'],
  [/(^|\.)heartbeats$/, 'MirrorMaker takes it for its own heartbeats'],
  [/^\.{1,2}$/, 'Kafka refuses it'],
];

/** Topics have names of their own, in their region and where they are carried. Source: MirrorMaker's DefaultReplicationPolicy and DefaultTopicFilter; Kafka's Topic.unifyCollisionChars. */
export const topicNamesAreApart: Rule = {
  code: 'TOPIC_NAME',
  title: 'Topics have names of their own, in their region and in the one that they are carried into.',
  why: 'a carried topic is named <region>.<topic>; Kafka refuses names that differ only by dot and underscore, because its metrics have one name for both',
  check: (estate) =>
    collections(estate).flatMap((place) => [
      ...place.kafka.topics.flatMap((topic) => reserved(place, topic)),
      ...collisions(estate, place),
    ]),
};

function reserved(place: CollectionPlace, { name, mirrored }: TopicConfig): Problem[] {
  const { region, kafka } = place;
  const at = { file: region.file, path: pathOf(place, name) };
  if (name === HEARTBEATS)
    return [
      {
        ...at,
        message: `${name} is the topic of the heartbeat lines`,
        write: [remove(pathOf(place, name))],
        fix: 'every collection has it',
      },
    ];
  const what = RESERVED.find(([pattern]) => pattern.test(name))?.[1];
  if (what !== undefined) return [{ ...at, message: `"${name}": ${what}`, ...renamed(place, name) }];
  if (!mirrored || !isCarried(place) || !name.startsWith(`${kafka.into}.`)) return [];
  return [
    {
      ...at,
      message: `"${name}" reads as a topic of ${kafka.into} itself, and MirrorMaker carries nothing back to where it came from`,
      ...renamed(place, name),
    },
  ];
}

interface Named {
  readonly full: string;
  readonly place: CollectionPlace;
  readonly topic: string;
}

/** Topics of a cluster, its own and those that are carried into it, that Kafka takes for one. */
function collisions(estate: Estate, place: CollectionPlace): Problem[] {
  const own = place.kafka.topics.map(({ name }): Named => ({ full: name, place, topic: name }));
  const carried = carriedInto(estate, place.region.name).flatMap((other) =>
    other.kafka.topics
      .filter(({ mirrored }) => mirrored)
      .map(({ name }): Named => ({ full: `${other.region.name}.${name}`, place: other, topic: name })),
  );
  const seen = new Map<string, Named>();
  return [...carried, ...own].flatMap((named): Problem[] => {
    const key = named.full.replaceAll('.', '_');
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, named);
      return [];
    }
    // Of two topics of one other region, its own check tells.
    if (first.place === named.place && named.place !== place) return [];
    return [
      {
        file: named.place.region.file,
        path: pathOf(named.place, named.topic),
        message: `"${named.full}" and "${first.full}"${first.place === named.place ? '' : `, carried from ${first.place.region.name},`} are one name to Kafka in ${place.region.name}`,
        ...renamed(named.place, named.topic),
        also: [estate.locate(first.place.region.file, pathOf(first.place, first.topic))],
      },
    ];
  });
}

function pathOf({ path }: CollectionPlace, topic: string): string[] {
  return [...path, 'topics', topic];
}

/** A name that no topic of the collection has, nor Kafka itself. */
function renamed(place: CollectionPlace, name: string): Advice {
  const taken = new Set(place.kafka.topics.map((topic) => topic.name.replaceAll('.', '_')));
  const plain =
    name
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'topic';
  const isFree = (one: string): boolean =>
    !taken.has(one) && one !== HEARTBEATS && RESERVED.every(([pattern]) => !pattern.test(one));
  const other = [plain, ...Array.from({ length: taken.size + 2 }, (_, i) => `${plain}-${i + 2}`), ...['lines', 'lines-2']].find(
    isFree,
  );
  return other === undefined ? { fix: 'choose another name' } : { write: [rename(pathOf(place, name), other)] };
}
