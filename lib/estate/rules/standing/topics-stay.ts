import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { TopicEntry } from '../../model/locks';
import type { Region } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { standingTopics } from './standing-topics';

/** A topic that was made stays described. Source: docs/collection/brokers.md, "Topics and rights" (nothing is removed by the brokers' guard). */
export const topicsStay: Rule = {
  code: 'TOPIC_REMOVED',
  title: 'A topic that stands stays described.',
  why: "front ends refuse its lines from then on and mirrors carry no more of it; what it holds stays on the brokers' disks until somebody deletes it by hand",
  check: (estate) =>
    standingTopics(estate).flatMap(({ region, topic, entry, described, at }) =>
      described !== undefined
        ? []
        : [
            {
              ...at(''),
              message: `the topic "${topic}" stands with ${entry.partitions} partitions and is no longer described`,
              ...again(region, at('').path, entry),
            },
          ],
    ),
};

function again({ clusters }: Region, path: Problem['path'], { partitions, replication }: TopicEntry): Advice {
  if (clusters.find(({ name }) => name === path[1])?.kafka === undefined)
    return { fix: 'describe the collection again, with this topic' };
  return { write: [set(path, { partitions, replication })], fix: 'under the name that it has' };
}
