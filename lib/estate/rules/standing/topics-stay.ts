import type { Rule } from '../rule';
import { standingTopics } from './standing-topics';

/** A topic that was made stays described. Source: docs/collection/brokers.md, "Topics and rights" (nothing is removed by the brokers' guard). */
export const topicsStay: Rule = {
  code: 'TOPIC_REMOVED',
  title: 'A topic that stands stays described.',
  why: "front ends refuse its lines from then on and mirrors carry no more of it; what it holds stays on the brokers' disks until somebody deletes it by hand",
  check: (estate) =>
    standingTopics(estate).flatMap(({ topic, entry, described, at }) =>
      described !== undefined
        ? []
        : [
            {
              ...at(''),
              message: `the topic "${topic}" stands with ${entry.partitions} partitions and is no longer described`,
              fix: 'describe it again, under the name that it has',
            },
          ],
    ),
};
